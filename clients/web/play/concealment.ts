import { type Point, UNITS_PER_TILE } from '@worldloom/capabilities/geography'
import { distance } from './ground.ts'

/** A correction below this is blended away, below the second it is made up within two frames, beyond it one is placed. */
export const BLEND_UNITS_MAX = UNITS_PER_TILE / 4
export const SNAP_UNITS_MAX = UNITS_PER_TILE * 2
export const BLEND_MS = 100
/** Two frames at 60 Hz. */
export const SNAP_MS = 34

export type Concealment = 'none' | 'blend' | 'snap' | 'fade'

/** How the difference between where one was drawn and where one is gets hidden. */
export interface Offset {
  readonly x: number
  readonly y: number
  readonly since: number
  readonly lastsMs: number
}

export const NO_OFFSET: Offset = { x: 0, y: 0, since: 0, lastsMs: 0 }

export function conceal(
  drawn: Point,
  at: Point,
  nowMs: number,
): { readonly how: Concealment; readonly offset: Offset } {
  const apart = distance(drawn, at)
  if (apart === 0) return { how: 'none', offset: NO_OFFSET }
  if (apart > SNAP_UNITS_MAX) return { how: 'fade', offset: NO_OFFSET }
  const blends = apart < BLEND_UNITS_MAX
  const offset = { x: drawn.x - at.x, y: drawn.y - at.y, since: nowMs, lastsMs: blends ? BLEND_MS : SNAP_MS }
  return { how: blends ? 'blend' : 'snap', offset }
}

/** What is left of an offset, shrinking evenly to nothing. */
export function remaining(offset: Offset, nowMs: number): Point {
  const left = offset.lastsMs === 0 ? 0 : Math.min(1, Math.max(0, 1 - (nowMs - offset.since) / offset.lastsMs))
  return { x: offset.x * left, y: offset.y * left }
}
