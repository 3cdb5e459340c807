import type { Geography, Point } from './geography.ts'
import { createHeap } from './heap.ts'
import { middleOf, tileOf } from './units.ts'
import { walk } from './walk.ts'

/** Tiles a search may open before it gives up: a whole map of 128 × 128, or a long way round on a larger one. */
export const PATH_TILES_MAX = 16_384

/** Steps cost 5 straight and 7 across, which is within 1.02 of the true ratio and keeps sums whole. */
const STRAIGHT = 5
const ACROSS = 7

/** North first, then clockwise: the order decides between equal paths, the same everywhere. */
const STEPS = [
  [0, -1],
  [1, -1],
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
] as const

/**
 * The way from one position to another as waypoints in units, the last one being the goal; the start is left out.
 * Each leg is free to `walk`. Undefined when there is no way, the start or goal is not free ground, or the search
 * passed `PATH_TILES_MAX`. Where the exact goal is too near a wall, the middle of its tile is the goal.
 * Deterministic: equal questions give equal waypoints.
 */
export function findPath(
  geography: Geography,
  from: Point,
  to: Point,
  shut: ReadonlySet<string>,
): readonly Point[] | undefined {
  const goal =
    walk(geography, to, to, shut) === undefined ? to : { x: middleOf(tileOf(to.x)), y: middleOf(tileOf(to.y)) }
  if (walk(geography, from, from, shut) || walk(geography, goal, goal, shut)) return undefined
  if (walk(geography, from, goal, shut) === undefined) return [goal]
  const tiles = searchTiles(geography, from, goal, shut)
  if (!tiles) return undefined
  const { width } = geography
  const corners = tiles.map(tile => ({ x: middleOf(tile % width), y: middleOf(Math.floor(tile / width)) }))
  return pullTight(geography, from, [...corners, goal], shut)
}

/** A* over tiles, in eight directions, without cutting corners. The tiles from start to goal, both included. */
function searchTiles(geography: Geography, from: Point, to: Point, shut: ReadonlySet<string>): number[] | undefined {
  const { width, height, cells, doors } = geography
  const start = tileOf(from.y) * width + tileOf(from.x)
  const goal = tileOf(to.y) * width + tileOf(to.x)
  const isFree = (column: number, row: number) => {
    if (column < 0 || row < 0 || column >= width || row >= height) return false
    const tile = row * width + column
    if (cells.solid[tile] === 1) return false
    const door = cells.door[tile] ?? 0
    return door === 0 || !shut.has(doors[door - 1]?.id ?? '')
  }
  const remaining = (tile: number) => {
    const dx = Math.abs((tile % width) - (goal % width))
    const dy = Math.abs(Math.floor(tile / width) - Math.floor(goal / width))
    return STRAIGHT * Math.max(dx, dy) + (ACROSS - STRAIGHT) * Math.min(dx, dy)
  }
  const costs = new Map([[start, 0]])
  const cameFrom = new Map<number, number>()
  const done = new Set<number>()
  const open = createHeap()
  open.push(start, remaining(start), remaining(start))
  for (let opened = 0; opened < PATH_TILES_MAX; opened += 1) {
    const tile = open.pop()
    if (tile === undefined) return undefined
    if (tile === goal) return traceBack(cameFrom, start, goal)
    if (done.has(tile)) continue
    done.add(tile)
    const column = tile % width
    const row = Math.floor(tile / width)
    for (const [dx, dy] of STEPS) {
      if (!isFree(column + dx, row + dy)) continue
      const isAcross = dx !== 0 && dy !== 0
      if (isAcross && !(isFree(column + dx, row) && isFree(column, row + dy))) continue
      const next = (row + dy) * width + column + dx
      const cost = (costs.get(tile) ?? 0) + (isAcross ? ACROSS : STRAIGHT)
      if (cost >= (costs.get(next) ?? Number.POSITIVE_INFINITY)) continue
      costs.set(next, cost)
      cameFrom.set(next, tile)
      open.push(next, cost + remaining(next), remaining(next))
    }
  }
  return undefined
}

function traceBack(cameFrom: ReadonlyMap<number, number>, start: number, goal: number): number[] {
  const tiles = [goal]
  for (let tile = goal; tile !== start; ) {
    tile = cameFrom.get(tile) ?? start
    tiles.push(tile)
  }
  return tiles.reverse()
}

/** Leaves out every corner that can be walked past: from each, on to the last one in plain reach. */
function pullTight(geography: Geography, from: Point, corners: readonly Point[], shut: ReadonlySet<string>): Point[] {
  const pulled: Point[] = []
  let here = from
  for (let next = 0; next < corners.length; ) {
    let last = next
    for (let ahead = next + 1; ahead < corners.length; ahead += 1) {
      const corner = corners[ahead]
      if (!corner || walk(geography, here, corner, shut)) break
      last = ahead
    }
    const corner = corners[last]
    if (!corner) break
    if (corner.x !== here.x || corner.y !== here.y) pulled.push(corner)
    here = corner
    next = last + 1
  }
  return pulled
}
