import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type EmbeddedPostgres, migrate, openPool, PostgresEngineStore, startPostgres } from '@worldloom/postgres'
import { check, type Findings } from './check.ts'
import { Load } from './load.ts'
import { ServerUnderTrial } from './server.ts'

const CLIENTS = 24
/** How long a server lives under load before it is killed, ms. */
const LIFE_MS_MAX = 250
/** PostgreSQL dies together with the server in every so many trials. */
const DATABASE_DIES_EVERY = 5
/** The next server takes the engine while the last one still lives in every so many trials. */
const TAKEOVER_EVERY = 3

export interface Trials extends Findings {
  readonly kills: number
  readonly databaseKills: number
  readonly takeovers: number
  /** Commands that were under way when their server died, and were sent again. */
  readonly repeated: number
  readonly faults: readonly string[]
  readonly ms: number
}

/** Kills a server under load again and again, the database with it now and then, and checks what is left. */
export async function runTrials(trials: number): Promise<Trials> {
  const began = performance.now()
  const folder = await mkdtemp(join(tmpdir(), 'worldloom-crash-'))
  let postgres = await startPostgres({ folder })
  let server: ServerUnderTrial | undefined
  // The next one is started ahead of time: a takeover then takes milliseconds, not the start of a process.
  let next = new ServerUnderTrial()
  const load = new Load(CLIENTS, () => server)
  const counts = { kills: 0, databaseKills: 0, takeovers: 0 }
  const follow = async () => {
    const heir = next
    next = new ServerUnderTrial()
    await heir.serve(postgres.url)
    return heir
  }
  try {
    await prepare(postgres.url)
    server = await follow()
    for (let trial = 1; trial <= trials; trial++) {
      const told = load.told
      await pause(Math.random() * LIFE_MS_MAX)
      // A server that has said nothing yet proves nothing by its death.
      while (load.told === told) await pause(1)
      const victim = server
      if (trial % DATABASE_DIES_EVERY === 0) {
        counts.databaseKills++
        killDatabase(postgres)
        await pause(Math.random() * 20)
        await victim.kill()
        await postgres.gone
        postgres = await startPostgres({ folder })
        server = await follow()
      } else if (trial % TAKEOVER_EVERY === 0) {
        counts.takeovers++
        const heir = follow()
        await pause(Math.random() * 50)
        await victim.kill()
        server = await heir
      } else {
        await victim.kill()
        server = await follow()
      }
      counts.kills++
    }
    await load.stop()
    await server.finish()
    const pool = openPool(postgres.url)
    const findings = await check(new PostgresEngineStore(pool), load.sent)
    await pool.end()
    const repeated = load.sent.filter(({ attempts }) => attempts > 1).length
    return { ...counts, ...findings, repeated, faults: load.faults, ms: Math.round(performance.now() - began) }
  } finally {
    await server?.kill()
    await next.kill()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function prepare(url: string): Promise<void> {
  const pool = openPool(url)
  await migrate(pool)
  await pool.end()
}

/** The postmaster first, so that it cannot tidy up after its children, which are killed with it. */
function killDatabase({ pid }: EmbeddedPostgres): void {
  const processes = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  const children = processes
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number))
    .flatMap(([child = 0, parent]) => (parent === pid ? [child] : []))
  process.kill(pid, 'SIGKILL')
  for (const child of children) {
    try {
      process.kill(child, 'SIGKILL')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}
