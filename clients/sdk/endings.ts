import { CLOSES, Fault, type FaultCode, FINAL_CLOSES, type Retry, type ServerFrame } from '@worldloom/contract'
import type { EndReason } from './words.ts'

const RETRIES: Readonly<Partial<Record<FaultCode, Retry>>> = {
  unavailable: 'now',
  busy: 'later',
  'too-fast': 'later',
}

export const faultOf = (code: string, because: string): Fault =>
  new Fault(code, because, RETRIES[code as FaultCode] ?? 'never')

export const closedFault = (): Fault => new Fault('closed', 'The connection was closed. Connect again.')

/** WebSocket's own codes for text that is not UTF-8 and for a frame beyond any bound. */
const NOT_UTF8 = 1007
const BEYOND_BOUND = 1009

/** Why a close code ends the connection for good; undefined when it may come back. */
export function finalReason(code: number): EndReason | undefined {
  if (code === NOT_UTF8) return 'bad-frame'
  if (code === BEYOND_BOUND) return 'too-large'
  if (!FINAL_CLOSES.includes(code)) return undefined
  if (code === CLOSES['taken-over']) return 'taken-over'
  return code === CLOSES['too-large'] ? 'too-large' : 'bad-frame'
}

/** What the person may be told of a close code. */
export const closeName = (code: number): string =>
  Object.entries(CLOSES).find(([, value]) => value === code)?.[0] ?? 'line-lost'

/** Undefined for what is no frame: a newer server may say things that this client does not know. */
export function readServerFrame(text: string): ServerFrame | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'type' in value ? (value as ServerFrame) : undefined
  } catch {
    return undefined
  }
}
