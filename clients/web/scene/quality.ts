import type { Quality } from './api.ts'

/** Frames longer than this, on average, are slow: below 30 a second. */
export const SLOW_FRAME_MS = 36
/** Average frames must stay slow for this long before something is dropped. */
export const SLOW_FOR_MS = 2_500
/** Longer gaps are a hidden tab or a loading world, not slow drawing. */
const GAP_MS = 1_000
const SMOOTHING = 0.06

export interface QualityState {
  readonly quality: Quality
  readonly frameMs: number
  readonly slowMs: number
}

export const FULL_QUALITY: QualityState = { quality: 0, frameMs: 16, slowMs: 0 }

/**
 * One more frame has passed. Steps down only: what was dropped stays dropped until the page is opened again, because a picture
 * that changes its mind every few seconds is worse than a plain one.
 */
export function afterFrame(state: QualityState, elapsedMs: number): QualityState {
  if (elapsedMs <= 0 || elapsedMs > GAP_MS) return state
  const frameMs = state.frameMs + (elapsedMs - state.frameMs) * SMOOTHING
  if (frameMs <= SLOW_FRAME_MS || state.quality === 4) return { ...state, frameMs, slowMs: 0 }
  const slowMs = state.slowMs + elapsedMs
  if (slowMs < SLOW_FOR_MS) return { ...state, frameMs, slowMs }
  return { quality: (state.quality + 1) as Quality, frameMs: SLOW_FRAME_MS, slowMs: 0 }
}

/** Share of the device's resolution that is drawn. */
export const resolutionOf = (quality: Quality): number => (quality >= 4 ? 0.5 : quality === 3 ? 0.75 : 1)
