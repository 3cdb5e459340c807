import type { Quality } from './api.ts'

/** Frames longer than this, on average, are slow: below 30 a second. */
export const SLOW_FRAME_MS = 36
/** From here on one step at a time would take too long: everything that can be dropped goes at once. */
export const VERY_SLOW_FRAME_MS = 110
/** Average frames must stay slow for this long before something is dropped. */
export const SLOW_FOR_MS = 2_500
/** A longer gap is a hidden tab or a loading world as likely as slow drawing; it counts as this much. */
const GAP_MS = 300
const SMOOTHING = 0.08

export interface QualityState {
  readonly quality: Quality
  readonly frameMs: number
  readonly slowMs: number
}

export const FULL_QUALITY: QualityState = { quality: 0, frameMs: 16, slowMs: 0 }
const LEAST: Quality = 4

/**
 * One more frame has passed. Steps down only: what was dropped stays dropped until the page is opened again, because a
 * picture that changes its mind every few seconds is worse than a plain one.
 */
export function afterFrame(state: QualityState, elapsedMs: number): QualityState {
  if (elapsedMs <= 0) return state
  const counted = Math.min(elapsedMs, GAP_MS)
  const frameMs = state.frameMs + (counted - state.frameMs) * SMOOTHING
  if (frameMs <= SLOW_FRAME_MS || state.quality === LEAST) return { ...state, frameMs, slowMs: 0 }
  const slowMs = state.slowMs + counted
  if (frameMs > VERY_SLOW_FRAME_MS) return { quality: LEAST, frameMs, slowMs: 0 }
  if (slowMs < SLOW_FOR_MS) return { ...state, frameMs, slowMs }
  return { quality: (state.quality + 1) as Quality, frameMs: SLOW_FRAME_MS, slowMs: 0 }
}

/** Share of the device's resolution that is drawn. */
export const resolutionOf = (quality: Quality): number => (quality >= 4 ? 0.5 : quality === 3 ? 0.75 : 1)
