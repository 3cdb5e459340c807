import { tileKind } from '@worldloom/capabilities/geography'
import { type Canvas, eachTile, isInside, isWater, surfaceAt, tileAt, wholeMap } from './canvas.ts'
import { bandAround, type Corner, tilesAlong } from './lines.ts'
import { swell } from './noise.ts'

/** Half-tile steps: the sea's surface, the beach, and the plain the village stands on. */
export const SEA_LEVEL = 0
export const BEACH_LEVEL = 1
export const PLAIN_LEVEL = 2

/** Where the shrine stands. */
export const SHRINE_LEVEL = 14

/** A round hill: `top` steps high in the middle, one step lower every `tilesPerStep10` tenths of a tile. */
export interface Hill {
  readonly x: number
  readonly y: number
  readonly top: number
  readonly tilesPerStep10: number
  /** Flat ground around the middle, in tiles. */
  readonly plateau: number
}

/** Heaps hills on the plain. Where they meet, the higher one wins. */
export function raiseHills(canvas: Canvas, hills: readonly Hill[]): void {
  eachTile(wholeMap(canvas), (x, y) => {
    const tile = tileAt(canvas, x, y)
    for (const hill of hills) {
      const wobble = Math.floor((swell(x, y, 6, 11) - 128) / 40)
      const away10 = Math.max(0, distance10(x - hill.x, y - hill.y) - hill.plateau * 10)
      const fall = Math.floor((away10 + (away10 > 0 ? wobble * 5 : 0)) / hill.tilesPerStep10)
      canvas.heights[tile] = Math.max(canvas.heights[tile] ?? 0, hill.top - Math.max(0, fall))
    }
  })
}

/** Tenths of a tile from the middle, near enough to round: never more than 4 % off. */
export function distance10(dx: number, dy: number): number {
  const [long, short] = Math.abs(dx) > Math.abs(dy) ? [Math.abs(dx), Math.abs(dy)] : [Math.abs(dy), Math.abs(dx)]
  return short * 2 > long ? Math.floor((long * 1677 + short * 1118) / 200) : Math.floor(long * 10 + short * 2)
}

/** Lowers tiles until no step between neighbours is more than one. Water keeps its level. */
export function smooth(canvas: Canvas): void {
  const lower = (x: number, y: number, dx: number, dy: number) => {
    if (!isInside(canvas, x + dx, y + dy) || tileKind(surfaceAt(canvas, x + dx, y + dy)).solid) return
    const beside = canvas.heights[tileAt(canvas, x + dx, y + dy)] ?? 0
    const tile = tileAt(canvas, x, y)
    canvas.heights[tile] = Math.min(canvas.heights[tile] ?? 0, beside + 1)
  }
  // One pass each way carries a limit across the whole map along rows and columns; four settle every bend.
  for (let pass = 0; pass < 4; pass += 1) {
    for (let y = 0; y < canvas.height; y += 1) {
      for (let x = 0; x < canvas.width; x += 1) {
        lower(x, y, -1, 0)
        lower(x, y, 0, -1)
      }
    }
    for (let y = canvas.height - 1; y >= 0; y -= 1) {
      for (let x = canvas.width - 1; x >= 0; x -= 1) {
        lower(x, y, 1, 0)
        lower(x, y, 0, 1)
      }
    }
  }
}

/** Cuts slopes into terraces of `rise` steps, except near the ways that must stay walkable. */
export function terrace(canvas: Canvas, from: number, rise: number, kept: ReadonlySet<number>): void {
  canvas.heights.forEach((height, tile) => {
    if (height <= from || kept.has(tile)) return
    canvas.heights[tile] = from + Math.floor((height - from + 1) / rise) * rise
  })
}

/** Turns the edges that are too steep to climb to rock, so that one sees why the way ends there. */
export function exposeRock(canvas: Canvas, kept: ReadonlySet<number>): void {
  const isBare = (tile: number) => tileKind(canvas.ground[tile] ?? 'grass').solid
  eachTile(wholeMap(canvas), (x, y) => {
    for (const [dx, dy] of [
      [1, 0],
      [0, 1],
    ] as const) {
      if (!isInside(canvas, x + dx, y + dy)) continue
      const here = tileAt(canvas, x, y)
      const there = tileAt(canvas, x + dx, y + dy)
      const rise = (canvas.heights[there] ?? 0) - (canvas.heights[here] ?? 0)
      if (Math.abs(rise) <= 1 || isBare(here) || isBare(there)) continue
      const [upper, under] = rise > 0 ? [there, here] : [here, there]
      canvas.ground[kept.has(upper) ? under : upper] = 'rock'
    }
  })
}

/** An oval of water with a wavering shore: `rim` tiles of shallows around the deep, sand around them. */
export function fillLake(canvas: Canvas, x: number, y: number, rx: number, ry: number, level: number): void {
  eachTile(wholeMap(canvas), (column, row) => {
    const dx = column - x
    const dy = row - y
    // 1000 on the shore line.
    const inwards =
      Math.floor((dx * dx * 1000) / (rx * rx)) +
      Math.floor((dy * dy * 1000) / (ry * ry)) +
      swell(column, row, 7, 23) -
      128
    const tile = tileAt(canvas, column, row)
    if (inwards < 1000) {
      canvas.ground[tile] = inwards < 720 ? 'deep-water' : 'water'
      canvas.heights[tile] = level
    } else if (inwards < 1190 && !isWater(canvas, column, row)) {
      canvas.ground[tile] = 'sand'
      canvas.heights[tile] = Math.min(canvas.heights[tile] ?? 0, level + 1)
    }
  })
}

/** A river along a line of corners, three tiles wide: deep in the middle, with banks one step above the water. */
export function digRiver(canvas: Canvas, corners: readonly Corner[], level: number): void {
  for (const [tile, { x, y, distance }] of bandAround(canvas, tilesAlong(corners), 2)) {
    const isDeepAlready = canvas.ground[tile] === 'deep-water'
    if (distance === 2) {
      if (isWater(canvas, x, y)) continue
      canvas.heights[tile] = Math.min(canvas.heights[tile] ?? 0, level + 1)
      if (swell(x, y, 4, 31) > 150) canvas.ground[tile] = 'sand'
      continue
    }
    if (canvas.ground[tile] === 'water' || isDeepAlready) {
      if (distance === 0) canvas.ground[tile] = 'deep-water'
      continue
    }
    canvas.ground[tile] = distance === 0 ? 'deep-water' : 'water'
    canvas.heights[tile] = level
  }
}

/** The sea along the southern edge: beach, shallows, deep. */
export function floodSouth(canvas: Canvas, shoreRow: number): void {
  eachTile(wholeMap(canvas), (x, y) => {
    const shore = shoreRow + Math.floor((swell(x, 0, 9, 41) - 128) / 40)
    const tile = tileAt(canvas, x, y)
    if (y >= shore) {
      canvas.ground[tile] = y >= shore + 3 ? 'deep-water' : 'water'
      canvas.heights[tile] = SEA_LEVEL
    } else if (y >= shore - 4 - Math.floor(swell(x, y, 5, 43) / 90)) {
      canvas.ground[tile] = 'sand'
      canvas.heights[tile] = Math.min(canvas.heights[tile] ?? 0, y >= shore - 3 ? BEACH_LEVEL : PLAIN_LEVEL)
    }
  })
}

/** A footpath: packed earth along a line, wider where `reach` is more than 0, ragged at the edges. */
export function treadPath(canvas: Canvas, corners: readonly Corner[], reach: number): void {
  for (const [tile, { x, y, distance }] of bandAround(canvas, tilesAlong(corners), reach + 1)) {
    if (isWater(canvas, x, y)) continue
    if (distance <= reach) {
      if (canvas.built[tile] === undefined && surfaceAt(canvas, x, y) !== 'sand') canvas.built[tile] = 'path'
      canvas.taken.add(tile)
    } else if (swell(x, y, 3, 53) > 140) canvas.taken.add(tile)
  }
}
