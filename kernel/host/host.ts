import {
  type Ambient,
  CLOCK_RATE_DEFAULT,
  canonical,
  type EngineStore,
  type Game,
  Misfit,
  type ObjectStore,
} from '@worldloom/contract'
import { resolve } from '@worldloom/resolver'
import type { RunningWorld, Worlds } from './running-world.ts'
import { World } from './world.ts'

/** A world instance as the database keeps it: what must not change from one start to the next. */
export interface WorldRecord {
  readonly id: string
  readonly game: string
  readonly seed: string
  /** When the world began, UTC ms, and the world time then. */
  readonly begunAt: number
  readonly begunWorld: number
}

/** Where the installation's worlds are written down. */
export interface WorldRegistry {
  /** The world of this id, created as given when it is new. */
  ensure(world: WorldRecord): Promise<WorldRecord>
}

export interface HostOptions {
  readonly game: Game
  readonly store: EngineStore
  readonly registry: WorldRegistry
  readonly objects: ObjectStore
  readonly ambient: Ambient
  /** Reads and checks the World file at a file URL. Throws a Misfit that lists everything wrong with it. */
  readonly readMap: (url: string) => Promise<unknown>
  readonly onTrouble: (what: string, why: Error) => void
  /** The name by which the database knows this host, when it has announced itself there. Minted when left out. */
  readonly host?: string
}

/** World time at which a new world begins: the morning of its first day, 8 o'clock. */
export const FIRST_MORNING_MS = 8 * 3_600_000

export interface Host extends Worlds {
  close(): Promise<void>
}

/** Opens every world of a game in this process. Throws a Misfit when the game's modules do not fit together. */
export async function createHost(options: HostOptions): Promise<Host> {
  const { game, store, registry, objects, ambient, readMap, onTrouble } = options
  const duplicate = game.modules.find((module, index) => game.modules.findIndex(one => one.id === module.id) !== index)
  if (duplicate) throw new Misfit('module-twice', `game ${game.id} lists module "${duplicate.id}" twice`)
  const plan = resolve(game.modules)
  const host = options.host ?? `${ambient.random32().toString(16)}${ambient.random32().toString(16)}`
  const worlds = new Map<string, World>()
  const close = async () => {
    for (const world of worlds.values()) await world.close()
    worlds.clear()
  }
  try {
    for (const { id, title, map } of game.worlds) {
      const parsed = await readMap(map)
      // Canonical bytes: equal worlds have equal hashes, whatever their spacing.
      const sha256 = await objects.put(new TextEncoder().encode(canonical(parsed)))
      const record = await registry.ensure({
        id,
        game: game.id,
        seed: [0, 1, 2, 3].map(() => ambient.random32().toString(16).padStart(8, '0')).join(''),
        begunAt: ambient.now(),
        begunWorld: FIRST_MORNING_MS,
      })
      if (record.game !== game.id) {
        throw new Misfit('world-of-other-game', `world "${id}" belongs to game "${record.game}", not to "${game.id}"`)
      }
      const clock = { at: record.begunAt, world: record.begunWorld, rate: CLOCK_RATE_DEFAULT }
      worlds.set(
        id,
        await World.open({
          id,
          title,
          host,
          modules: game.modules,
          plan,
          settings: game.settings,
          seed: record.seed,
          clock,
          objects: { map: sha256 },
          parsed: { map: parsed },
          store,
          ambient,
          onTrouble,
        }),
      )
    }
  } catch (error) {
    await close()
    throw error
  }
  return {
    get: (world: string): RunningWorld | undefined => worlds.get(world),
    list: (): readonly RunningWorld[] => [...worlds.values()],
    close,
  }
}
