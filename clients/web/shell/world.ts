import { compileGeography, type Geography, type Point, UNITS_PER_TILE } from '@worldloom/capabilities/geography'
import type { PositionCorrection } from '@worldloom/capabilities/movement'
import type { Clock } from '@worldloom/contract'
import type { Connection } from '@worldloom/sdk'
import { type Crowd, createCrowd } from '../play/crowd.ts'
import { groundOf } from '../play/ground.ts'
import { createOwnMovement, type OwnMovement } from '../play/own-movement.ts'
import { createPlayout, type Playout } from '../play/playout.ts'
import type { Route } from '../play/route.ts'
import type { PlayStore } from '../play/store.ts'
import { createThings, type Things } from '../play/things.ts'

/** How long a wave lasts. */
export const WAVE_MS = 1_800

/** The world as it is held between frames: plain objects, changed in place, read by the frame loop. */
export interface World {
  readonly store: PlayStore
  readonly crowd: Crowd
  readonly playout: Playout
  readonly things: Things
  geography: Geography | undefined
  own: OwnMovement | undefined
  clock: Clock | undefined
  route: Route | undefined
  /** What to do with what one walks up to, once there: an object or a door. */
  errand: string | undefined
  /** The server is asked for something; until it has answered one stands still, or the answer would find one elsewhere. */
  asking: boolean
  waveUntil: number
  /** One is put elsewhere: cover the jump. */
  onFade: () => void
  /** Uses a World file from now on. */
  build(file: Geography['file']): void
  place(at: Point, pose: number): void
  correct(correction: PositionCorrection, nowMs: number): void
  /** Where others sit and one cannot stand; anew whenever someone sits down or gets up. */
  refreshTaken(): void
  empty(): void
}

export function createWorld(store: PlayStore, connection: Pick<Connection, 'now'>): World {
  const playout = createPlayout(() => connection.now())
  const self = () => store.getState().player
  const crowd = createCrowd(self, playout)
  const things = createThings()
  let taken: ReadonlySet<number> = new Set()
  /** The last word of the server on where one is, kept until the World file has come. */
  let placed: { readonly at: Point; readonly pose: number } | undefined

  const world: World = {
    store,
    crowd,
    playout,
    things,
    geography: undefined,
    own: undefined,
    clock: undefined,
    route: undefined,
    errand: undefined,
    asking: false,
    waveUntil: 0,
    onFade: () => undefined,
    build(file) {
      world.geography = compileGeography(file)
      world.own = undefined
      things.reset(world.geography, { occupied: [], doors: [] })
      if (placed) world.place(placed.at, placed.pose)
    },
    place(at, pose) {
      placed = { at, pose }
      world.route = undefined
      const { geography } = world
      if (!geography) return
      const far = world.own && Math.hypot(world.own.at.x - at.x, world.own.at.y - at.y) > 2 * UNITS_PER_TILE
      if (far) world.onFade()
      if (world.own) world.own.place(at, pose)
      else {
        world.own = createOwnMovement(
          groundOf(geography, () => ({ shut: things.shut, taken })),
          at,
          pose,
        )
      }
    },
    correct(correction, nowMs) {
      if (!world.own) {
        placed = { at: { x: correction.x, y: correction.y }, pose: correction.pose }
        return
      }
      if (correction.reason === 'moved') world.route = undefined
      if (world.own.correct(correction, nowMs) === 'fade') world.onFade()
    },
    refreshTaken() {
      const { geography } = world
      taken = geography ? things.takenTiles(geography, self(), crowd.newest) : new Set()
    },
    empty() {
      crowd.clear()
      placed = undefined
      world.own = undefined
      world.route = undefined
      world.errand = undefined
      world.geography = undefined
      taken = new Set()
    },
  }
  return world
}
