/** A stream of chance that a seed determines wholly. Splits into streams that do not disturb one another. */
export class Chance {
  #state: number

  constructor(seed: number, purpose = '') {
    let state = seed | 0
    for (const letter of purpose) state = Math.imul(state ^ letter.charCodeAt(0), 0x01000193)
    this.#state = state
  }

  /** An unsigned 32-bit integer: SplitMix32 (Guy Steele and others, public domain). */
  next(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0
    let z = this.#state ^ (this.#state >>> 16)
    z = Math.imul(z, 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return (z ^ (z >>> 15)) >>> 0
  }

  /** From 0 to `count` − 1. */
  below(count: number): number {
    return this.next() % count
  }

  between(low: number, high: number): number {
    return low + this.below(high - low + 1)
  }

  /** True once in `every` times on average; never when `every` is 0. */
  once(every: number): boolean {
    return every > 0 && this.below(every) === 0
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T
  }
}
