import type { WorldDoor } from '@worldloom/capabilities/geography'
import {
  type Geography,
  HALF_TILE,
  type Point,
  sizeOf,
  tileKind,
  tileOf,
  toUnits,
  UNITS_PER_TILE,
  type WorldObject,
} from '@worldloom/capabilities/geography'

/** How far one reaches, from where one stands to the nearest edge of a thing: 1.5 tiles, in units. */
export const REACH = 96

/** How far a seat may be from whoever uses the thing that it belongs to: 3 tiles, in units. */
export const SEAT_REACH = 192

/** The room a thing takes, in units. */
export interface Extent {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export function extentOf(object: WorldObject): Extent {
  const { width, height } = sizeOf(object)
  const left = toUnits(object.position.x) - width * HALF_TILE
  const top = toUnits(object.position.y) - height * HALF_TILE
  return { left, top, right: left + width * UNITS_PER_TILE, bottom: top + height * UNITS_PER_TILE }
}

export const doorExtent = ({ bounds: { x, y, width, height } }: WorldDoor): Extent => ({
  left: x * UNITS_PER_TILE,
  top: y * UNITS_PER_TILE,
  right: (x + width) * UNITS_PER_TILE,
  bottom: (y + height) * UNITS_PER_TILE,
})

const nearestOf = ({ left, top, right, bottom }: Extent, { x, y }: Point): Point => ({
  x: Math.max(left, Math.min(right, x)),
  y: Math.max(top, Math.min(bottom, y)),
})

export function isWithin(extent: Extent, from: Point, distance: number): boolean {
  const { x, y } = nearestOf(extent, from)
  const dx = x - from.x
  const dy = y - from.y
  return dx * dx + dy * dy <= distance * distance
}

/**
 * Whether nothing that stands (wall, window, hedge, fence) and no shut door is between someone and the nearest edge of
 * a thing. Furniture is reached across. Looks at one point per unit, `SEAT_REACH` at most, on the tiles that the thing
 * itself does not cover.
 */
export function isInSight(
  geography: Geography,
  extent: Extent,
  from: Point,
  isShut: (door: string) => boolean,
): boolean {
  const to = nearestOf(extent, from)
  const dx = to.x - from.x
  const dy = to.y - from.y
  const length = Math.max(Math.abs(dx), Math.abs(dy))
  for (let n = 1; n < length; n += 1) {
    const column = tileOf(from.x + Math.trunc((dx * n) / length))
    const row = tileOf(from.y + Math.trunc((dy * n) / length))
    if (covers(extent, column, row)) continue
    const standing = geography.standingAt(column, row)
    if (standing && tileKind(standing).solid) return false
    const door = geography.doorAt(column, row)
    if (door !== undefined && isShut(door)) return false
  }
  return true
}

/** Whether a thing takes room on a tile's middle. */
function covers({ left, top, right, bottom }: Extent, column: number, row: number): boolean {
  const x = column * UNITS_PER_TILE + HALF_TILE
  const y = row * UNITS_PER_TILE + HALF_TILE
  return x >= left && x < right && y >= top && y < bottom
}
