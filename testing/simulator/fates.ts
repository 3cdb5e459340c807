import type { Chance } from './chance.ts'
import type { Weather } from './weather.ts'

/**
 * What becomes of one request to the store.
 * `done`: applied and answered. `refused`: fails, nothing applied. `unheard`: applied, but the connection dies before the
 * answer. `late`: the connection dies first; it is applied some time after. `hung`: no answer ever, applied or not.
 */
export type Fate = 'done' | 'refused' | 'unheard' | 'late' | 'hung'

/** What happens to the host at this request. */
export type Blow = 'none' | 'crash-before' | 'crash-after' | 'takeover'

export interface Turn {
  readonly fate: Fate
  readonly blow: Blow
  /** Until it is applied, and from then until it is answered, ms. */
  readonly outMs: number
  readonly backMs: number
  /** Until a late one is applied, ms. */
  readonly lateMs: number
  /** Whether one that was under way when its host died, or that hung, is applied all the same. */
  readonly lands: boolean
}

const LATE_MS_MAX = 5_000

/** Draws the fate of a request. A storm that has passed leaves everything `done`. */
export function drawTurn(chance: Chance, weather: Weather, write: boolean, calm: boolean): Turn {
  const outMs = chance.below(weather.storeMsMax + 1)
  const backMs = chance.below(weather.storeMsMax + 1)
  const rest = { outMs, backMs, lateMs: chance.below(LATE_MS_MAX), lands: chance.below(2) === 0 }
  if (calm) return { fate: 'done', blow: 'none', ...rest }
  let fate: Fate = 'done'
  if (write && chance.once(weather.commitFaultEvery))
    fate = chance.pick(['refused', 'unheard', 'unheard', 'late', 'late', 'hung'])
  if (!write && chance.once(weather.readFaultEvery)) fate = chance.pick(['refused', 'refused', 'unheard', 'hung'])
  let blow: Blow = 'none'
  if (write && chance.once(weather.crashEvery)) blow = chance.pick(['crash-before', 'crash-after'])
  else if (write && chance.once(weather.takeoverEvery)) blow = 'takeover'
  return { fate, blow, ...rest }
}
