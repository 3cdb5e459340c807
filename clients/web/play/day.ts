import { type Phase, phaseAt, WORLD_DAY_MS, WORLD_HOUR_MS } from '@worldloom/capabilities/clock'
import { type Clock, worldTime } from '@worldloom/contract'

const MINUTE_MS = WORLD_HOUR_MS / 60
const WORDS: Readonly<Record<Phase, string>> = { night: 'Night', dawn: 'Dawn', day: 'Day', dusk: 'Dusk' }

export interface Day {
  /** `07:40`, to ten minutes, as the dial cannot be read more closely and the text should not flicker. */
  readonly time: string
  readonly phase: Phase
  readonly word: string
  /** Share of the day that has passed since midnight, 0 to 1. */
  readonly share: number
  /** Days since the world began, from 1. */
  readonly number: number
}

export function dayOf(clock: Clock, serverNow: number): Day {
  const world = worldTime(clock, serverNow)
  const ofDay = world % WORLD_DAY_MS
  const minutes = Math.floor(ofDay / MINUTE_MS / 10) * 10
  const phase = phaseAt(world)
  const two = (value: number) => String(value).padStart(2, '0')
  return {
    time: `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`,
    phase,
    word: WORDS[phase],
    share: ofDay / WORLD_DAY_MS,
    number: Math.floor(world / WORLD_DAY_MS) + 1,
  }
}
