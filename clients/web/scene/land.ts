import {
  compileGeography,
  type Geography,
  type TileKindName,
  tileKind,
  type WorldFile,
} from '@worldloom/capabilities/geography'

/** Metres a step of the World file's heights rises. */
export const STEP_HEIGHT = 0.5
/** Water lies this far below its tile's height, so that shores show. */
const SURFACE_DROP = 0.16
const SHALLOW_BED = 0.62
const DEEP_BED = 1.5
/** How deep one stands in shallow water. */
const WADE = 0.34
/** How far bridges are looked across for the water they span. */
const BRIDGE_SPAN_MAX = 6

/** Small differences in height between kinds: paths are trodden in, floors are laid on. */
const OFFSETS: Readonly<Partial<Record<TileKindName, number>>> = {
  path: -0.07,
  gravel: -0.06,
  soil: -0.06,
  sand: -0.05,
  marsh: -0.09,
  cobble: -0.03,
  stone: 0.02,
  'floor-wood': 0.06,
  'floor-stone': 0.05,
  'floor-tile': 0.05,
  carpet: 0.08,
  snow: 0.05,
  rock: 0.12,
}

/** A World file as the picture sees it: heights in metres, and water below bridges. */
export interface Land {
  readonly geography: Geography
  readonly width: number
  readonly height: number
  readonly kindAt: (column: number, row: number) => TileKindName | undefined
  /** Top of the solid ground: the bed in water. −Infinity outside the map. */
  readonly topAt: (column: number, row: number) => number
  /** Height of the water's surface, or undefined on dry land. Bridges have water below them. */
  readonly surfaceAt: (column: number, row: number) => number | undefined
  /** Top of a bridge's deck, or undefined. */
  readonly deckAt: (column: number, row: number) => number | undefined
  /** Where feet are at a position, in metres; soft across stairs and small steps. */
  readonly feetAt: (x: number, y: number) => number
}

export function surveyLand(file: WorldFile): Land {
  const geography = compileGeography(file)
  const { width, height } = geography
  const tops = new Float32Array(width * height).fill(Number.NEGATIVE_INFINITY)
  const surfaces = new Float32Array(width * height).fill(Number.NaN)
  const decks = new Float32Array(width * height).fill(Number.NaN)
  const level = (column: number, row: number) => geography.heightAt(column, row) * STEP_HEIGHT
  const isWater = (column: number, row: number) => {
    const kind = geography.groundAt(column, row)
    return kind !== undefined && tileKind(kind).water === true
  }
  const waterBeside = (column: number, row: number): number | undefined => {
    for (let away = 1; away <= BRIDGE_SPAN_MAX; away += 1) {
      for (const [dx, dy] of [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ] as const) {
        if (isWater(column + dx * away, row + dy * away)) return level(column + dx * away, row + dy * away)
      }
    }
    return undefined
  }
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const kind = geography.groundAt(column, row)
      if (!kind) continue
      const tile = row * width + column
      const base = level(column, row)
      if (kind === 'water' || kind === 'deep-water') {
        surfaces[tile] = base - SURFACE_DROP
        tops[tile] = base - (kind === 'water' ? SHALLOW_BED : DEEP_BED)
      } else if (kind === 'bridge') {
        const below = waterBeside(column, row)
        decks[tile] = base + 0.06
        if (below === undefined) tops[tile] = base - 0.2
        else {
          surfaces[tile] = Math.min(below, base) - SURFACE_DROP
          tops[tile] = Math.min(below, base) - SHALLOW_BED
        }
      } else tops[tile] = base + (OFFSETS[kind] ?? 0)
    }
  }
  const inside = (column: number, row: number) => column >= 0 && row >= 0 && column < width && row < height
  const read = (cells: Float32Array) => (column: number, row: number) => {
    const value = inside(column, row) ? cells[row * width + column] : undefined
    return value === undefined || Number.isNaN(value) ? undefined : value
  }
  const surfaceAt = read(surfaces)
  const deckAt = read(decks)
  const topOf = read(tops)
  const topAt = (column: number, row: number) => topOf(column, row) ?? Number.NEGATIVE_INFINITY
  const standAt = (column: number, row: number) => {
    const deck = deckAt(column, row)
    if (deck !== undefined) return deck
    const surface = surfaceAt(column, row)
    return surface !== undefined ? surface - WADE : topAt(column, row)
  }
  const feetAt = (x: number, y: number) => {
    const [column, row] = [Math.floor(x), Math.floor(y)]
    const here = standAt(column, row)
    if (here === Number.NEGATIVE_INFINITY) return 0
    // Within a quarter of a tile of an edge, feet ease to the middle of the step.
    const [u, v] = [x - column, y - row]
    const toward = (t: number) => (t < 0.25 ? -(0.25 - t) * 2 : t > 0.75 ? (t - 0.75) * 2 : 0)
    let feet = here
    for (const [dx, dy, t] of [
      [Math.sign(toward(u)), 0, toward(u)],
      [0, Math.sign(toward(v)), toward(v)],
    ] as const) {
      if (t === 0) continue
      const there = standAt(column + dx, row + dy)
      if (Math.abs(there - here) <= 0.75) feet += (there - here) * Math.abs(t)
    }
    return feet
  }
  return { geography, width, height, kindAt: geography.groundAt, topAt, surfaceAt, deckAt, feetAt }
}
