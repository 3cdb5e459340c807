import type { Point } from '@worldloom/capabilities/geography'
import { type AvatarState, facingOf, stateOf } from '@worldloom/capabilities/movement'

/** Samples kept per person: two seconds of frames. */
export const TRAIL_SAMPLES_MAX = 32
/** Frames tell changes only. After a longer silence someone stood still and set off shortly before the next sample. */
export const SILENCE_MS = 200
export const SET_OFF_MS = 100
/** Beyond the newest sample a walk is carried on for this long, then the person stands. */
export const EXTRAPOLATE_MS_MAX = 100
/** Farther apart than anyone walks between two samples: placed, not walked. In units. */
export const LEAP_UNITS = 192

export interface Stance extends Point {
  readonly facing: number
  readonly state: AvatarState
}

interface Sample extends Point {
  /** Server time, UTC ms. */
  readonly at: number
  readonly pose: number
}

/** Where one person was, by server time. Samples that come out of order or twice are dropped. */
export interface Trail {
  add(sample: Sample): void
  /** Position in units at a server time, between samples; undefined before the first sample has come. */
  at(time: number): Stance | undefined
}

export function createTrail(): Trail {
  let samples: Sample[] = []
  return {
    add(sample) {
      const newest = samples.at(-1)
      if (newest && sample.at <= newest.at) return
      if (newest && sample.at - newest.at > SILENCE_MS) samples.push({ ...newest, at: sample.at - SET_OFF_MS })
      samples.push(sample)
      if (samples.length > TRAIL_SAMPLES_MAX) samples = samples.slice(-TRAIL_SAMPLES_MAX)
    },
    at(time) {
      const next = samples.findIndex(sample => sample.at > time)
      if (next === 0) return still(samples[0])
      const after = samples[next]
      const before = samples[next === -1 ? samples.length - 1 : next - 1]
      if (!before) return undefined
      if (!after) return onwards(samples.at(-2), before, time)
      if (leaps(before, after)) return still(before)
      const share = (time - before.at) / (after.at - before.at)
      return {
        x: before.x + (after.x - before.x) * share,
        y: before.y + (after.y - before.y) * share,
        facing: facingOf(after.pose),
        state: before.x === after.x && before.y === after.y ? stateOf(before.pose) : stateOf(after.pose),
      }
    },
  }
}

function onwards(previous: Sample | undefined, newest: Sample, time: number): Stance {
  const stance = still(newest)
  if (stance.state !== 'walking') return stance
  const aheadMs = time - newest.at
  const known = previous && !leaps(previous, newest) ? previous : undefined
  const span = known ? newest.at - known.at : 0
  const carried = span > 0 ? Math.min(aheadMs, EXTRAPOLATE_MS_MAX) / span : 0
  return {
    x: newest.x + (known ? newest.x - known.x : 0) * carried,
    y: newest.y + (known ? newest.y - known.y : 0) * carried,
    facing: stance.facing,
    state: aheadMs > EXTRAPOLATE_MS_MAX ? 'idle' : 'walking',
  }
}

function still(sample: Sample): Stance
function still(sample: Sample | undefined): Stance | undefined
function still(sample: Sample | undefined): Stance | undefined {
  return sample && { x: sample.x, y: sample.y, facing: facingOf(sample.pose), state: stateOf(sample.pose) }
}

const leaps = (a: Point, b: Point): boolean => Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y)) > LEAP_UNITS
