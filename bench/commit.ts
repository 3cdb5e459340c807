/**
 * How many durable transfers a second does one engine commit, against one transaction per transfer in plain SQL on the
 * same PostgreSQL in the same run?
 *
 *   node bench/commit.ts [--seconds 5] [--accounts 100000] [--inflight 1,32,1000]
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Ambient, PLATFORM, uuidFrom } from '@worldloom/contract'
import { JournaledEngine } from '@worldloom/host'
import { ledger } from '@worldloom/ledger'
import { migrate, openPool, PostgresEngineStore, startPostgres } from '@worldloom/postgres'
import pg from 'pg'
import { machine } from './machine.ts'

const RIVAL_POOL = 32
const COINS_EACH = 1_000_000

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    accounts: { type: 'string', default: '100000' },
    inflight: { type: 'string', default: '1,32,1000' },
  },
})
const seconds = Number(values.seconds)
const accounts = Number(values.accounts)

type Transfer = (from: number, to: number) => Promise<unknown>
type Draw = () => number

/** Draws accounts evenly. */
const uniform: Draw = () => Math.floor(Math.random() * accounts)

/** Draws account k with weight 1 / (k + 1)^1.5: a few are wanted by nearly everyone. */
function zipf(exponent: number): Draw {
  const sums = new Float64Array(accounts)
  let sum = 0
  for (let k = 0; k < accounts; k++) {
    sum += 1 / (k + 1) ** exponent
    sums[k] = sum
  }
  return () => {
    const wanted = Math.random() * sum
    let low = 0
    let high = accounts - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) < wanted) low = middle + 1
      else high = middle
    }
    return low
  }
}

interface Measured {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
}

/** Keeps `inFlight` transfers going for a while, after a short warm-up that is not counted. */
async function measure(transfer: Transfer, draw: Draw, inFlight: number): Promise<Measured> {
  const latencies: number[] = []
  const warmUntil = performance.now() + 1_000
  const until = warmUntil + 1_000 * seconds
  const worker = async () => {
    for (;;) {
      const from = draw()
      let to = draw()
      while (to === from) to = draw()
      const began = performance.now()
      if (began > until) return
      await transfer(from, to)
      if (began > warmUntil) latencies.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
  latencies.sort((a, b) => a - b)
  const at = (share: number) => Number((latencies[Math.floor(latencies.length * share)] ?? 0).toFixed(2))
  return { perSecond: Math.round(latencies.length / seconds), p50Ms: at(0.5), p99Ms: at(0.99) }
}

const ambient: Ambient = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  random32: () => Math.floor(Math.random() * 2 ** 32),
}

async function openEngine(pool: pg.Pool): Promise<JournaledEngine> {
  const engine = await JournaledEngine.open({
    id: 'world:bench/devtest.ledger/0',
    host: 'bench',
    module: ledger,
    settings: { world: 'bench', seed: 'bench', clock: { at: 0, world: 0, rate: 0 }, objects: {}, module: {} },
    object: () => undefined,
    store: new PostgresEngineStore(pool),
    ambient,
    targetOf: () => '',
    deliver: () => Promise.reject(new Error('nobody to call')),
    onCommitted: () => undefined,
    onStopped: why => console.error(why),
    onDefect: why => console.error(why),
  })
  return engine
}

const newId = () => uuidFrom(Date.now(), ambient.random32(), ambient.random32(), ambient.random32())

async function ours(url: string): Promise<{ transfer: Transfer; close: () => Promise<void> }> {
  const pool = openPool(url)
  await migrate(pool)
  // The accounts exist before the engine is opened, as they would after a restart.
  await pool.query(
    `insert into documents (engine, key, seq, data)
     select 'world:bench/devtest.ledger/0', 'account:a' || n, 0, '{"balance":${COINS_EACH}}' from generate_series(0, $1::int - 1) n`,
    [accounts],
  )
  await pool.query('vacuum analyze documents')
  const engine = await openEngine(pool)
  return {
    transfer: (from, to) => engine.command('transfer', { from: `a${from}`, to: `a${to}`, coins: 1 }, PLATFORM, newId()),
    close: async () => {
      await engine.close()
      await pool.end()
    },
  }
}

async function rival(url: string): Promise<{ transfer: Transfer; close: () => Promise<void> }> {
  const pool = new pg.Pool({ connectionString: url, max: RIVAL_POOL })
  await pool.query('create table accounts (id integer primary key, balance bigint not null)')
  await pool.query('insert into accounts select n, $2 from generate_series(0, $1::int - 1) n', [accounts, COINS_EACH])
  await pool.query('vacuum analyze accounts')
  const select = { name: 'select', text: 'select id, balance from accounts where id = any($1) order by id for update' }
  const update = { name: 'update', text: 'update accounts set balance = balance + $2 where id = $1' }
  return {
    async transfer(from, to) {
      const client = await pool.connect()
      try {
        await client.query('begin')
        await client.query({ ...select, values: [[from, to]] })
        await client.query({ ...update, values: [from, -1] })
        await client.query({ ...update, values: [to, 1] })
        await client.query('commit')
      } finally {
        client.release()
      }
    },
    close: () => pool.end(),
  }
}

const folder = await mkdtemp(join(tmpdir(), 'worldloom-bench-'))
const postgres = await startPostgres({ folder })
try {
  const engine = await ours(postgres.url)
  const plain = await rival(postgres.url)
  const rows = []
  for (const [shape, draw] of [
    ['uniform', uniform],
    ['zipf 1.5', zipf(1.5)],
  ] as const) {
    for (const inFlight of values.inflight.split(',').map(Number)) {
      const theirs = await measure(plain.transfer, draw, inFlight)
      const mine = await measure(engine.transfer, draw, inFlight)
      rows.push({
        shape,
        inFlight,
        ours: mine,
        sql: theirs,
        ratio: Number((mine.perSecond / theirs.perSecond).toFixed(2)),
      })
      console.error(
        `${shape}, ${inFlight} in flight: ours ${mine.perSecond}/s p99 ${mine.p99Ms} ms, SQL ${theirs.perSecond}/s p99 ${theirs.p99Ms} ms`,
      )
    }
  }
  await engine.close()
  await plain.close()
  const memoryMb = Math.round(process.memoryUsage().rss / 1024 / 1024)
  console.log(JSON.stringify({ bench: 'commit', ...machine(), accounts, seconds, memoryMb, rows }, null, 2))
} finally {
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
}
