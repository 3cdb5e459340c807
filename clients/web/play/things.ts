import { type Geography, type Point, tileOf } from '@worldloom/capabilities/geography'

export type DoorState = 'open' | 'shut'

/** Doors and what is held, as the server tells. */
export interface Things {
  readonly doors: ReadonlyMap<string, DoorState>
  readonly shut: ReadonlySet<string>
  /** Object to the players who hold it. */
  readonly holders: ReadonlyMap<string, readonly string[]>
  /** Counts changes, so that the picture is told only of news. */
  readonly version: number
  /** Everything anew, from the World file and what has changed since. */
  reset(geography: Geography, state: Reported): void
  turned(door: string, state: DoorState): void
  occupied(object: string, player: string): void
  released(object: string, player: string): void
  /** The seat that a player sits on. */
  seatOf(geography: Geography, player: string): string | undefined
  /** Tiles where others sit. */
  takenTiles(geography: Geography, self: string, placeOf: (player: string) => Point | undefined): ReadonlySet<number>
}

interface Reported {
  readonly occupied: readonly { readonly object: string; readonly player: string }[]
  readonly doors: readonly { readonly door: string; readonly state: DoorState }[]
}

export function createThings(): Things {
  const doors = new Map<string, DoorState>()
  const shut = new Set<string>()
  const holders = new Map<string, readonly string[]>()
  let version = 0

  const turn = (door: string, state: DoorState) => {
    doors.set(door, state)
    if (state === 'shut') shut.add(door)
    else shut.delete(door)
    version += 1
  }
  const take = (object: string, player: string) => {
    const players = holders.get(object) ?? []
    if (!players.includes(player)) holders.set(object, [...players, player])
    version += 1
  }
  const seatOf = (geography: Geography, player: string) =>
    [...holders].find(
      ([id, players]) => players.includes(player) && geography.object(id)?.interaction?.action === 'sit',
    )?.[0]

  return {
    doors,
    shut,
    holders,
    get version() {
      return version
    },
    reset(geography, reported) {
      doors.clear()
      shut.clear()
      holders.clear()
      for (const { id, open } of geography.doors) turn(id, open ? 'open' : 'shut')
      for (const { door, state } of reported.doors) turn(door, state)
      for (const { object, player } of reported.occupied) take(object, player)
      version += 1
    },
    turned: turn,
    occupied: take,
    released(object, player) {
      const rest = (holders.get(object) ?? []).filter(holder => holder !== player)
      if (rest.length > 0) holders.set(object, rest)
      else holders.delete(object)
      version += 1
    },
    seatOf,
    takenTiles(geography, self, placeOf) {
      const tiles = new Set<number>()
      for (const [object, players] of holders) {
        if (geography.object(object)?.interaction?.action !== 'sit') continue
        for (const player of players) {
          const place = player === self ? undefined : placeOf(player)
          if (place) tiles.add(tileOf(place.y) * geography.width + tileOf(place.x))
        }
      }
      return tiles
    },
  }
}
