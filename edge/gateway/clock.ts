import { randomBytes } from 'node:crypto'
import { uuidFrom } from '@worldloom/contract'

/**
 * UTC ms that never go backwards: the system's time at the start, and from then on the monotonic clock. A corrected
 * system clock must not make every connection look dead.
 */
export function steadyClock(): () => number {
  const origin = Date.now() - performance.now()
  return () => origin + performance.now()
}

/** A UUIDv7 from the operating system's chance. */
export function mintUuid(now: number): string {
  const chance = randomBytes(10)
  return uuidFrom(Math.trunc(now), chance.readUInt16LE(0), chance.readUInt32LE(2), chance.readUInt32LE(6))
}
