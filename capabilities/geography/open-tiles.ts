import type { Cells, Point } from './geography.ts'
import { middleOf, tileOf } from './units.ts'

/** How far from a spawn point arrivals are spread, in tiles walked, and how many places a point offers. */
export const SPAWN_SPREAD_TILES = 4
export const SPAWN_PLACES_MAX = 32

/** Marks every tile one can walk to from the given tiles with all doors open. Steps go in four directions. */
export function floodFrom(cells: Cells, width: number, height: number, starts: readonly number[]): void {
  const queue = new Int32Array(width * height)
  let tail = 0
  const reach = (tile: number) => {
    if (cells.solid[tile] === 1 || cells.reachable[tile] === 1) return
    cells.reachable[tile] = 1
    queue[tail] = tile
    tail += 1
  }
  for (const start of starts) if (start >= 0 && start < width * height) reach(start)
  for (let head = 0; head < tail; head += 1) {
    for (const next of besides(queue[head] ?? 0, width, height)) reach(next)
  }
}

/**
 * Places for arrivals: every spawn point itself, then tile by tile outwards from each in turn, so that two who arrive
 * together stand apart. Never empty when a spawn point exists.
 */
export function spawnCandidates(
  cells: Cells,
  width: number,
  height: number,
  starts: readonly Point[],
): readonly Point[] {
  const around = starts.map(start => [start, ...ringsAround(cells, width, height, start)])
  const places: Point[] = []
  for (let ring = 0; ring < SPAWN_PLACES_MAX; ring += 1) {
    for (const list of around) {
      const place = list[ring]
      if (place) places.push(place)
    }
  }
  return places
}

/** Middles of free tiles near a point, nearest by walking first. Doorways are left clear. */
function ringsAround(cells: Cells, width: number, height: number, start: Point): Point[] {
  const first = tileOf(start.y) * width + tileOf(start.x)
  const seen = new Map([[first, 0]])
  const places: Point[] = []
  // A Map keeps insertion order and may grow while it is walked: it is queue and memory in one.
  for (const [tile, distance] of seen) {
    if (tile !== first && cells.door[tile] === 0) {
      places.push({ x: middleOf(tile % width), y: middleOf(Math.floor(tile / width)) })
    }
    if (distance === SPAWN_SPREAD_TILES) continue
    for (const next of besides(tile, width, height)) {
      if (cells.solid[next] === 0 && !seen.has(next)) seen.set(next, distance + 1)
    }
  }
  return places
}

/** The middle of the reachable tile nearest to a position that is neither solid nor a doorway. */
export function nearestOpenTile(cells: Cells, width: number, height: number, x: number, y: number): Point | undefined {
  const column = Math.min(width - 1, Math.max(0, tileOf(x)))
  const row = Math.min(height - 1, Math.max(0, tileOf(y)))
  let best: Point | undefined
  let bestSquared = Number.POSITIVE_INFINITY
  for (let ring = 0; ring < Math.max(width, height); ring += 1) {
    // A tile in this ring is at least (ring − 1) tiles away, so nothing nearer can follow.
    const leastUnits = Math.max(0, middleOf(ring - 1))
    if (best && bestSquared < leastUnits * leastUnits) break
    for (let r = row - ring; r <= row + ring; r += 1) {
      if (r < 0 || r >= height) continue
      const edge = r === row - ring || r === row + ring
      for (let c = column - ring; c <= column + ring; c += edge ? 1 : Math.max(1, 2 * ring)) {
        if (c < 0 || c >= width) continue
        const tile = r * width + c
        if (cells.solid[tile] === 1 || cells.door[tile] !== 0 || cells.reachable[tile] === 0) continue
        const dx = middleOf(c) - x
        const dy = middleOf(r) - y
        const squared = dx * dx + dy * dy
        if (squared < bestSquared || (squared === bestSquared && best && isBefore(c, r, best))) {
          best = { x: middleOf(c), y: middleOf(r) }
          bestSquared = squared
        }
      }
    }
  }
  return best
}

const isBefore = (column: number, row: number, other: Point): boolean =>
  middleOf(row) < other.y || (middleOf(row) === other.y && middleOf(column) < other.x)

/** The four tiles beside a tile, those outside the map left out. */
function besides(tile: number, width: number, height: number): number[] {
  const column = tile % width
  const row = Math.floor(tile / width)
  const tiles: number[] = []
  if (row > 0) tiles.push(tile - width)
  if (column < width - 1) tiles.push(tile + 1)
  if (row < height - 1) tiles.push(tile + width)
  if (column > 0) tiles.push(tile - 1)
  return tiles
}
