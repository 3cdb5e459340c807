import type { Point } from '@worldloom/capabilities/geography'
import { type Ground, rounded } from './ground.ts'

/** Longest piece of a walk tested at once, in units: a quarter tile, so that a slide follows a wall closely. */
export const STRIDE_UNITS_MAX = 16

/**
 * Walks `length` units in a direction (its length at most 1) and slides along what is in the way. Positions may be
 * fractions of a unit, but every one it passes is free when rounded, because only rounded ones are ever sent.
 */
export function stride(ground: Ground, from: Point, direction: Point, length: number): Point {
  let at = from
  const pieces = Math.ceil(length / STRIDE_UNITS_MAX)
  const piece = length / Math.max(1, pieces)
  for (let n = 0; n < pieces; n += 1) {
    const next = step(ground, at, direction.x * piece, direction.y * piece)
    if (!next) break
    at = next
  }
  return at
}

function step(ground: Ground, at: Point, dx: number, dy: number): Point | undefined {
  const whole = { x: at.x + dx, y: at.y + dy }
  if (ground.clear(rounded(at), rounded(whole))) return whole
  const along = { x: at.x + dx, y: at.y }
  const across = { x: at.x, y: at.y + dy }
  for (const slide of Math.abs(dx) >= Math.abs(dy) ? [along, across] : [across, along]) {
    const moved = slide.x !== at.x || slide.y !== at.y
    if (moved && ground.clear(rounded(at), rounded(slide))) return slide
  }
  return undefined
}
