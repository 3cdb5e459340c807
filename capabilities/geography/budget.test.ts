import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  BUDGET_MAX,
  fullBudget,
  type MovementBudget,
  moveCost,
  REFILL_PER_MS,
  refill,
  spend,
  squareRoot,
  TOKENS_PER_UNIT,
  WALK_SPEED,
} from './budget.ts'
import { UNITS_PER_TILE } from './units.ts'

/** Walks `tilesPerSecond` eastwards for a while, one intent every `everyMs`; false when one was refused. */
function survives(tilesPerSecond: number, everyMs: number, forMs: number): boolean {
  let budget: MovementBudget | undefined = fullBudget(0)
  let walked = 0
  for (let at = everyMs; at <= forMs && budget; at += everyMs) {
    const x = Math.floor((at * tilesPerSecond * UNITS_PER_TILE) / 1000)
    budget = spend(budget, x - walked, 0, at)
    walked = x
  }
  return budget !== undefined
}

describe('the movement budget', () => {
  test('is made of whole numbers', () => {
    expect(REFILL_PER_MS).toBe(2944)
    expect(Number.isInteger(BUDGET_MAX)).toBe(true)
  })

  test('lets an honest walker walk for ever, at any rate of intents', () => {
    for (const everyMs of [16, 67, 100, 250]) expect(survives(WALK_SPEED, everyMs, 600_000)).toBe(true)
  })

  test('stops someone 1.3 times too fast', () => {
    expect(survives(WALK_SPEED * 1.3, 67, 20_000)).toBe(false)
  })

  test('forgives a stall of 0.6 s delivered in one heap', () => {
    let budget: MovementBudget | undefined = spend(fullBudget(0), 17, 0, 0)
    for (let intent = 0; intent < 9 && budget; intent += 1) budget = spend(budget, 17, 0, 600)
    expect(budget).toBeDefined()
  })

  test('does not refill when time runs backwards, nor beyond its size', () => {
    const empty = { tokens: 0, at: 1000 }
    expect(refill(empty, 500)).toEqual(empty)
    expect(refill(empty, 1_000_000).tokens).toBe(BUDGET_MAX)
    expect(spend(fullBudget(0), 3 * UNITS_PER_TILE, 0, 0)).toEqual({ tokens: 0, at: 0 })
    expect(spend(fullBudget(0), 3 * UNITS_PER_TILE + 1, 0, 0)).toBeUndefined()
  })

  test('a move costs its length, at most 1/256 unit less, never more', () => {
    const step = fc.integer({ min: -40_000, max: 40_000 })
    fc.assert(
      fc.property(step, step, (dx, dy) => {
        const exact = Math.hypot(dx, dy) * TOKENS_PER_UNIT
        expect(moveCost(dx, dy)).toBeLessThanOrEqual(exact + 1e-3)
        expect(moveCost(dx, dy)).toBeGreaterThan(exact - TOKENS_PER_UNIT / 256 - 1)
      }),
    )
  })

  test('the square root is the whole part, exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 52 }), square => {
        const root = squareRoot(square)
        expect(root * root).toBeLessThanOrEqual(square)
        expect((root + 1) * (root + 1)).toBeGreaterThan(square)
      }),
    )
    for (const root of [0, 1, 2, 3, 1000, 2 ** 26 - 1]) {
      expect(squareRoot(root * root)).toBe(root)
      expect(squareRoot(root * root + 2 * root)).toBe(root)
    }
  })
})
