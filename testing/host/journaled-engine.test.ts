import { type Commit, type EngineStore, Fault, PLATFORM } from '@worldloom/contract'
import { JournaledEngine } from '@worldloom/host'
import { ledger } from '@worldloom/ledger'
import { PostgresEngineStore } from '@worldloom/postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { freshDatabase } from '../database.ts'
import { newCommandId, realAmbient } from './ambient.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let store: PostgresEngineStore
let engineNumber = 0
let id = ''
const opened: JournaledEngine[] = []
const defects: Error[] = []
const stops: Error[] = []

beforeAll(async () => {
  database = await freshDatabase()
  store = new PostgresEngineStore(database.pool)
})
beforeEach(() => {
  id = `world:test/devtest.ledger/${++engineNumber}`
  defects.length = 0
  stops.length = 0
})
afterAll(async () => {
  for (const engine of opened) await engine.close()
  await database.close()
})

/** The real store with one thing changed. */
const tampered = (changes: Partial<EngineStore>): EngineStore =>
  new Proxy(store, {
    get(real, name) {
      const own = (changes as Record<PropertyKey, unknown>)[name]
      if (own) return own
      const method = Reflect.get(real, name) as unknown
      return typeof method === 'function' ? method.bind(real) : method
    },
  })

async function open(over: EngineStore = store): Promise<JournaledEngine> {
  const engine = await JournaledEngine.open({
    id,
    host: 'test',
    module: ledger,
    settings: { world: 'test', seed: 'seed', clock: { at: 0, world: 0, rate: 0 }, objects: {}, module: {} },
    object: () => undefined,
    store: over,
    ambient: realAmbient,
    targetOf: () => '',
    deliver: () => Promise.reject(new Error('nobody to call')),
    onCommitted: () => undefined,
    onStopped: why => stops.push(why),
    onDefect: why => defects.push(why),
  })
  opened.push(engine)
  return engine
}

const mint = (engine: JournaledEngine, account: string, coins: number, command = newCommandId()) =>
  engine.command('mint', { account, coins }, PLATFORM, command)
const transfer = (engine: JournaledEngine, from: string, to: string, coins: number, command = newCommandId()) =>
  engine.command('transfer', { from, to, coins }, PLATFORM, command)

const balances = async () => {
  const rows = await store.documents(id)
  return Object.fromEntries(
    rows.filter(row => row.key.startsWith('account:')).map(row => [row.key, JSON.parse(row.data ?? 'null')]),
  )
}

describe('a journaled engine', () => {
  test('answers after the commit: what was answered is in the database', async () => {
    const engine = await open()
    expect(await mint(engine, 'a', 100)).toEqual({ reply: { balance: 100 } })
    const rows = await store.journal(id, 0, 10)
    expect(rows.flatMap(row => row.records.map(record => record.n || record.k))).toEqual(['settings', 'mint'])
    expect(rows.at(-1)?.records.at(-1)?.e).toEqual([['minted', { account: 'a', coins: 100 }]])
  })

  test('decides what arrives together as one batch: one row, one transaction', async () => {
    const engine = await open()
    await mint(engine, 'a', 1000)
    const before = engine.head
    const outcomes = await Promise.all(Array.from({ length: 200 }, (_, i) => transfer(engine, 'a', `b${i}`, 1)))
    expect(outcomes.every(outcome => 'reply' in outcome)).toBe(true)
    const rows = await store.journal(id, before, 100)
    expect(rows.reduce((sum, row) => sum + row.count, 0)).toBe(200)
    expect(rows.length).toBeLessThan(5)
  })

  test('refuses with a sentence and records nothing', async () => {
    const engine = await open()
    await mint(engine, 'a', 5)
    const before = engine.head
    expect(await transfer(engine, 'a', 'b', 6)).toEqual({
      refused: 'too-poor',
      because: 'There are only 5 coins in this account.',
    })
    expect(engine.head).toBe(before)
  })

  test('the same command id changes nothing and gets the first answer: at once, later, and after a restart', async () => {
    const engine = await open()
    await mint(engine, 'a', 100)
    const command = newCommandId()
    const [first, together] = await Promise.all([
      transfer(engine, 'a', 'b', 30, command),
      transfer(engine, 'a', 'b', 30, command),
    ])
    const later = await transfer(engine, 'a', 'b', 30, command)
    await engine.close()
    const reopened = await open()
    const afterwards = await transfer(reopened, 'a', 'b', 30, command)
    expect([first, together, later, afterwards]).toEqual(Array.from({ length: 4 }, () => ({ reply: { left: 70 } })))
    await reopened.close()
    expect(await balances()).toEqual({ 'account:a': { balance: 70 }, 'account:b': { balance: 30 } })
  })

  test('refuses ids that are too old or from the future', async () => {
    const engine = await open()
    await expect(mint(engine, 'a', 1, newCommandId(Date.now() - 121_000))).rejects.toMatchObject({ code: 'too-old' })
    await expect(mint(engine, 'a', 1, newCommandId(Date.now() + 31_000))).rejects.toMatchObject({ code: 'clock-skew' })
  })

  test('recovers the tail that no document holds yet', async () => {
    // A host that vanishes: nothing of it is closed, so most documents are never saved after their first change.
    const engine = await open(
      tampered({ commit: commit => store.commit({ ...commit, documents: [], dropped: [], checkpoint: 0 }) }),
    )
    for (let i = 0; i < 20; i++) await mint(engine, `a${i % 3}`, 1 + i)
    const heir = await open()
    expect(await mint(heir, 'a0', 1)).toEqual({ reply: { balance: 1 + 4 + 7 + 10 + 13 + 16 + 19 + 1 } })
    expect(await mint(heir, 'a1', 1)).toEqual({ reply: { balance: 2 + 5 + 8 + 11 + 14 + 17 + 20 + 1 } })
  })

  test('does not evolve again what a document already holds', async () => {
    // Rows are newer than the checkpoint says, as after a checkpoint of some documents only.
    const engine = await open(tampered({ commit: commit => store.commit({ ...commit, checkpoint: 0 }) }))
    await mint(engine, 'a', 10)
    await mint(engine, 'a', 5)
    const heir = await open()
    expect(await mint(heir, 'a', 1)).toEqual({ reply: { balance: 16 } })
  })

  test('is fenced by its heir: it can write no more, and says so', async () => {
    const engine = await open()
    await mint(engine, 'a', 10)
    const heir = await open()
    await expect(mint(engine, 'a', 10)).rejects.toMatchObject({ code: 'unavailable', retry: 'now' })
    expect(stops).toHaveLength(1)
    expect(await mint(heir, 'a', 1)).toEqual({ reply: { balance: 11 } })
    await expect(mint(engine, 'a', 10)).rejects.toMatchObject({ code: 'unavailable' })
  })

  test('a commit whose connection broke after it got through counts once', async () => {
    let broken = false
    const engine = await open(
      tampered({
        async commit(commit) {
          const written = await store.commit(commit)
          if (broken) return written
          if (commit.row?.records.includes('"mint"')) {
            broken = true
            throw new Fault('database-unavailable', 'gone', 'later')
          }
          return written
        },
      }),
    )
    expect(await mint(engine, 'a', 7)).toEqual({ reply: { balance: 7 } })
    expect(broken).toBe(true)
    await engine.close()
    expect(await balances()).toEqual({ 'account:a': { balance: 7 } })
  })

  test('one record that cannot be written is set aside; the others of its batch go through', async () => {
    const isPoison = (commit: Commit) => commit.row?.records.includes('poison') ?? false
    const engine = await open(
      tampered({
        async commit(commit) {
          if (isPoison(commit)) throw new Error('invalid byte sequence')
          return store.commit(commit)
        },
      }),
    )
    const outcomes = await Promise.allSettled(
      Array.from({ length: 100 }, (_, i) => mint(engine, i === 37 ? 'poison' : `a${i}`, 1)),
    )
    const failed = outcomes.filter(outcome => outcome.status === 'rejected')
    expect(failed).toHaveLength(1)
    expect(failed[0]?.reason).toMatchObject({ code: 'quarantined' })
    await engine.close()
    expect(Object.keys(await balances())).toHaveLength(99)
  })

  test('a rule that throws spoils its own command only', async () => {
    const engine = await open()
    const outcomes = await Promise.allSettled([
      mint(engine, 'a', 1),
      engine.command('mint', null, PLATFORM, newCommandId()),
      engine.command('mint', { account: 'c', coins: 1, note: Number.NaN }, PLATFORM, newCommandId()),
      mint(engine, 'b', 1),
    ])
    expect(outcomes.map(outcome => outcome.status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
    expect(defects).toHaveLength(2)
  })

  test('closing saves every document: nothing is left to evolve', async () => {
    const engine = await open()
    await Promise.all(Array.from({ length: 900 }, (_, i) => mint(engine, `a${i}`, 1)))
    await engine.close()
    const { rows } = await database.pool.query('select head, checkpoint from engines where engine = $1', [id])
    expect(rows[0].checkpoint).toBe(rows[0].head)
    expect(Object.keys(await balances())).toHaveLength(900)
  })
})
