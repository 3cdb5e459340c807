/** The timers an engine has set, one per key, in UTC ms. */
export class Wakes {
  readonly #at = new Map<string, number>()

  constructor(set: Iterable<readonly [string, number]> = []) {
    for (const [key, at] of set) this.#at.set(key, at)
  }

  set(key: string, at: number | null): void {
    if (at === null) this.#at.delete(key)
    else this.#at.set(key, at)
  }

  /** When the first one rings, or infinity. */
  get first(): number {
    let first = Number.POSITIVE_INFINITY
    for (const at of this.#at.values()) if (at < first) first = at
    return first
  }

  /** Takes out those that are due, in time order, then key order. */
  takeDue(now: number): readonly (readonly [key: string, at: number])[] {
    const due = [...this.#at].filter(([, at]) => at <= now).sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1))
    for (const [key] of due) this.#at.delete(key)
    return due
  }
}
