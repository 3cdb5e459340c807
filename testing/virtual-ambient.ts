import type { Ambient } from '@worldloom/contract'

/** Timers that one `pass` may run. More is a timer that sets itself again at once. */
const TIMERS_PER_PASS_MAX = 100_000
/** Milliseconds that `drive` moves the clock while something waits for a timer. */
const DRIVE_MS_MAX = 600_000

/** A moment to begin at: 2023-11-14T22:13:20Z. */
export const VIRTUAL_START = 1_700_000_000_000

interface Timer {
  readonly at: number
  readonly n: number
  readonly run: () => void
}

/** One turn of the event loop: everything that promises had to do is done. */
const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

/** Time and chance under a test's control. Nothing happens until the test lets time pass. */
export class VirtualAmbient implements Ambient {
  #now: number
  #timers: Timer[] = []
  #count = 0
  #random: number

  /** `seed` is any unsigned 32-bit integer; the same seed draws the same numbers. */
  constructor(at = VIRTUAL_START, seed = 1) {
    this.#now = at
    this.#random = seed
  }

  readonly now = (): number => this.#now

  readonly after = (ms: number, run: () => void): (() => void) => {
    const timer: Timer = { at: this.#now + Math.max(0, ms), n: this.#count++, run }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter(other => other !== timer)
    }
  }

  /** SplitMix32 (Guy Steele and others, public domain). */
  readonly random32 = (): number => {
    this.#random = (this.#random + 0x9e3779b9) | 0
    let z = this.#random ^ (this.#random >>> 16)
    z = Math.imul(z, 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return (z ^ (z >>> 15)) >>> 0
  }

  /** Timers that are set. */
  get pending(): number {
    return this.#timers.length
  }

  /** Lets time pass: runs what falls due, in time order, and lets each one's promises finish before the next. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms
    await turn()
    for (let ran = 0; ; ran++) {
      if (ran === TIMERS_PER_PASS_MAX) throw new Error(`more than ${TIMERS_PER_PASS_MAX} timers in ${ms} ms`)
      const next = this.#first()
      if (!next || next.at > until) break
      this.#timers = this.#timers.filter(timer => timer !== next)
      this.#now = Math.max(this.#now, next.at)
      next.run()
      await turn()
    }
    this.#now = until
  }

  /** Waits for work, moving the clock to the next timer whenever the work cannot go on without it. */
  async drive<T>(work: Promise<T>): Promise<T> {
    let settled = false
    const settle = () => {
      settled = true
    }
    work.then(settle, settle)
    const until = this.#now + DRIVE_MS_MAX
    for (;;) {
      await turn()
      if (settled) return work
      const next = this.#first()
      if (!next || next.at > until) throw new Error('waits for something that no timer will bring')
      await this.pass(Math.max(0, next.at - this.#now))
    }
  }

  #first(): Timer | undefined {
    let first: Timer | undefined
    for (const timer of this.#timers) {
      if (!first || timer.at < first.at || (timer.at === first.at && timer.n < first.n)) first = timer
    }
    return first
  }
}
