/** How far behind the server's time others are drawn, so that late frames still arrive in time. */
export const DELAY_MS_MIN = 150
export const DELAY_MS_MAX = 250
/** What frames every 1/15 s and intents every 1/10 s need without any jitter. */
export const DELAY_BASE_MS = 120
/** Frames that the measurement looks back on: 4 s and more. */
export const TRANSITS_MAX = 64
/** The clock is pulled, never set back: at most this many ms in a second. */
export const SLEW_MS_PER_SECOND = 100
/** A difference beyond this is a new connection or a sleep, and is jumped over. */
export const JUMP_MS = 1_000

const LOW_RANGE = 2 ** 32

/** Turns arrival times into the moment of the server's time that is drawn now. */
export interface Playout {
  /** A frame has come. `low` is its server time (UTC ms, low 32 bits). Answers the whole server time. */
  arrived(low: number, nowMs: number): number
  /** The server time to draw at a moment of the local clock. Never goes back, but for a jump. */
  time(nowMs: number): number
  /** Present delay behind the newest possible frame, for the curious. */
  readonly delayMs: number
  readonly jitterMs: number
}

/**
 * `serverNow` is any estimate of the server's time, used once per frame to complete the low 32 bits (they turn every
 * 49 days), so it may be wrong by days.
 */
export function createPlayout(serverNow: (nowMs: number) => number): Playout {
  let transits: number[] = []
  let jitterMs = 0
  let delayMs = DELAY_MS_MIN
  /** Server time = local time − lag, at the shortest transit seen. */
  let lag: number | undefined
  let shown: { readonly at: number; readonly time: number } | undefined

  return {
    get delayMs() {
      return delayMs
    },
    get jitterMs() {
      return jitterMs
    },
    arrived(low, nowMs) {
      const at = complete(low, serverNow(nowMs))
      transits = [...transits, nowMs - at].slice(-TRANSITS_MAX)
      lag = Math.min(...transits)
      const late = transits.map(transit => transit - (lag ?? 0)).sort((a, b) => a - b)
      jitterMs = late[Math.floor((late.length - 1) * 0.95)] ?? 0
      delayMs = Math.min(DELAY_MS_MAX, Math.max(DELAY_MS_MIN, DELAY_BASE_MS + jitterMs))
      return at
    },
    time(nowMs) {
      const wanted = nowMs - (lag ?? nowMs - serverNow(nowMs)) - delayMs
      if (!shown || Math.abs(wanted - (shown.time + nowMs - shown.at)) > JUMP_MS) {
        shown = { at: nowMs, time: wanted }
        return wanted
      }
      const elapsed = Math.max(0, nowMs - shown.at)
      const slew = (elapsed * SLEW_MS_PER_SECOND) / 1000
      const even = shown.time + elapsed
      shown = { at: nowMs, time: Math.max(shown.time, even + Math.min(slew, Math.max(-slew, wanted - even))) }
      return shown.time
    },
  }
}

/** The full time nearest to `near` that has these low 32 bits. */
export const complete = (low: number, near: number): number => low + Math.round((near - low) / LOW_RANGE) * LOW_RANGE
