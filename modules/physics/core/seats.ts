import type { WorldFile, WorldObject } from '@worldloom/capabilities/geography'
import {
  DIRECTIONS,
  footprintOf,
  type Geography,
  middleOf,
  type Point,
  sizeOf,
  tileOf,
  toUnits,
} from '@worldloom/capabilities/geography'

/** One place to sit. */
export interface Seat extends Point {
  readonly object: string
  /** Its number within the object. */
  readonly place: number
  readonly places: number
  /** Facing in eighths of a turn; undefined when the object faces nowhere. */
  readonly facing: number | undefined
}

/** Where people sit on an object: its middle when one sits alone, else the middle of each tile under it. */
export function seatsOf(object: WorldObject): readonly Seat[] {
  const facing = object.facing === undefined ? undefined : DIRECTIONS.indexOf(object.facing)
  const { width, height } = sizeOf(object)
  if (object.occupancy !== 'multiple' || width * height === 1) {
    const { x, y } = object.position
    return [{ object: object.id, place: 0, places: 1, facing, x: toUnits(x), y: toUnits(y) }]
  }
  const first = footprintOf(object)
  const seats: Seat[] = []
  for (let place = 0; place < width * height; place += 1) {
    const x = middleOf(first.x + (place % width))
    const y = middleOf(first.y + Math.floor(place / width))
    seats.push({ object: object.id, place, places: width * height, facing, x, y })
  }
  return seats
}

const byTile = new WeakMap<WorldFile, ReadonlyMap<number, readonly Seat[]>>()

/** The seats on a tile, by `row * width + column`. Remembered per map, because every move asks. */
export function seatsOn(geography: Geography): ReadonlyMap<number, readonly Seat[]> {
  const known = byTile.get(geography.file)
  if (known) return known
  const seats = new Map<number, Seat[]>()
  for (const object of geography.file.objects) {
    if (object.interaction?.action !== 'sit') continue
    for (const seat of seatsOf(object)) {
      const tile = tileOf(seat.y) * geography.width + tileOf(seat.x)
      seats.set(tile, [...(seats.get(tile) ?? []), seat])
    }
  }
  byTile.set(geography.file, seats)
  return seats
}
