import type { Geography, Obstacle, Point } from './geography.ts'
import { BODY_RADIUS, UNITS_PER_TILE } from './units.ts'

/**
 * Beyond this a cross product is far from touching, and squaring it would leave the range where numbers are exact.
 * Radius × length is below 2^23 on the largest map, so nothing that touches is this large.
 */
const CROSS_MAX = 2 ** 25

/**
 * Whether a disc can go straight from one position to another: undefined, or what stops it. Every tile that the moving
 * disc overlaps is tested exactly, in integers, so there is no tunnelling at any length, the way back has the same
 * verdict, and server and Client agree to the unit. Touching an edge is allowed; the map's own edge is a wall.
 *
 * A position that overlaps an obstacle is itself not free, so nothing starts or ends inside a wall. Positions must be
 * integers within ±65 536 units.
 */
export function walk(
  geography: Geography,
  from: Point,
  to: Point,
  shut: ReadonlySet<string>,
  radius: number = BODY_RADIUS,
): Obstacle | undefined {
  const { width, height } = geography
  const { solid, door } = geography.cells
  const left = Math.min(from.x, to.x) - radius
  const right = Math.max(from.x, to.x) + radius
  const top = Math.min(from.y, to.y) - radius
  const bottom = Math.max(from.y, to.y) + radius
  if (left < 0 || top < 0 || right > width * UNITS_PER_TILE || bottom > height * UNITS_PER_TILE) return 'collision'
  const lastRow = Math.min(height - 1, Math.floor(bottom / UNITS_PER_TILE))
  let blocked: Obstacle | undefined
  for (let row = Math.floor(top / UNITS_PER_TILE); row <= lastRow; row += 1) {
    const rowTop = row * UNITS_PER_TILE - radius
    const rowBottom = (row + 1) * UNITS_PER_TILE + radius
    const a = from.y <= to.y ? from : to
    const b = from.y <= to.y ? to : from
    const x1 = b.y === a.y ? a.x : xAt(a, b, Math.max(a.y, rowTop))
    const x2 = b.y === a.y ? b.x : xAt(a, b, Math.min(b.y, rowBottom))
    // One unit more than needed on either side makes up for the rounding in `xAt`.
    const firstColumn = Math.max(0, Math.floor((Math.min(x1, x2) - radius - 1) / UNITS_PER_TILE))
    const lastColumn = Math.min(width - 1, Math.floor((Math.max(x1, x2) + radius + 1) / UNITS_PER_TILE))
    for (let column = firstColumn; column <= lastColumn; column += 1) {
      const tile = row * width + column
      const isSolid = solid[tile] === 1
      const doorway = door[tile] ?? 0
      if (!isSolid && (doorway === 0 || !shut.has(geography.doors[doorway - 1]?.id ?? ''))) continue
      if (!touches(from, to, column * UNITS_PER_TILE, row * UNITS_PER_TILE, radius)) continue
      if (isSolid) return 'collision'
      blocked = 'door'
    }
  }
  return blocked
}

/** Where the line is at a height between its ends, rounded down: at most one unit west of the truth. */
const xAt = (a: Point, b: Point, y: number): number =>
  a.x + Math.floor(((b.x - a.x) * (Math.min(b.y, Math.max(a.y, y)) - a.y)) / (b.y - a.y))

/** True when the segment comes nearer than `radius` to the tile whose north-west corner is given. Exact. */
function touches(from: Point, to: Point, left: number, top: number, radius: number): boolean {
  const right = left + UNITS_PER_TILE
  const bottom = top + UNITS_PER_TILE
  if (crosses(from, to, left, top, right, bottom)) return true
  if (pointNearSquare(from, left, top, right, bottom, radius)) return true
  if (pointNearSquare(to, left, top, right, bottom, radius)) return true
  return (
    cornerNearSegment(from, to, left, top, radius) ||
    cornerNearSegment(from, to, right, top, radius) ||
    cornerNearSegment(from, to, left, bottom, radius) ||
    cornerNearSegment(from, to, right, bottom, radius)
  )
}

/** True when the segment meets the inside of the square: their projections on x, on y and across the segment overlap. */
function crosses(from: Point, to: Point, left: number, top: number, right: number, bottom: number): boolean {
  if (Math.max(from.x, to.x) <= left || Math.min(from.x, to.x) >= right) return false
  if (Math.max(from.y, to.y) <= top || Math.min(from.y, to.y) >= bottom) return false
  const a = cross(from, to, left, top)
  const b = cross(from, to, right, top)
  const c = cross(from, to, left, bottom)
  const d = cross(from, to, right, bottom)
  return Math.min(a, b, c, d) < 0 && Math.max(a, b, c, d) > 0
}

const cross = (from: Point, to: Point, x: number, y: number): number =>
  (to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x)

function pointNearSquare(
  { x, y }: Point,
  left: number,
  top: number,
  right: number,
  bottom: number,
  radius: number,
): boolean {
  const dx = x < left ? left - x : x > right ? x - right : 0
  const dy = y < top ? top - y : y > bottom ? y - bottom : 0
  return dx * dx + dy * dy < radius * radius
}

/** True when a corner lies beside the segment (not beyond its ends) and nearer than `radius`. */
function cornerNearSegment(from: Point, to: Point, x: number, y: number, radius: number): boolean {
  const dx = to.x - from.x
  const dy = to.y - from.y
  const along = dx * (x - from.x) + dy * (y - from.y)
  const squared = dx * dx + dy * dy
  if (along <= 0 || along >= squared) return false
  const offset = cross(from, to, x, y)
  if (offset > CROSS_MAX || offset < -CROSS_MAX) return false
  return offset * offset < radius * radius * squared
}
