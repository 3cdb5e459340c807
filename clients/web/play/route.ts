import type { Point } from '@worldloom/capabilities/geography'
import { distance } from './ground.ts'

/** Near enough to a corner to turn, in units. */
export const ARRIVAL_UNITS = 4
/** Without getting nearer for this long, a walk is given up: a door was shut, or someone moved a wall. */
export const STUCK_MS = 600

/** Walks along corners, one after another. */
export interface Route {
  /** The way still to go, as a direction of length 0 to 1; undefined once there, or given up. */
  direction(at: Point, nowMs: number, reachUnits: number): Point | undefined
  readonly goal: Point
}

export function createRoute(corners: readonly Point[], goal: Point): Route {
  let next = 0
  let nearest = Number.POSITIVE_INFINITY
  let nearerAt: number | undefined
  return {
    goal,
    direction(at, nowMs, reachUnits) {
      let corner = corners[next]
      while (corner && distance(at, corner) <= ARRIVAL_UNITS) {
        next += 1
        nearest = Number.POSITIVE_INFINITY
        corner = corners[next]
      }
      if (!corner) return undefined
      const away = distance(at, corner)
      if (away < nearest - 1 || nearerAt === undefined) {
        nearest = away
        nearerAt = nowMs
      } else if (nowMs - nearerAt > STUCK_MS) return undefined
      // The last piece is made short, so that one does not walk past the corner and back.
      const length = Math.min(1, away / Math.max(1, reachUnits))
      return { x: ((corner.x - at.x) / away) * length, y: ((corner.y - at.y) / away) * length }
    },
  }
}
