/** Who asks. The platform itself asks with an empty player and no roles. */
export interface Actor {
  readonly player: string
  readonly session: string
  readonly roles: readonly string[]
}

export const PLATFORM: Actor = { player: '', session: '', roles: [] }

/** The time in a UUIDv7, in UTC ms (RFC 9562 §5.7: the first 48 bits). */
export const uuidTime = (uuid: string): number => Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16)

/**
 * A UUIDv7 from a time and 74 bits of chance, given as three integers of 12, 30 and 32 bits.
 * RFC 9562 §5.7.
 */
export function uuidFrom(at: number, a: number, b: number, c: number): string {
  const time = hex(at, 12)
  const low = hex(c >>> 0, 8)
  const variant = hex((0x8000_0000 | (b & 0x3fff_ffff)) >>> 0, 8)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(a & 0xfff, 3)}-${variant.slice(0, 4)}-${variant.slice(4)}${low}`
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')

/**
 * Names an engine: (scope instance, capability slot, partition). The module behind it may change, the engine stays.
 * For example `world:song/world.sessions/0`.
 */
export const engineId = (instance: string, capability: string, partition = 0): string =>
  `${instance}/${capability}/${partition}`

/** The scope instance of a world. */
export const worldInstance = (world: string): string => `world:${world}`

/** Events of one record that an event position can tell apart; a record never has more. */
const EVENTS_PER_RECORD = 1_024

/** The place of one event in an engine's journal: the record's position and the event's number within it, in one integer. */
export const eventPosition = (position: number, index: number): number => position * EVENTS_PER_RECORD + index

/** The record that an event position lies in. */
export const recordPosition = (place: number): number => Math.floor(place / EVENTS_PER_RECORD)
