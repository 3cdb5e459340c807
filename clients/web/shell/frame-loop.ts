import { UNITS_PER_TILE, WALK_SPEED } from '@worldloom/capabilities/geography'
import { movement } from '@worldloom/capabilities/movement'
import { worldTime } from '@worldloom/contract'
import type { Connection } from '@worldloom/sdk'
import { inTiles } from '../play/crowd.ts'
import { dayOf } from '../play/day.ts'
import { distance } from '../play/ground.ts'
import { limited, onGround } from '../play/heading.ts'
import { type Deed, deedsAt, nearText } from '../play/nearby.ts'
import { FRAME_MS_MAX } from '../play/own-movement.ts'
import { faded, type Play } from '../play/store.ts'
import type { Scene, SceneAvatar } from '../scene/api.ts'
import type { Cue } from '../sound/score.ts'
import type { Controls } from './controls.ts'
import type { createNameTags } from './name-tags.ts'
import type { World } from './world.ts'

/** Panels are told of places, deeds and time this often; nobody reads faster. */
const PANELS_EVERY_MS = 200
/** A step is heard every so many units of way. */
const STEP_UNITS = 0.9 * UNITS_PER_TILE
/** People nearer than this are told of as near. */
const CLOSE_UNITS = 6 * UNITS_PER_TILE
/** Asking to be let off a seat, no oftener than this. */
const STUCK_EVERY_MS = 1_000

interface Stage {
  readonly world: World
  readonly connection: Connection
  readonly scene: Scene
  readonly controls: Controls
  readonly tags: ReturnType<typeof createNameTags>
  readonly sound: (cue: Cue) => void
  readonly onWalked: () => void
  /** One has walked up to a thing in order to do this. */
  readonly onErrand: (deed: Deed) => void
  /** Someone wants to walk off a seat that is hemmed in. */
  readonly onStuck: () => void
}

/** Runs with the screen: wishes in, intents out, everyone placed, one picture drawn. The returned function ends it. */
export function runFrames({
  world,
  connection,
  scene,
  controls,
  tags,
  sound,
  onWalked,
  onErrand,
  onStuck,
}: Stage): () => void {
  const { store } = world
  let last = 0
  let panelsAt = 0
  let thingsSeen = -1
  let way = 0
  let stuckAt = Number.NEGATIVE_INFINITY
  let request = 0

  const walk = (nowMs: number) => {
    const { own } = world
    if (!own) return
    const pushed = limited(controls.wish())
    const steered = pushed.x !== 0 || pushed.y !== 0
    if (steered) {
      world.route = undefined
      world.errand = undefined
      scene.marker(undefined)
    }
    // An intent from where one stood would reach the server after one was seated, and get one up again.
    if (world.asking && !steered) return
    const reach = (WALK_SPEED * UNITS_PER_TILE * Math.min(FRAME_MS_MAX, nowMs - last)) / 1000
    const led = steered ? undefined : world.route?.direction(own.at, nowMs, reach)
    if (!led) world.route = undefined
    const { x, y } = steered ? onGround(pushed, scene.heading()) : (led ?? { x: 0, y: 0 })
    const before = own.at
    const seat = world.geography && world.things.seatOf(world.geography, store.getState().player)
    const resting = nowMs < world.waveUntil ? 'waving' : seat ? 'sitting' : 'idle'
    for (const intent of own.advance(nowMs, { x, y, resting })) connection.send(movement, 'move', intent)
    const hemmedIn = seat !== undefined && (x !== 0 || y !== 0) && own.at === before
    if (hemmedIn && nowMs - stuckAt > STUCK_EVERY_MS) {
      stuckAt = nowMs
      onStuck()
    }
    way += Math.hypot(own.at.x - before.x, own.at.y - before.y)
    if (way < STEP_UNITS) return
    way = 0
    sound('step')
    onWalked()
  }

  /** Arrived at what one went to: does what there is to do. An open door is left open; nobody walks up to shut one. */
  const runErrand = () => {
    if (!world.errand || world.route) return
    const deed = store.getState().deeds.find(({ target, taken }) => target === world.errand && !taken)
    world.errand = undefined
    if (deed && deed.kind !== 'shut') onErrand(deed)
  }

  const people = (nowMs: number): SceneAvatar[] => {
    const { people: known, player, self, murmurs } = store.getState()
    const speaks = (id: string) => murmurs.some(({ line }) => line.player === id)
    const shown: SceneAvatar[] = []
    if (world.own && self) {
      const { facing, state } = world.own
      const { x, y } = inTiles(world.own.drawn(nowMs))
      shown.push({
        id: player,
        ...self,
        x,
        y,
        facing: (facing * Math.PI) / 4,
        state,
        self: true,
        speaking: speaks(player),
      })
    }
    for (const [id, { x, y, facing, state }] of world.crowd.stances(nowMs)) {
      const person = known.get(id)
      if (!person) continue
      const { name, look } = person
      const at = inTiles({ x, y })
      shown.push({ id, name, look, ...at, facing: (facing * Math.PI) / 4, state, speaking: speaks(id) })
    }
    return shown
  }

  const frame = (nowMs: number) => {
    request = requestAnimationFrame(frame)
    walk(nowMs)
    const serverNow = connection.now()
    if (world.clock) scene.setTime(worldTime(world.clock, serverNow))
    if (thingsSeen !== world.things.version) {
      thingsSeen = world.things.version
      scene.setDoors(world.things.doors)
      scene.setOccupied(new Set(world.things.holders.keys()))
    }
    scene.setPeople(people(nowMs))
    // Before the gate one looks at the place where everyone arrives.
    const middle = world.own ? inTiles(world.own.drawn(nowMs)) : world.geography?.file.spawnPoints[0]?.position
    if (middle) scene.follow(middle.x, middle.y)
    scene.render(nowMs)
    const { murmurs } = store.getState()
    tags.show(scene.tags(), id => murmurs.findLast(({ line }) => line.player === id)?.line.text)
    if (nowMs >= panelsAt) {
      panelsAt = nowMs + PANELS_EVERY_MS
      const patch = panels(world, serverNow, nowMs)
      if (Object.keys(patch).length > 0) store.setState(patch)
      runErrand()
      const first = store.getState().deeds.find(deed => !deed.taken && deed.kind !== 'stand')
      scene.highlight(first?.target)
    }
    last = nowMs
  }
  request = requestAnimationFrame(frame)
  return () => cancelAnimationFrame(request)
}

/** What panels show of the world, as far as it has changed. */
function panels(world: World, serverNow: number, nowMs: number): Partial<Play> {
  const { geography, own, clock, things, crowd, store } = world
  const play = store.getState()
  const patch: { -readonly [K in keyof Play]?: Play[K] } = { ...faded(play, nowMs) }
  if (clock) {
    const day = dayOf(clock, serverNow)
    if (day.time !== play.day?.time || day.phase !== play.day.phase) patch.day = day
  }
  if (!geography || !own) return patch
  const { x, y } = inTiles(own.at)
  const zone = geography.zone(geography.zoneAt(Math.floor(x), Math.floor(y)))?.name ?? ''
  const region = geography.region(geography.regionAt(Math.floor(x), Math.floor(y)))
  const before = play.surrounding
  const isElsewhere = (region && region.name !== before?.region) || zone !== before?.zone
  if (isElsewhere) patch.surrounding = { region: region?.name ?? before?.region ?? '', mood: region?.mood, zone }
  const deeds = deedsAt(geography, own.at, { holders: things.holders, shut: things.shut, self: play.player })
  const close = play.near.filter(id => {
    const place = crowd.newest(id)
    return place && distance(place, own.at) <= CLOSE_UNITS
  })
  const text = nearText(deeds, close.flatMap(id => play.people.get(id)?.name ?? []).sort())
  if (JSON.stringify(deeds) !== JSON.stringify(play.deeds)) patch.deeds = deeds
  if (text !== play.nearText) patch.nearText = text
  return patch
}
