import { findPath, UNITS_PER_TILE, WALK_SPEED } from '@worldloom/capabilities/geography'
import { poseOf } from '@worldloom/capabilities/movement'
import { describe, expect, it } from 'vitest'
import { drawnWorld } from './ground.fixture.ts'
import { distance, groundOf } from './ground.ts'
import { createOwnMovement } from './own-movement.ts'
import { createRoute, STUCK_MS } from './route.ts'

const FRAME_MS = 1000 / 60
const REACH = (WALK_SPEED * UNITS_PER_TILE * FRAME_MS) / 1000
const geography = drawnWorld(['##########', '#...#....#', '#...#.##.#', '#...D.#..#', '#...#.#..#', '##########'])

function walkTo(shut: Set<string>, shutAt = Number.POSITIVE_INFINITY) {
  const from = { x: 96, y: 96 }
  const goal = { x: 8 * 64 + 20, y: 4 * 64 + 40 }
  const corners = findPath(geography, from, goal, new Set())
  const movement = createOwnMovement(
    groundOf(geography, () => ({ shut, taken: new Set() })),
    from,
    poseOf(0, 'idle'),
  )
  const route = createRoute(corners ?? [], goal)
  for (let ms = 0; ms < 20_000; ms += FRAME_MS) {
    if (ms >= shutAt) shut.add('door-4-3')
    const direction = route.direction(movement.at, ms, REACH)
    if (!direction) return { ms, at: movement.at, away: distance(movement.at, goal) }
    movement.advance(ms, { ...direction, resting: 'idle' })
  }
  throw new Error('never arrived and never gave up')
}

describe('a route', () => {
  it('leads round corners and through a door to its goal', () => {
    const walked = walkTo(new Set())
    expect(walked.away).toBeLessThanOrEqual(4)
    // The way is about 13 tiles long: little more than 3 seconds.
    expect(walked.ms).toBeLessThan(5_000)
  })

  it('is given up when a door is shut on it', () => {
    const walked = walkTo(new Set(), 300)
    expect(walked.at.x).toBeLessThan(4 * 64)
    expect(walked.ms).toBeLessThan(2_000 + STUCK_MS)
  })

  it('is over at once when there is nowhere to go', () => {
    expect(createRoute([], { x: 0, y: 0 }).direction({ x: 0, y: 0 }, 0, REACH)).toBeUndefined()
  })
})
