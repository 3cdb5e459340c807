import { type Doorway, findPath, type Point, UNITS_PER_TILE } from '@worldloom/capabilities/geography'
import type { Actions } from '../panels/actions.ts'
import { rounded } from '../play/ground.ts'
import { actionOf, walks, wishOf } from '../play/keys.ts'
import { createRoute } from '../play/route.ts'
import { closed } from '../play/store.ts'
import type { Scene } from '../scene/api.ts'
import { watchPointers } from './pointers.ts'
import type { World } from './world.ts'

const ZOOM_STEP = 1.15
const HALF_TILE = 0.5

export interface Controls {
  /** What hands want: a direction on the screen, x to the right, y down. */
  wish(): Point
  push(x: number, y: number): void
}

/** Keyboard, mouse and fingers. */
export function takeControls(canvas: HTMLCanvasElement, scene: Scene, world: () => World, actions: Actions): Controls {
  const { store } = world()
  const held = new Set<string>()
  let stick: Point = { x: 0, y: 0 }

  const goTo = (x: number, y: number): boolean => {
    const now = world()
    const { geography, own, things } = now
    if (!geography || !own) return false
    const goal = rounded({ x: x * UNITS_PER_TILE, y: y * UNITS_PER_TILE })
    const corners = findPath(geography, rounded(own.at), goal, things.shut)
    now.errand = undefined
    now.route = corners && createRoute(corners, corners.at(-1) ?? goal)
    scene.marker(corners ? x : undefined, y)
    return corners !== undefined
  }

  /** Walks up to something; when it is in reach already, does what there is to do with it. */
  const approach = (id: string, x: number, y: number) => {
    const deed = store.getState().deeds.find(({ target, taken }) => target === id && !taken)
    if (deed) return actions.perform(deed)
    const door = world().geography?.door(id)
    for (const [dx, dy] of door ? besides(door, x, y) : around(x, y)) {
      if (!goTo(x + dx, y + dy)) continue
      world().errand = id
      return
    }
  }

  /** Something to sit on or to use whose tile was clicked: what is small is easily missed. */
  const thingAt = (x: number, y: number) =>
    world().geography?.file.objects.find(
      ({ interaction, position }) =>
        interaction && Math.abs(position.x - x) < HALF_TILE && Math.abs(position.y - y) < HALF_TILE,
    )

  /** Beside a thing, the nearest side first; on it only when there is no side: two who want one seat must not stand in it. */
  const around = (x: number, y: number): readonly Offset[] => {
    const at = world().own?.at ?? { x: 0, y: 0 }
    const away = ([dx, dy]: Offset) => Math.hypot(x + dx - at.x / UNITS_PER_TILE, y + dy - at.y / UNITS_PER_TILE)
    return [...BESIDE.toSorted((a, b) => away(a) - away(b)), [0, 0]]
  }

  /** Before and behind a door, the nearer side first: in the doorway itself one would be in its way. */
  const besides = ({ alongX }: Doorway, x: number, y: number): readonly Offset[] => {
    const at = world().own?.at ?? { x: 0, y: 0 }
    const before = alongX ? at.y < y * UNITS_PER_TILE : at.x < x * UNITS_PER_TILE
    const side = before ? -1 : 1
    return alongX
      ? [
          [0, side],
          [0, -side],
        ]
      : [
          [side, 0],
          [-side, 0],
        ]
  }

  const key = (event: KeyboardEvent) => {
    const play = store.getState()
    if (play.phase !== 'inside' || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    const action = actionOf(event.code)
    if (action === 'close') {
      const patch = closed(play)
      if (patch) store.setState(patch)
      canvas.focus()
      return
    }
    if (isTyping(event.target) || (action === 'talk' && event.target instanceof HTMLButtonElement)) return
    if (walks(event.code) && !(event.code.startsWith('Arrow') && isChoosing(event.target))) {
      held.add(event.code)
      event.preventDefault()
      return
    }
    if (!action || event.repeat) return
    event.preventDefault()
    const first = play.deeds.find(deed => !deed.taken)
    const box = canvas.getBoundingClientRect()
    const middle = [box.left + box.width / 2, box.top + box.height / 2] as const
    switch (action) {
      case 'turn-left':
        return actions.turn(-1)
      case 'turn-right':
        return actions.turn(1)
      case 'view':
        return actions.toggleView()
      case 'interact':
        return first && actions.perform(first)
      case 'wave':
        return actions.wave()
      case 'people':
      case 'menu':
        return actions.open(play.sheet === action ? undefined : action)
      case 'talk':
        return actions.talk(true)
      case 'nearer':
        return scene.zoom(ZOOM_STEP, ...middle)
      case 'farther':
        return scene.zoom(1 / ZOOM_STEP, ...middle)
    }
  }

  addEventListener('keydown', key)
  addEventListener('keyup', event => held.delete(event.code))
  addEventListener('blur', () => held.clear())
  watchPointers(canvas, {
    press(x, y) {
      if (store.getState().phase !== 'inside') return
      canvas.focus({ preventScroll: true })
      const picked = scene.pick(x, y)
      if (!picked) return
      if (picked.kind === 'avatar') actions.regard(picked.id)
      else if (picked.kind !== 'ground') approach(picked.id, picked.x, picked.y)
      else {
        const thing = thingAt(picked.x, picked.y)
        if (thing) approach(thing.id, thing.position.x, thing.position.y)
        else goTo(picked.x, picked.y)
      }
    },
    point: (x, y) => scene.point(x, y),
    zoom: (factor, x, y) => scene.zoom(factor, x, y),
    turn: quarters => actions.turn(quarters),
    drag: (dx, dy) => {
      if (store.getState().view === 'perspective') scene.orbit(dx * RADIANS_PER_PX, dy * RADIANS_PER_PX)
    },
  })

  return {
    wish() {
      if (stick.x !== 0 || stick.y !== 0) return stick
      return wishOf(held)
    },
    push(x, y) {
      stick = { x, y }
    },
  }
}

type Offset = readonly [dx: number, dy: number]

const RADIANS_PER_PX = 0.006

/** Where to stand to reach a thing, in tiles from it. */
const BESIDE: readonly Offset[] = [
  [0, 1],
  [1, 0],
  [-1, 0],
  [0, -1],
]

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement ||
  (target instanceof HTMLInputElement && target.type !== 'range' && target.type !== 'checkbox')

/** Where arrow keys have a meaning of their own. */
const isChoosing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target instanceof HTMLInputElement || target.role === 'tab')
