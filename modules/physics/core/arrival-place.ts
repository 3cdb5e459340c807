import { type Geography, middleOf, type Point, tileOf, toUnits } from '@worldloom/capabilities/geography'
import { zoneOf } from './membership.ts'

/** Places that geography offers and that are tried for someone who arrives, before the search goes further out. */
export const SPAWN_TRIES_MAX = 2_048

/**
 * Where someone arrives: the first place near a spawn point whose tile (`row * width + column`) nobody stands on. Only
 * zones that have a spawn point are entered this way, so that nobody arrives behind a shut door. When there is no such
 * tile left, a place is shared.
 */
export function arrivalPlace(geography: Geography, taken: ReadonlySet<number>): Point {
  const { spawnPoints } = geography.file
  const starts = spawnPoints.map(({ position }) => ({ x: toUnits(position.x), y: toUnits(position.y) }))
  const zones = new Set(starts.map(({ x, y }) => zoneOf(geography, x, y)))
  const isFree = ({ x, y }: Point) =>
    zones.has(zoneOf(geography, x, y)) && !taken.has(tileOf(y) * geography.width + tileOf(x))
  for (let n = 0; n < SPAWN_TRIES_MAX; n += 1) {
    const place = geography.spawnFor(n)
    if (isFree(place)) return geography.nearestFree(place.x, place.y)
  }
  const start = starts[taken.size % starts.length] ?? geography.spawnFor(0)
  const place = nearestTile(geography, start, isFree) ?? start
  return geography.nearestFree(place.x, place.y)
}

/** The middle of the first tile that passes, in squares of growing size around a start. The map bounds the search. */
function nearestTile(geography: Geography, start: Point, passes: (middle: Point) => boolean): Point | undefined {
  const { width, height, cells } = geography
  const column = tileOf(start.x)
  const row = tileOf(start.y)
  for (let ring = 0; ring < Math.max(width, height); ring += 1) {
    for (let r = Math.max(0, row - ring); r <= Math.min(height - 1, row + ring); r += 1) {
      const stride = r === row - ring || r === row + ring ? 1 : Math.max(1, 2 * ring)
      for (let c = column - ring; c <= column + ring; c += stride) {
        if (c < 0 || c >= width) continue
        const tile = r * width + c
        if (cells.solid[tile] === 1 || cells.door[tile] !== 0 || cells.reachable[tile] === 0) continue
        const middle = { x: middleOf(c), y: middleOf(r) }
        if (passes(middle)) return middle
      }
    }
  }
  return undefined
}
