import { type Ambient, eventPosition, Fault, type JournalRecord } from '@worldloom/contract'
import type { Outcome } from './running-world.ts'

/**
 * Calls on their way to one engine at once. The callee remembers as many of a caller's answers: a call that is still
 * owed has at most this many less one behind it, so its answer is among them if it was ever given.
 */
export const CALLS_ON_THE_WAY_MAX = 64
/** Waits between tries, ms; the last one repeats. */
export const CALL_WAITS_MS: readonly number[] = [100, 300, 1_000, 3_000, 10_000]
/** After so many tries a call is parked: it is tried no more by itself, and shown to the operator. */
export const CALL_TRIES_MAX = 10

/** A call owed to another engine. `seq` and `n` say which record and which of its calls. */
export interface Owed {
  readonly seq: number
  readonly n: number
  readonly target: string
  readonly slot: string
  readonly command: string
  readonly data: unknown
  /** How long the chain of causes is that led here. */
  readonly depth: number
}

/** Who calls: the engine, and the call's place in its journal, which only grows. */
export interface Caller {
  readonly engine: string
  readonly place: number
  readonly depth: number
}

export interface CourierOptions {
  readonly engine: string
  readonly ambient: Ambient
  /** Sends a command to an engine wherever it is. Rejects with a Fault while it cannot get through. */
  readonly deliver: (target: string, command: string, data: unknown, caller: Caller) => Promise<Outcome>
  /** Hands the answer to the caller's mailbox; resolves when it is committed. */
  readonly answer: (owed: Owed, outcome: Outcome) => Promise<unknown>
  readonly park: (owed: Owed, tries: number) => Promise<void>
  readonly onDefect: (why: Error) => void
}

/**
 * Delivers what an engine owes others, and again until it is answered; in order for each target as long as nothing fails.
 * A call that cannot get through is parked, and with it everything owed to the same target behind it.
 */
export class Courier {
  readonly #options: CourierOptions
  readonly #targets = new Map<string, Owed[]>()
  readonly #busy = new Set<string>()
  readonly #parked = new Set<string>()
  readonly #cancelWaits = new Set<() => void>()
  #stopped = false

  constructor(options: CourierOptions) {
    this.#options = options
  }

  get parked(): readonly string[] {
    return [...this.#parked]
  }

  /** Takes on a call that has just been committed, or was found owed on recovery. */
  owe(owed: Owed): void {
    const queue = this.#targets.get(owed.target) ?? []
    queue.push(owed)
    this.#targets.set(owed.target, queue)
    void this.#work(owed.target)
  }

  /** Tries parked calls again. */
  retry(): void {
    const targets = [...this.#parked]
    this.#parked.clear()
    for (const target of targets) void this.#work(target)
  }

  stop(): void {
    this.#stopped = true
    for (const cancel of this.#cancelWaits) cancel()
  }

  async #work(target: string): Promise<void> {
    if (this.#busy.has(target) || this.#parked.has(target)) return
    this.#busy.add(target)
    try {
      const queue = this.#targets.get(target) ?? []
      while (queue.length > 0 && !this.#stopped) {
        const window = queue.slice(0, CALLS_ON_THE_WAY_MAX)
        // All of them come to their end before any is sent again: one that fails must not get the others answered twice.
        const ends = await Promise.allSettled(window.map(owed => this.#send(owed)))
        const isAnswered = ends.map(end => end.status === 'fulfilled' && end.value)
        queue.splice(0, window.length, ...window.filter((_, index) => !isAnswered[index]))
        const failed = ends.find(end => end.status === 'rejected')
        if (failed) throw failed.reason
        if (isAnswered.includes(false)) break
      }
    } catch (error) {
      if (!this.#stopped) this.#options.onDefect(error as Error)
    } finally {
      this.#busy.delete(target)
    }
  }

  /** True when answered; false when parked, or when an earlier call of the window was. */
  async #send(owed: Owed): Promise<boolean> {
    const { deliver, answer, park, engine } = this.#options
    for (let tries = 1; !this.#stopped; tries++) {
      try {
        const caller = { engine, place: eventPosition(owed.seq, owed.n), depth: owed.depth }
        const outcome = await deliver(owed.target, owed.command, owed.data, caller)
        await answer(owed, outcome)
        return true
      } catch (error) {
        if (this.#stopped) return false
        if (!(error instanceof Fault)) throw error
        if (tries >= CALL_TRIES_MAX || error.retry === 'never') {
          this.#parked.add(owed.target)
          await park(owed, tries)
          return false
        }
        await this.#wait(CALL_WAITS_MS[Math.min(tries, CALL_WAITS_MS.length) - 1] ?? 0)
      }
    }
    return false
  }

  #wait(ms: number): Promise<void> {
    return new Promise(resolve => {
      const done = () => {
        this.#cancelWaits.delete(cancel)
        resolve()
      }
      const cancelTimer = this.#options.ambient.after(ms, done)
      const cancel = () => {
        cancelTimer()
        done()
      }
      this.#cancelWaits.add(cancel)
    })
  }
}

/** The calls that a committed record owes. */
export const owedBy = (record: JournalRecord, seq: number, targetOf: (slot: string) => string): Owed[] =>
  (record.c ?? []).map(([slot, command, data], n) => ({
    seq,
    n,
    target: targetOf(slot),
    slot,
    command,
    data,
    depth: (record.x ?? 0) + 1,
  }))
