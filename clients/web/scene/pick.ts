import { footprintOf, isWall, type ObjectTypeName } from '@worldloom/capabilities/geography'
import type { Picked, SceneAvatar } from './api.ts'
import { AVATAR_HEIGHT } from './avatar-shape.ts'
import type { Land } from './land.ts'
import { OPEN_HEIGHT, ROOFED_HEIGHT } from './walls.ts'

export interface Vec {
  readonly x: number
  readonly y: number
  readonly z: number
}
export interface Ray {
  readonly origin: Vec
  readonly direction: Vec
}

const DOOR_HEIGHT = 2
const HEDGE_HEIGHT = 0.8
const FAR = 400
/** A finger is wide: people may be missed by this much. */
const AVATAR_REACH = 0.42
/** Finest step along the ground, in tiles. */
const GROUND_STEP = 0.2

/** How high an object is to the pointer. What one uses is a little generous. */
const HEIGHTS: Readonly<Partial<Record<ObjectTypeName, number>>> = {
  flower: 0.4,
  'grass-tuft': 0.4,
  mushroom: 0.4,
  rug: 0.08,
  bush: 0.8,
  rock: 0.8,
  stump: 0.6,
  log: 0.6,
  'tree-oak': 3.6,
  'tree-birch': 4,
  'tree-pine': 4.4,
  'tree-willow': 3.6,
  lamp: 2.6,
  signpost: 1.7,
  banner: 2.8,
  statue: 2.4,
  arch: 2.8,
  'shrine-stone': 1.8,
  shelf: 1.9,
  hearth: 1.6,
  'market-stall': 2.2,
  well: 1.8,
  bell: 2,
}

/** Distance along the ray to an upright box, or undefined. */
export function hitBox(ray: Ray, low: Vec, high: Vec): number | undefined {
  let enter = 0
  let leave = FAR
  for (const axis of ['x', 'y', 'z'] as const) {
    const d = ray.direction[axis]
    const o = ray.origin[axis]
    if (Math.abs(d) < 1e-9) {
      if (o < low[axis] || o > high[axis]) return undefined
      continue
    }
    const [a, b] = [(low[axis] - o) / d, (high[axis] - o) / d]
    enter = Math.max(enter, Math.min(a, b))
    leave = Math.min(leave, Math.max(a, b))
    if (enter > leave) return undefined
  }
  return enter
}

export interface PickWorld {
  readonly land: Land
  readonly people: readonly SceneAvatar[]
  /** Room that stands open, 0 for none; its roof and walls do not stop the pointer. */
  readonly openRoom: number
  readonly roomAt: (column: number, row: number) => number
}

/** What a ray meets first: people, doors, objects one can use, things, ground. */
export function pick(ray: Ray, world: PickWorld): Picked | undefined {
  let best: Picked | undefined
  let nearest = FAR
  const offer = (distance: number | undefined, picked: Picked) => {
    if (distance === undefined || distance >= nearest) return
    nearest = distance
    best = picked
  }
  const { land } = world
  const ground = hitGround(ray, world)
  if (ground) offer(ground.distance + 0.05, { kind: 'ground', x: ground.x, y: ground.y })
  for (const object of land.geography.file.objects) {
    if (object.type === 'house') continue
    const rect = footprintOf(object)
    const room = world.roomAt(Math.floor(object.position.x), Math.floor(object.position.y))
    // Under a closed roof nothing can be pointed at.
    if (room !== 0 && room !== world.openRoom) continue
    const base = land.feetAt(object.position.x, object.position.y)
    const isTree = object.type.startsWith('tree-')
    const inset = isTree ? 0.28 : 0.08
    const x = object.position.x - rect.width / 2
    const z = object.position.y - rect.height / 2
    const distance = hitBox(
      ray,
      { x: x + inset, y: base - 0.1, z: z + inset },
      { x: x + rect.width - inset, y: base + (HEIGHTS[object.type] ?? 1), z: z + rect.height - inset },
    )
    // What one can use comes before what merely stands around it.
    const bonus = object.interaction ? 0.8 : 0
    offer(distance === undefined ? undefined : distance - bonus, {
      kind: 'object',
      id: object.id,
      x: object.position.x,
      y: object.position.y,
    })
  }
  for (const door of land.geography.doors) {
    const { x, y, width, height } = door.bounds
    const base = land.feetAt(x + width / 2, y + height / 2)
    const [dx, dz] = door.alongX ? [0, 0.3] : [0.3, 0]
    const distance = hitBox(
      ray,
      { x: x + dx, y: base - 0.05, z: y + dz },
      { x: x + width - dx, y: base + DOOR_HEIGHT, z: y + height - dz },
    )
    offer(distance === undefined ? undefined : distance - 0.5, {
      kind: 'door',
      id: door.id,
      x: x + width / 2,
      y: y + height / 2,
    })
  }
  for (const person of world.people) {
    if (person.self) continue
    const feet = land.feetAt(person.x, person.y)
    const distance = hitBox(
      ray,
      { x: person.x - AVATAR_REACH, y: feet, z: person.y - AVATAR_REACH },
      { x: person.x + AVATAR_REACH, y: feet + AVATAR_HEIGHT + 0.1, z: person.y + AVATAR_REACH },
    )
    offer(distance === undefined ? undefined : distance - 0.6, {
      kind: 'avatar',
      id: person.id,
      x: person.x,
      y: person.y,
    })
  }
  return best
}

/** Walks along the ray until it goes below the ground. Bounded: the ray is cut to the heights there are. */
function hitGround(ray: Ray, world: PickWorld): { x: number; y: number; distance: number } | undefined {
  const { land } = world
  const { origin, direction } = ray
  if (direction.y > -0.02) return undefined
  const highest = 20
  let t = Math.max(0, (highest - origin.y) / direction.y)
  const flat = Math.hypot(direction.x, direction.z)
  const step = GROUND_STEP / Math.max(flat, 0.2)
  const until = Math.min(FAR, (-4 - origin.y) / direction.y)
  for (; t < until; t += step) {
    const [x, y, z] = [origin.x + direction.x * t, origin.y + direction.y * t, origin.z + direction.z * t]
    const [column, row] = [Math.floor(x), Math.floor(z)]
    if (column < 0 || row < 0 || column >= land.width || row >= land.height) continue
    if (land.kindAt(column, row) === undefined) continue
    const floor = land.deckAt(column, row) ?? land.surfaceAt(column, row) ?? land.topAt(column, row)
    const room = world.roomAt(column, row)
    const standing = land.geography.standingAt(column, row)
    const isOpen = room !== 0 && room === world.openRoom
    const rise = isWall(standing ?? 'hedge') ? (room > 0 ? ROOFED_HEIGHT : OPEN_HEIGHT) : HEDGE_HEIGHT
    const height = standing && !isOpen ? floor + rise : floor
    if (y <= height) return { x, y: z, distance: t }
  }
  return undefined
}
