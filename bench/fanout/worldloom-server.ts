/** The platform: the real gateway and host on a generated map, with PostgreSQL at the given address. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Ambient, Capability } from '@worldloom/contract'
import { FileObjectStore } from '@worldloom/filesystem'
import { createGateway } from '@worldloom/gateway'
import { createHost } from '@worldloom/host'
import { interaction } from '@worldloom/interaction'
import { physics } from '@worldloom/physics'
import { migrate, openPool, PostgresEngineStore, PostgresGuestStore, PostgresWorldRegistry } from '@worldloom/postgres'
import { presence } from '@worldloom/presence'
import { world } from '@worldloom/world'
import { pino } from 'pino'
import { plainWorld } from './plain-world.ts'
import { Counters, report } from './reporting.ts'

/** Everyone comes from one address here, and all at once. */
const CROWD_MAX = 10_000

const [databaseUrl = '', zones = '1'] = process.argv.slice(2)
const counters = new Counters()
let framesOut = 0

/** The machine's clock and timers. A timer that led to a frame was a tick: from its start to here is the time to the last write. */
const ambient: Ambient = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(() => {
      const before = framesOut
      const beganAt = performance.now()
      run()
      if (framesOut !== before) counters.tick(performance.now() - beganAt)
    }, ms)
    return () => clearTimeout(timer)
  },
  random32: () => randomBytes(4).readUInt32LE(),
}

const folder = await mkdtemp(join(tmpdir(), 'worldloom-bench-'))
await writeFile(join(folder, 'index.html'), '<!doctype html><title>Bench</title>')
const logger = pino({ level: 'warn' }, process.stderr)
const pool = openPool(databaseUrl)
await migrate(pool)
const game = {
  id: 'bench',
  title: 'Bench',
  modules: [world, physics, interaction, presence],
  settings: {},
  worlds: [{ id: 'bench', title: 'Bench', map: 'bench:map' }],
}
const objects = new FileObjectStore(join(folder, 'objects'))
const host = await createHost({
  game,
  store: new PostgresEngineStore(pool),
  registry: new PostgresWorldRegistry(pool),
  objects,
  ambient,
  readMap: async () => plainWorld(Number(zones)),
  onTrouble: (what, why) => logger.error({ err: why }, what),
})
host.get('bench')?.subscribe(({ event }) => {
  if (event === 'frame') framesOut += 1
  else counters.count(event)
})
const gateway = await createGateway({
  worlds: host,
  capabilities: game.modules.flatMap(({ words }) => words.provides as readonly Capability[]),
  guests: new PostgresGuestStore(pool),
  objects,
  clientFolder: folder,
  host: '127.0.0.1',
  port: 0,
  logger,
  limits: { connectionsMax: CROWD_MAX, connectionsPerAddressMax: CROWD_MAX, guestsPerMinuteMax: CROWD_MAX * 60 },
})
report(gateway.port, counters, () => rm(folder, { recursive: true, force: true }))
