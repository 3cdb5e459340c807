import { Fault } from '@worldloom/contract'
import type { AskOutcome } from './words.ts'

/** Requests that may wait for an answer at once. Beyond it a new one fails as `busy`. */
export const ASKS_MAX = 256

/** Requests that are on the way at once. The server takes a few more; the rest wait here, in order. */
export const IN_FLIGHT_MAX = 24

/**
 * How long a request is tried, ms. The server remembers the ids it accepted for 2 minutes: within that a repeat is
 * harmless, after it the fate of a command could not be told any more.
 */
export const ASK_LIFE_MS = 110_000

/** Pause before a request that met an engine on the move is sent again, ms, when the server names none. */
export const RETRY_MS = 1000

export interface Ask {
  readonly kind: 'command' | 'query'
  readonly capability: string
  readonly name: string
  readonly data: unknown
  readonly settle: (outcome: AskOutcome) => void
}

interface Open extends Ask {
  /** Minted when first sent, from server time; the same for every repeat. */
  id: string
  readonly since: number
  /** Number of the line it was sent on; 0 when it must be sent. */
  line: number
  /** Not before this moment. */
  notBefore: number
}

/** What has been asked and not been answered. Keeps order: repeats go out as the requests came in. */
export class Asks {
  readonly #open = new Set<Open>()
  readonly #byId = new Map<string, Open>()

  get size(): number {
    return this.#open.size
  }

  add(ask: Ask, now: number): void {
    if (this.#open.size >= ASKS_MAX) {
      ask.settle({ fault: new Fault('busy', `${ASKS_MAX} requests wait for an answer already. Try later.`, 'later') })
      return
    }
    this.#open.add({ ...ask, id: '', since: now, line: 0, notBefore: now })
  }

  /** Texts of the frames to send on this line now. */
  due(line: number, now: number, mint: () => string): string[] {
    const texts: string[] = []
    let room = IN_FLIGHT_MAX - this.#inFlight(line)
    for (const ask of this.#open) {
      if (room === 0) break
      if (ask.line === line || ask.notBefore > now) continue
      room -= 1
      if (ask.id === '') {
        ask.id = mint()
        this.#byId.set(ask.id, ask)
      }
      ask.line = line
      const { kind: type, id, capability, name, data } = ask
      texts.push(JSON.stringify({ type, id, capability, name, data }))
    }
    return texts
  }

  /** False when nobody asked, or it was answered before. */
  settle(id: string, outcome: AskOutcome): boolean {
    const ask = this.#byId.get(id)
    if (!ask) return false
    this.#remove(ask)
    ask.settle(outcome)
    return true
  }

  /** Sends it again later, with the same id. */
  postpone(id: string, notBefore: number): boolean {
    const ask = this.#byId.get(id)
    if (!ask) return false
    ask.line = 0
    ask.notBefore = notBefore
    return true
  }

  /** Sends everything on this line again later: the server dropped something unread, and cannot say what. */
  postponeAll(line: number, notBefore: number): void {
    for (const ask of this.#open) {
      if (ask.line !== line) continue
      ask.line = 0
      ask.notBefore = notBefore
    }
  }

  /** Gives up what is too old. */
  expire(now: number): void {
    for (const ask of this.#open) {
      if (now - ask.since < ASK_LIFE_MS) break
      this.#remove(ask)
      const because = 'The server could not be reached in time. Look whether it happened before asking again.'
      ask.settle({ fault: new Fault('unconfirmed', because) })
    }
  }

  failAll(fault: Fault): void {
    const open = [...this.#open]
    this.#open.clear()
    this.#byId.clear()
    for (const ask of open) ask.settle({ fault })
  }

  /** When something here wants attention, or infinity. Without a line nothing can be sent, only given up. */
  nextAt(line: number | undefined): number {
    let next = Number.POSITIVE_INFINITY
    const maySend = line !== undefined && this.#inFlight(line) < IN_FLIGHT_MAX
    for (const ask of this.#open) {
      next = Math.min(next, ask.since + ASK_LIFE_MS)
      if (maySend && ask.line !== line) next = Math.min(next, ask.notBefore)
    }
    return next
  }

  #inFlight(line: number): number {
    let count = 0
    for (const ask of this.#open) if (ask.line === line) count += 1
    return count
  }

  #remove(ask: Open): void {
    this.#open.delete(ask)
    this.#byId.delete(ask.id)
  }
}
