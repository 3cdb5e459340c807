/**
 * One decision's time, luck and names. Everything a rule may know of the world outside its state arrives here or in
 * its input; both are recorded, so the same input gives the same bytes on any machine.
 */
export interface Step {
  /** Recorded UTC time in ms. Never goes backwards within an engine. */
  readonly at: number
  /** World time in ms, from the clock in force. Stands still while the world is paused. */
  readonly world: number
  /** The world's step number at this moment: one step is `WORLD_STEP_MS` of world time. */
  readonly n: number
  /** A fair die: an integer from 0 to `sides` − 1. */
  readonly dice: (sides: number) => number
  /** A fresh UUIDv7 that carries `at`. */
  readonly newId: () => string
  /** An immutable, content-addressed object of this world by its name in the world's settings, for example `map`. */
  readonly object: (name: string) => unknown
}

/** One world step: ten minutes of world time. */
export const WORLD_STEP_MS = 600_000

/** Ordinary speed: one world day takes 60 real minutes. In thousandths: world ms per real second. */
export const CLOCK_RATE_DEFAULT = 24_000

/** Where world time stood at a real moment, and how fast it runs. All integers; ms and thousandths. */
export interface Clock {
  readonly at: number
  readonly world: number
  /** World ms that pass in 1000 real ms. 0 is paused. */
  readonly rate: number
}

/** World time in ms at a real moment. A moment before the clock was set counts as the moment it was set. */
export const worldTime = (clock: Clock, at: number): number =>
  clock.world + Math.floor((Math.max(0, at - clock.at) * clock.rate) / 1000)

/** The step that a world time lies in. */
export const worldStep = (world: number): number => Math.floor(world / WORLD_STEP_MS)
