import { type Point, UNITS_PER_TILE } from '@worldloom/capabilities/geography'
import type { FrameEntry, Sighting } from '@worldloom/capabilities/presence'
import type { Playout } from './playout.ts'
import { createTrail, type Stance, type Trail } from './trail.ts'

/** Everyone else whom one can perceive: the people of one's zone, by their numbers in binary frames. */
export interface Crowd {
  /** All there are, on entering a world or a zone: whoever is not among them is gone. */
  snapshot(people: readonly Sighting[], serverNow: number): void
  appeared(sighting: Sighting, serverNow: number): void
  disappeared(player: string): void
  /** A frame; `low` is its server time (low 32 bits). */
  frame(low: number, entries: readonly FrameEntry[], nowMs: number): void
  /** Where everyone is drawn at a moment of the local clock. */
  stances(nowMs: number): ReadonlyMap<string, Stance>
  /** The newest place that has been told, in units: what the server holds, not what is drawn. */
  newest(player: string): Point | undefined
  readonly players: readonly string[]
  clear(): void
}

interface Member {
  readonly player: string
  readonly trail: Trail
  newest: Point
}

export function createCrowd(self: () => string, playout: Playout): Crowd {
  const byIndex = new Map<number, Member>()
  const byPlayer = new Map<string, number>()
  let players: readonly string[] = []

  const meet = ({ index, player, x, y, pose }: Sighting, at: number) => {
    if (player === self()) return
    const earlier = byPlayer.get(player)
    const known = earlier === undefined ? undefined : byIndex.get(earlier)
    if (earlier !== undefined && earlier !== index) byIndex.delete(earlier)
    const member = known ?? { player, trail: createTrail(), newest: { x, y } }
    member.trail.add({ at, x, y, pose })
    member.newest = { x, y }
    byIndex.set(index, member)
    byPlayer.set(player, index)
  }
  const forget = (player: string) => {
    const index = byPlayer.get(player)
    if (index !== undefined) byIndex.delete(index)
    byPlayer.delete(player)
  }
  const list = () => {
    players = [...byPlayer.keys()].sort()
  }

  return {
    get players() {
      return players
    },
    snapshot(people, serverNow) {
      const here = new Set(people.map(({ player }) => player))
      for (const player of [...byPlayer.keys()]) if (!here.has(player)) forget(player)
      for (const sighting of people) meet(sighting, serverNow)
      list()
    },
    appeared(sighting, serverNow) {
      meet(sighting, serverNow)
      list()
    },
    disappeared(player) {
      forget(player)
      list()
    },
    frame(low, entries, nowMs) {
      const at = playout.arrived(low, nowMs)
      for (const { index, x, y, pose } of entries) {
        const member = byIndex.get(index)
        if (!member) continue
        member.trail.add({ at, x, y, pose })
        member.newest = { x, y }
      }
    },
    stances(nowMs) {
      const time = playout.time(nowMs)
      const stances = new Map<string, Stance>()
      for (const { player, trail } of byIndex.values()) {
        const stance = trail.at(time)
        if (stance) stances.set(player, stance)
      }
      return stances
    },
    newest: player => byIndex.get(byPlayer.get(player) ?? -1)?.newest,
    clear() {
      byIndex.clear()
      byPlayer.clear()
      list()
    },
  }
}

export const inTiles = ({ x, y }: Point): Point => ({ x: x / UNITS_PER_TILE, y: y / UNITS_PER_TILE })
