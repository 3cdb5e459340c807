/**
 * Lets through `perSecond` on average and `burst` at once. Goes into debt, at most one burst deep, so that one who keeps
 * on at twice the rate can be told from one whose messages came in a heap.
 */
export class TokenBucket {
  readonly #perMs: number
  readonly #burst: number
  #tokens: number
  #at: number

  constructor(perSecond: number, burst: number, now: number) {
    this.#perMs = perSecond / 1000
    this.#burst = burst
    this.#tokens = burst
    this.#at = now
  }

  /** True when it may pass. What may not pass counts as well. */
  take(now: number, amount = 1): boolean {
    // A clock set back must not take tokens away.
    const elapsed = Math.max(0, now - this.#at)
    this.#at = now
    this.#tokens = Math.min(this.#burst, this.#tokens + elapsed * this.#perMs) - amount
    if (this.#tokens >= 0) return true
    this.#tokens = Math.max(this.#tokens, -this.#burst)
    return false
  }

  /** Forgets the debt. */
  forgive(): void {
    this.#tokens = Math.max(0, this.#tokens)
  }

  /** True when the debt is as deep as it gets. */
  get exhausted(): boolean {
    return this.#tokens <= -this.#burst
  }
}
