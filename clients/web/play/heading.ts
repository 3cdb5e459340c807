import type { Point } from '@worldloom/capabilities/geography'

/** Eighths of a turn, clockwise from north (−y), as in poses. */
export const EIGHTHS = 8

/** The eighth that a direction on the ground lies in. */
export const facingTowards = (dx: number, dy: number): number =>
  (Math.round((Math.atan2(dx, -dy) / Math.PI) * 4) + EIGHTHS) % EIGHTHS

/** Shortens a wish to at most 1, so that two keys together are no faster than one. Less than 1 stays, for thumb sticks. */
export function limited({ x, y }: Point): Point {
  const length = Math.hypot(x, y)
  return length > 1 ? { x: x / length, y: y / length } : { x, y }
}

/**
 * Turns a wish on the screen (x to the right, y down) into one on the ground. `yaw` is the ground direction of the
 * screen's upper edge, in radians clockwise from north.
 */
export function onGround({ x, y }: Point, yaw: number): Point {
  const cos = Math.cos(yaw)
  const sin = Math.sin(yaw)
  return { x: x * cos - y * sin, y: x * sin + y * cos }
}
