/** Pauses before dialling again, ms. The last one is repeated for ever. */
export const BACKOFF_MS: readonly number[] = [500, 1000, 2000, 4000, 8000, 15_000]

/**
 * How long to wait before attempt `attempt` (from 0). Full jitter: anywhere from nothing to the whole pause, so that
 * thousands of clients of a restarted server do not come back in step. `chance` is from 0 to below 1.
 */
export function backoffMs(attempt: number, chance: number): number {
  const pause = BACKOFF_MS[Math.min(attempt, BACKOFF_MS.length - 1)] ?? 0
  return Math.floor(pause * chance)
}
