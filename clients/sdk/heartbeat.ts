/** Pause between two pings, and how long to wait for any sign of life after one, ms. */
export const PING_EVERY_MS = 10_000
export const SILENT_AFTER_MS = 15_000

/** When to ping, and when to call the line dead. Pure: time comes in. */
export class Heartbeat {
  /** Number and moment of the last ping. */
  n = 0
  sentAt = 0
  #pingAt = Number.POSITIVE_INFINITY
  #silentAt = Number.POSITIVE_INFINITY

  get nextAt(): number {
    return Math.min(this.#pingAt, this.#silentAt)
  }

  isDue(now: number): boolean {
    return now >= this.#pingAt
  }

  isSilent(now: number): boolean {
    return now >= this.#silentAt
  }

  /** A ping goes out; its number. Silence counts from here, never from the last message: hidden tabs' timers run once a minute. */
  beat(now: number): number {
    this.n += 1
    this.sentAt = now
    this.#pingAt = now + PING_EVERY_MS
    this.#silentAt = Math.min(this.#silentAt, now + SILENT_AFTER_MS)
    return this.n
  }

  heard(): void {
    this.#silentAt = Number.POSITIVE_INFINITY
  }

  stop(): void {
    this.#pingAt = this.#silentAt = Number.POSITIVE_INFINITY
  }
}
