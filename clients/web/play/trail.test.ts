import { poseOf } from '@worldloom/capabilities/movement'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPlayout } from './playout.ts'
import { createTrail, EXTRAPOLATE_MS_MAX } from './trail.ts'

const WALKING = poseOf(2, 'walking')
const IDLE = poseOf(2, 'idle')

describe('a trail', () => {
  it('is drawn between samples', () => {
    const trail = createTrail()
    trail.add({ at: 0, x: 0, y: 64, pose: WALKING })
    trail.add({ at: 100, x: 26, y: 64, pose: WALKING })
    expect(trail.at(50)).toEqual({ x: 13, y: 64, facing: 2, state: 'walking' })
  })

  it('knows nothing before the first sample, and stands at it earlier than it', () => {
    const trail = createTrail()
    expect(trail.at(0)).toBeUndefined()
    trail.add({ at: 100, x: 5, y: 5, pose: IDLE })
    expect(trail.at(0)).toMatchObject({ x: 5, y: 5 })
  })

  it('carries a walk on for a tenth of a second, then stands', () => {
    const trail = createTrail()
    trail.add({ at: 0, x: 0, y: 0, pose: WALKING })
    trail.add({ at: 100, x: 26, y: 0, pose: WALKING })
    expect(trail.at(150)).toMatchObject({ x: 39, state: 'walking' })
    expect(trail.at(100 + EXTRAPOLATE_MS_MAX + 1)).toMatchObject({ x: 52, state: 'idle' })
    expect(trail.at(5_000)).toMatchObject({ x: 52, state: 'idle' })
  })

  it('does not carry on someone who has stopped', () => {
    const trail = createTrail()
    trail.add({ at: 0, x: 0, y: 0, pose: WALKING })
    trail.add({ at: 100, x: 26, y: 0, pose: IDLE })
    expect(trail.at(180)).toMatchObject({ x: 26, state: 'idle' })
  })

  it('lets someone who stood for long set off late, not creep', () => {
    const trail = createTrail()
    trail.add({ at: 0, x: 0, y: 0, pose: IDLE })
    trail.add({ at: 10_000, x: 20, y: 0, pose: WALKING })
    expect(trail.at(9_000)).toMatchObject({ x: 0, state: 'idle' })
    expect(trail.at(9_950)).toMatchObject({ x: 10 })
  })

  it('places a leap instead of sliding it', () => {
    const trail = createTrail()
    trail.add({ at: 0, x: 0, y: 0, pose: IDLE })
    trail.add({ at: 100, x: 900, y: 0, pose: IDLE })
    expect(trail.at(99)).toMatchObject({ x: 0 })
    expect(trail.at(100)).toMatchObject({ x: 900 })
  })

  it('drops what comes twice or out of order', () => {
    const trail = createTrail()
    trail.add({ at: 100, x: 10, y: 0, pose: IDLE })
    trail.add({ at: 100, x: 90, y: 0, pose: IDLE })
    trail.add({ at: 50, x: 70, y: 0, pose: IDLE })
    expect(trail.at(200)).toMatchObject({ x: 10 })
  })

  it('stays smooth and near the truth with jitter and loss', () => {
    const network = fc.array(fc.record({ jitter: fc.integer({ min: 0, max: 60 }), lost: fc.nat(19) }), {
      minLength: 80,
      maxLength: 80,
    })
    fc.assert(
      fc.property(network, frames => {
        const base = 1_790_000_000_000
        const playout = createPlayout(nowMs => base + nowMs)
        const trail = createTrail()
        // One walks east at 256 units a second; a frame says so every 67 ms, comes late or not at all, though never two in a row.
        let delivered = 0
        const arrivals = frames
          .map(({ jitter, lost }, n) => {
            // One TCP connection: nothing overtakes.
            delivered = Math.max(delivered, n * 67 + 30 + jitter)
            return { n, at: delivered, lost: lost === 0 && frames[n - 1]?.lost !== 0 }
          })
          .filter(frame => !frame.lost)
        let previous: number | undefined
        for (let nowMs = 0; nowMs < 80 * 67; nowMs += 16) {
          while (arrivals[0] && arrivals[0].at <= nowMs) {
            const { n } = arrivals.shift() ?? { n: 0 }
            const at = playout.arrived((base + n * 67) % 2 ** 32, nowMs)
            trail.add({ at, x: (n * 67 * 256) / 1000, y: 0, pose: WALKING })
          }
          const time = playout.time(nowMs)
          const x = trail.at(time)?.x
          if (x === undefined || nowMs < 1_000) continue
          // Never back, and never more than four frames' worth in one: a lost frame costs a small hitch, not a jump.
          if (previous !== undefined) {
            expect(x).toBeGreaterThanOrEqual(previous - 1e-6)
            expect(x - previous).toBeLessThanOrEqual(4 * 16 * 0.256)
          }
          expect(Math.abs(x - ((time - base) * 256) / 1000)).toBeLessThan(32)
          previous = x
        }
        expect(previous).toBeGreaterThan(900)
      }),
      { numRuns: 60 },
    )
  })
})
