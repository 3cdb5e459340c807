import { randomBytes, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseWorldFile } from '@worldloom/capabilities/geography'
import type { Ambient, Capability, Game } from '@worldloom/contract'
import { FileObjectStore } from '@worldloom/filesystem'
import { createGateway } from '@worldloom/gateway'
import { createHost } from '@worldloom/host'
import {
  type HostSession,
  openHostSession,
  PostgresEngineStore,
  PostgresGuestStore,
  PostgresWorldRegistry,
} from '@worldloom/postgres'
import type { Logger } from 'pino'
import { addressesOf, listenFault, probePort } from './addresses.ts'
import { buildClient, CLIENT_FOLDER, staleClient } from './client-build.ts'
import type { DataFolder } from './data-folder.ts'
import { openDatabase } from './database.ts'
import type { Progress } from './progress.ts'

/** How much later than its connections an ended database may be noticed, ms. */
const DATABASE_NEWS_MS = 500

export interface ServerOptions {
  readonly game: Game
  readonly folder: DataFolder
  /** An existing PostgreSQL; without it an embedded one is started. */
  readonly databaseUrl: string | undefined
  readonly host: string
  /** 0 lets the system choose. */
  readonly port: number
  readonly logger: Logger
  readonly progress: Progress
  /** Gives up a start that is under way. */
  readonly stop: AbortSignal
}

export interface Server {
  /** Addresses to open: on this machine, and for others in the network. */
  readonly own: string
  readonly others: readonly string[]
  /** Rejects when something it cannot run without is gone. Never resolves. */
  readonly lost: Promise<never>
  /** Gateway, worlds, database, in this order. */
  close(): Promise<void>
}

/** The whole platform in one process, wired here and nowhere else, from the game's declaration. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { game, folder, databaseUrl, host, logger, progress, stop } = options
  const closers: (() => Promise<void>)[] = []
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer()
  }
  const building = new AbortController()
  const client = prepareClient(AbortSignal.any([building.signal, stop]), progress)
  // Waited for below; until then a failure must not count as unhandled.
  client.catch(() => undefined)
  try {
    const database = await openDatabase(databaseUrl, folder, logger, progress)
    closers.push(database.close)
    stop.throwIfAborted()
    if (options.port !== 0) await probePort(host, options.port)
    const objects = new FileObjectStore(folder.objects)
    const done = progress.begin('worlds')
    const name = randomUUID()
    const session = await openHostSession(database.url, name, whereabouts(options.port))
    closers.push(session.close)
    const worlds = await createHost({
      game,
      host: name,
      store: new PostgresEngineStore(database.pool),
      registry: new PostgresWorldRegistry(database.pool),
      objects,
      ambient: AMBIENT,
      readMap: async url => parseWorldFile(await readFile(fileURLToPath(url), 'utf8')),
      onTrouble: (what, why) => logger.error({ err: why }, what),
    })
    closers.push(() => worlds.close())
    done(
      worlds
        .list()
        .map(({ title }) => title)
        .join(', '),
    )
    await client
    stop.throwIfAborted()
    const gateway = await createGateway({
      worlds,
      capabilities: capabilitiesOf(game),
      guests: new PostgresGuestStore(database.pool),
      objects,
      clientFolder: CLIENT_FOLDER,
      host,
      port: options.port,
      logger,
    }).catch(error => {
      throw listenFault(error, host, options.port)
    })
    closers.push(() => gateway.close())
    const { own, others } = addressesOf(host, gateway.port)
    await database.announce(own)
    return { own, others, lost: Promise.race([database.lost, sessionLost(session)]), close }
  } catch (error) {
    building.abort()
    await client.catch(() => undefined)
    await close()
    throw error
  }
}

async function prepareClient(signal: AbortSignal, progress: Progress): Promise<void> {
  const wanted = await staleClient()
  if (wanted === undefined) return
  const done = progress.begin('client', 'building it for the first time, or anew after a change …')
  await buildClient(wanted, signal)
  done('built')
}

/** Every capability that some module of the game offers, once. */
const capabilitiesOf = (game: Game): Capability[] => [
  ...new Map(
    game.modules.flatMap(({ words }) => words.provides as readonly Capability[]).map(each => [each.id, each] as const),
  ).values(),
]

/** How another host's people find this one. */
const whereabouts = (port: number): string =>
  port === 0 ? `process ${process.pid} on ${hostname()}` : `http://${hostname()}:${port}`

async function sessionLost({ lost }: HostSession): Promise<never> {
  const fault = await lost
  // When the database itself is gone, that is the better news, and about to arrive.
  await pause(DATABASE_NEWS_MS)
  throw fault
}

const AMBIENT: Ambient = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  random32: () => randomBytes(4).readUInt32LE(),
}
