import { UNITS_PER_TILE } from './units.ts'

/** Tiles per second. The Client moves at exactly this. */
export const WALK_SPEED = 4

/** Tokens in one unit of distance. Makes the refill per millisecond a whole number. */
export const TOKENS_PER_UNIT = 10_000

/** 1.15 × walking speed: what clocks and scheduling may add up to. 4 tiles/s × 64 units × 1.15 = 294.4 units/s. */
export const REFILL_PER_MS = (WALK_SPEED * UNITS_PER_TILE * TOKENS_PER_UNIT * 115) / (100 * 1000)

/** Three tiles: TCP hands over in one heap what was sent during a stall, and honest walkers must get through. */
export const BUDGET_MAX = 3 * UNITS_PER_TILE * TOKENS_PER_UNIT

/** How far someone may still go, as of a moment (UTC ms, by arrival at the server). */
export interface MovementBudget {
  readonly tokens: number
  readonly at: number
}

export const fullBudget = (at: number): MovementBudget => ({ tokens: BUDGET_MAX, at })

/** The budget at a later moment. Time that runs backwards adds nothing. */
export function refill(budget: MovementBudget, at: number): MovementBudget {
  const elapsedMs = Math.max(0, at - budget.at)
  return {
    tokens: Math.min(BUDGET_MAX, budget.tokens + elapsedMs * REFILL_PER_MS),
    at: Math.max(at, budget.at),
  }
}

/** The budget after a move of (dx, dy) units arriving at a moment, or undefined when it is too far for it. */
export function spend(budget: MovementBudget, dx: number, dy: number, at: number): MovementBudget | undefined {
  const filled = refill(budget, at)
  const left = filled.tokens - moveCost(dx, dy)
  return left < 0 ? undefined : { tokens: left, at: filled.at }
}

/** Distances are measured in 1/256 unit, so that rounding down favours a walker by less than 0.4 % of a unit a move. */
const FINE = 256

/** Tokens for a straight move of (dx, dy) units: at most TOKENS_PER_UNIT / 256 below the true length, never above it. */
export const moveCost = (dx: number, dy: number): number =>
  Math.floor((squareRoot((dx * dx + dy * dy) * FINE * FINE) * TOKENS_PER_UNIT) / FINE)

/** The whole part of the square root of an integer from 0 to 2^52, by Newton's method from above. */
export function squareRoot(square: number): number {
  if (square < 2) return square
  const high = Math.floor(square / 0x1_0000_0000)
  const bits = high > 0 ? 64 - Math.clz32(high) : 32 - Math.clz32(square)
  let root = 1 << Math.ceil(bits / 2)
  for (;;) {
    const next = Math.floor((root + Math.floor(square / root)) / 2)
    if (next >= root) return root
    root = next
  }
}
