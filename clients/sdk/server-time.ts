/**
 * Server time, learned from the frames that carry it. A sample is `at` on the server, known to lie between sending and
 * receiving here; the shortest round trip wins, because it can be wrong by the least.
 */
export class ServerTime {
  #offsetMs = 0
  #roundTripMs = Number.POSITIVE_INFINITY
  #latencyMs: number | undefined

  /** Last round trip of a ping, ms. */
  get latencyMs(): number | undefined {
    return this.#latencyMs
  }

  /** From a local moment to the server's, UTC ms. */
  at(now: number): number {
    return Math.max(0, Math.floor(now + this.#offsetMs))
  }

  /** A welcome: nothing is known of its way here, so any ping is better, and an older clock is forgotten. */
  welcomed(at: number, now: number): void {
    this.#offsetMs = at - now
    this.#roundTripMs = Number.POSITIVE_INFINITY
  }

  ponged(at: number, sentAt: number, now: number): void {
    const roundTripMs = Math.max(0, now - sentAt)
    this.#latencyMs = roundTripMs
    if (roundTripMs > this.#roundTripMs) return
    this.#roundTripMs = roundTripMs
    this.#offsetMs = at - (sentAt + now) / 2
  }
}
