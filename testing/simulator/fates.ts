import type { Chance } from './chance.ts'
import type { Weather } from './weather.ts'

/**
 * What becomes of one request to the store.
 * `done`: applied and answered. `refused`: fails, nothing applied. `unheard`: applied, but the connection dies before the
 * answer. `late`: the connection dies first; it is applied some time after. `hung`: no answer ever, applied or not.
 */
export type Fate = 'done' | 'refused' | 'unheard' | 'late' | 'hung'

/** `bare`: a commit without records, which the fence cannot tell from others at the same head. */
export type Request = 'read' | 'write' | 'bare'

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
/** One commit without records in so many meets trouble, where there is any: there are few of them. */
const BARE_FAULT_EVERY = 3
/** One answer in so many is a straggler: others that were asked for later overtake it. */
const STRAGGLER_EVERY = 12
const STRAGGLER_MS_MAX = 2_000
const WRITE_FATES: readonly Fate[] = ['refused', 'unheard', 'unheard', 'late', 'late', 'hung']
const READ_FATES: readonly Fate[] = ['refused', 'refused', 'refused', 'unheard', 'unheard', 'unheard', 'hung']

/** Draws the fate of a request. A storm that has passed leaves everything `done`. */
export function drawTurn(chance: Chance, weather: Weather, request: Request, calm: boolean): Turn {
  const write = request !== 'read'
  const outMs = chance.below(weather.storeMsMax + 1)
  const straggles = !calm && weather.storeMsMax > 1 && chance.once(STRAGGLER_EVERY)
  const backMs = chance.below(straggles ? STRAGGLER_MS_MAX : weather.storeMsMax + 1)
  const rest = { outMs, backMs, lateMs: chance.below(LATE_MS_MAX), lands: chance.below(2) === 0 }
  if (calm) return { fate: 'done', blow: 'none', ...rest }
  let fate: Fate = 'done'
  const faultEvery =
    request === 'bare' ? Math.min(weather.commitFaultEvery, BARE_FAULT_EVERY) : weather.commitFaultEvery
  if (write && chance.once(faultEvery)) fate = chance.pick(WRITE_FATES)
  if (!write && chance.once(weather.readFaultEvery)) fate = chance.pick(READ_FATES)
  let blow: Blow = 'none'
  if (write && chance.once(weather.crashEvery)) blow = chance.pick(['crash-before', 'crash-after'])
  else if (write && chance.once(weather.takeoverEvery)) blow = 'takeover'
  return { fate, blow, ...rest }
}
