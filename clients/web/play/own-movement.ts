import { type Point, UNITS_PER_TILE, WALK_SPEED } from '@worldloom/capabilities/geography'
import {
  type AvatarState,
  facingOf,
  type MoveIntent,
  type PositionCorrection,
  poseOf,
  stateOf,
} from '@worldloom/capabilities/movement'
import { type Concealment, conceal, NO_OFFSET, remaining } from './concealment.ts'
import { type Ground, rounded } from './ground.ts'
import { facingTowards } from './heading.ts'
import { stride } from './stride.ts'

/** Intents while walking; starting, turning and stopping are told at once, as far as the allowance reaches. */
export const INTENT_EVERY_MS = 100
/** Kept below the server's cap of 15 a second with a burst of 5. */
export const INTENTS_PER_SECOND = 13
export const INTENT_BURST = 4
/** Intents that a correction may still answer. Older ones count as accepted. */
export const PENDING_MAX = 64
export const PENDING_MS = 5_000
/** The server ignores someone for a while after this many corrections in a window; so one waits, too. */
export const CORRECTIONS_MAX = 3
export const CORRECTIONS_WINDOW_MS = 2_000
export const FREEZE_MS = 500
/** Longest frame that is walked: a tab that was asleep does not come back as a leap. */
export const FRAME_MS_MAX = 250

const SEQ_RANGE = 65_536

/** What the person wants in this frame: a direction on the ground (length at most 1) and what they do when not walking. */
export interface Wish {
  readonly x: number
  readonly y: number
  readonly resting: AvatarState
}

export interface OwnMovement {
  /** In units, fractions included. */
  readonly at: Point
  readonly facing: number
  readonly state: AvatarState
  /** Moves at once and answers what to tell the server. */
  advance(nowMs: number, wish: Wish): MoveIntent[]
  /** Rewinds to where the server has us and replays what it has not answered yet, as the server will. */
  correct(correction: PositionCorrection, nowMs: number): Concealment
  /** Arrived: a fresh session counts its intents from one. */
  place(at: Point, pose: number): void
  face(facing: number): void
  /** Where to draw: the place, with what is left of a hidden difference. */
  drawn(nowMs: number): Point
}

interface Pending extends MoveIntent {
  readonly sentAt: number
}

/** Own movement: predicted with the server's own test, told in segments that the server can check, and corrected. */
export function createOwnMovement(ground: Ground, start: Point, startPose: number): OwnMovement {
  let at = start
  let facing = facingOf(startPose)
  let state = stateOf(startPose)
  let told: MoveIntent = { seq: 0, x: start.x, y: start.y, pose: startPose }
  let toldAt = Number.NEGATIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  let allowance = INTENT_BURST
  let offset = NO_OFFSET
  let pending: Pending[] = []
  let corrections: number[] = []
  let frozenUntil = Number.NEGATIVE_INFINITY

  const tell = (nowMs: number): MoveIntent => {
    const { x, y } = rounded(at)
    told = { seq: (told.seq + 1) % SEQ_RANGE, x, y, pose: poseOf(facing, state) }
    toldAt = nowMs
    allowance -= 1
    pending = [...pending, { ...told, sentAt: nowMs }].slice(-PENDING_MAX)
    return told
  }

  /** Counts as the server does: so many within the window freeze, and the count begins anew. */
  const count = (nowMs: number) => {
    if (nowMs < frozenUntil) return
    corrections = [...corrections, nowMs].filter(time => time > nowMs - CORRECTIONS_WINDOW_MS)
    if (corrections.length < CORRECTIONS_MAX) return
    corrections = []
    frozenUntil = nowMs + FREEZE_MS
  }

  const move = (wish: Wish, elapsedMs: number, nowMs: number, out: MoveIntent[]): boolean => {
    const length = (WALK_SPEED * UNITS_PER_TILE * elapsedMs) / 1000
    const next = stride(ground, at, wish, length)
    if (next.x === at.x && next.y === at.y) return false
    // The server tests the straight line between what it was told. Where that would cut a corner, tell the corner.
    if (!ground.clear(told, rounded(next))) {
      if (allowance < 1) return false
      out.push(tell(nowMs))
      if (!ground.clear(told, rounded(next))) return false
    }
    at = next
    return true
  }

  return {
    get at() {
      return at
    },
    get facing() {
      return facing
    },
    get state() {
      return state
    },
    advance(nowMs, wish) {
      const elapsedMs = Number.isFinite(last) ? Math.min(FRAME_MS_MAX, Math.max(0, nowMs - last)) : 0
      last = nowMs
      allowance = Math.min(INTENT_BURST, allowance + (elapsedMs * INTENTS_PER_SECOND) / 1000)
      if (pending[0] && pending[0].sentAt < nowMs - PENDING_MS) {
        pending = pending.filter(intent => intent.sentAt >= nowMs - PENDING_MS)
      }
      const out: MoveIntent[] = []
      const wishes = (wish.x !== 0 || wish.y !== 0) && nowMs >= frozenUntil
      if (wishes) {
        facing = facingTowards(wish.x, wish.y)
        state = 'walking'
        if (!move(wish, elapsedMs, nowMs, out) && elapsedMs > 0) state = 'idle'
      } else {
        state = wish.resting
      }
      const here = rounded(at)
      const moved = here.x !== told.x || here.y !== told.y
      const posed = poseOf(facing, state) !== told.pose
      const due = moved && nowMs - toldAt >= INTENT_EVERY_MS
      if ((posed || due) && allowance >= 1 && nowMs >= frozenUntil) out.push(tell(nowMs))
      return out
    },
    correct(correction, nowMs) {
      const before = this.drawn(nowMs)
      const later = pending.filter(({ seq }) => isAfter(seq, correction.seq))
      if (correction.reason !== 'moved') count(nowMs)
      // What the server holds now, the pose included: where it differs from ours, the next frame tells it anew.
      let held: Point & { readonly pose: number } = { x: correction.x, y: correction.y, pose: correction.pose }
      if (correction.reason === 'moved') {
        // The server put us there: what we wished before has no meaning any more.
        pending = []
        facing = facingOf(correction.pose)
        state = stateOf(correction.pose)
        at = { x: held.x, y: held.y }
      } else {
        pending = later
        for (const intent of later) if (ground.clear(held, intent)) held = intent
        const newest = later.at(-1)
        const caughtUp = newest !== undefined && newest.x === held.x && newest.y === held.y
        if (!caughtUp) at = { x: held.x, y: held.y }
      }
      told = { seq: told.seq, x: held.x, y: held.y, pose: held.pose }
      const { how, offset: next } = conceal(before, at, nowMs)
      offset = next
      return how
    },
    place(spot, pose) {
      at = spot
      facing = facingOf(pose)
      state = stateOf(pose)
      told = { seq: 0, x: spot.x, y: spot.y, pose }
      pending = []
      corrections = []
      frozenUntil = Number.NEGATIVE_INFINITY
      offset = NO_OFFSET
    },
    face(next) {
      facing = next
    },
    drawn(nowMs) {
      const left = remaining(offset, nowMs)
      return { x: at.x + left.x, y: at.y + left.y }
    },
  }
}

/** Whether a sequence number comes after another, on the circle of 65 536. */
export const isAfter = (seq: number, other: number): boolean => {
  const ahead = (seq - other + SEQ_RANGE) % SEQ_RANGE
  return ahead > 0 && ahead < SEQ_RANGE / 2
}
