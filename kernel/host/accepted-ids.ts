import { FAULTS, Fault, uuidTime } from '@worldloom/contract'

/** How long an accepted command's id is remembered, and how many at most; under more load the window gets shorter. */
export const ID_WINDOW_MS = 120_000
export const IDS_MAX = 2_000_000
/** How far ahead of server time a command's id may be. */
export const CLOCK_SKEW_MAX_MS = 30_000

/**
 * The ids of the commands accepted lately, each with its position. Never forgetful: an id older than everything
 * remembered is refused as `too-old`, for it might have been accepted and forgotten.
 */
export class AcceptedIds {
  readonly #positions = new Map<string, number>()
  readonly #windowMs: number
  readonly #idsMax: number
  /** Ids made before this moment can no longer be told apart. UTC ms. */
  #start = 0

  constructor(windowMs = ID_WINDOW_MS, idsMax = IDS_MAX) {
    this.#windowMs = windowMs
    this.#idsMax = idsMax
  }

  get size(): number {
    return this.#positions.size
  }

  /** Throws a Fault when the id's time makes it impossible to say whether it was accepted before. */
  check(id: string, now: number): void {
    const made = uuidTime(id)
    if (made < Math.max(this.#start, now - this.#windowMs)) throw new Fault('too-old', FAULTS['too-old'])
    if (made > now + CLOCK_SKEW_MAX_MS) throw new Fault('clock-skew', FAULTS['clock-skew'])
  }

  positionOf(id: string): number | undefined {
    return this.#positions.get(id)
  }

  /** Remembers ids in position order; forgets those that fell out of the window. */
  add(id: string, position: number): void {
    this.#positions.set(id, position)
    while (this.#positions.size > this.#idsMax) this.#forgetOldest()
  }

  /**
   * Drops ids whose own time is outside the window: `check` refuses them anyway, also when the clock is set back later.
   * Called now and then, not per id.
   */
  prune(now: number): void {
    this.#start = Math.max(this.#start, now - this.#windowMs)
    for (const id of this.#positions.keys()) {
      if (uuidTime(id) >= now - this.#windowMs) break
      this.#positions.delete(id)
    }
  }

  #forgetOldest(): void {
    for (const id of this.#positions.keys()) {
      this.#positions.delete(id)
      this.#start = Math.max(this.#start, uuidTime(id) + 1)
      break
    }
  }
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Sixteen bytes of a UUID into `bytes` at `offset`. */
export function packId(id: string, bytes: Uint8Array, offset: number): void {
  const hex = id.replaceAll('-', '')
  for (let i = 0; i < 16; i++) bytes[offset + i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16)
}

/** The UUID at `offset`, or undefined for sixteen zeros (a record that is not a command). */
export function unpackId(bytes: Uint8Array, offset: number): string | undefined {
  let hex = ''
  for (let i = 0; i < 16; i++) hex += HEX[bytes[offset + i] ?? 0]
  if (/^0+$/.test(hex)) return undefined
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
