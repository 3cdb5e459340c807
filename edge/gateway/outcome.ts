import { FAULTS } from '@worldloom/contract'
import type { Logger } from 'pino'
import type { RequestOutcome } from './session.ts'

/** Pauses that a client is asked to make before trying again, ms. */
const NOW_MS = 250
const LATER_MS = 1_000

/** What a thrown value means to the one who asked. Matched by brand; anything else is ours to find in the log. */
export function faultOutcome(thrown: unknown, logger: Logger): RequestOutcome {
  if (thrown instanceof Error && thrown.name === 'Fault' && 'code' in thrown && 'retry' in thrown) {
    const fault = { fault: String(thrown.code), because: thrown.message }
    if (thrown.retry === 'never') return fault
    return { ...fault, retryAfterMs: thrown.retry === 'now' ? NOW_MS : LATER_MS }
  }
  logger.error({ err: thrown }, 'a request failed in a way that nobody foresaw')
  return { fault: 'internal', because: FAULTS.internal }
}
