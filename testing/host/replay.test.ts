import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseWorldFile } from '@worldloom/capabilities/geography'
import { PLATFORM } from '@worldloom/contract'
import { devtest } from '@worldloom/devtest'
import { createHost, replay, verify } from '@worldloom/host'
import { PostgresEngineStore, PostgresWorldRegistry } from '@worldloom/postgres'
import { world as worldModule } from '@worldloom/world'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase } from '../database.ts'
import { newCommandId, realAmbient } from './ambient.ts'

const ENGINE = 'world:devtest/world.sessions/0'
const look = { body: '#7FA66B', accent: '#F2B84B' }
let database: Awaited<ReturnType<typeof freshDatabase>>
let store: PostgresEngineStore
const readMap = async (url: string) => parseWorldFile(await readFile(fileURLToPath(url), 'utf8'))
const load = () => readMap(devtest.worlds[0]?.map ?? '')
let middle = { position: 0, at: 0, people: 0 }

/** A little life: people come and go over two starts of the server. */
beforeAll(async () => {
  database = await freshDatabase()
  store = new PostgresEngineStore(database.pool)
  for (const round of [1, 2]) {
    const host = await createHost({
      game: devtest,
      store,
      registry: new PostgresWorldRegistry(database.pool),
      objects: { put: async () => 'f'.repeat(64), get: async () => undefined },
      ambient: realAmbient,
      readMap,
      onTrouble: (_what, why) => {
        throw why
      },
    })
    const world = host.get('devtest')
    for (let n = 0; n < 8; n++) {
      const player = `p${n}`
      const input = { player, session: `s${round}-${n}`, name: player, look }
      await world?.command('world.sessions', 'join', input, PLATFORM, newCommandId())
      if (n % 3 === 0) {
        await world?.command(
          'world.sessions',
          'leave',
          { session: input.session, parting: 'left' },
          PLATFORM,
          newCommandId(),
        )
      }
    }
    if (round === 1) {
      const people = (await world?.query('world.sessions', 'who', {}, PLATFORM)) as unknown[]
      middle = { position: (await replay(ENGINE, worldModule, store)).position, at: Date.now(), people: people.length }
      await new Promise(resolve => setTimeout(resolve, 5))
    }
    await host.close()
  }
})
afterAll(() => database.close())

const peopleOf = ({ documents }: Awaited<ReturnType<typeof replay>>) =>
  [...documents].filter(([key, cell]) => key.startsWith('person:') && cell.data !== null).length

test('a replay shows the world as of a position, and as of a moment', async () => {
  expect(peopleOf(await replay(ENGINE, worldModule, store, { position: middle.position }))).toBe(middle.people)
  expect(peopleOf(await replay(ENGINE, worldModule, store, { at: middle.at }))).toBe(middle.people)
  expect(peopleOf(await replay(ENGINE, worldModule, store, { position: 2 }))).toBe(0)
})

test('a world that was lived in verifies: every decision anew, every row', async () => {
  const verified = await verify(ENGINE, worldModule, store, load)
  expect(verified).toMatchObject({ differences: [], differencesCount: 0 })
  expect(verified.records).toBeGreaterThan(20)
  expect(verified.redecided).toBe(verified.records)
  expect(verified.documents).toBeGreaterThan(3)
})

test('a document changed by hand is named', async () => {
  await database.pool.query(`update documents set data = '{"phase":"dusk"}' where engine = $1 and key = 'phase'`, [
    ENGINE,
  ])
  const { differences } = await verify(ENGINE, worldModule, store, load)
  expect(differences).toMatchObject([{ what: 'document', key: 'phase' }])
  await database.pool.query(`update documents set data = $2 where engine = $1 and key = 'phase'`, [
    ENGINE,
    differences[0]?.expected.replace(/ wakes .*/, ''),
  ])
})

test('a journal row changed by hand is named with its position', async () => {
  const { rows } = await database.pool.query(
    `select seq, records from journal where engine = $1 and records like '%"p1"%' limit 1`,
    [ENGINE],
  )
  const forged = rows[0].records.replaceAll('"since":1', '"since":2')
  await database.pool.query('update journal set records = $3 where engine = $1 and seq = $2', [
    ENGINE,
    rows[0].seq,
    forged,
  ])
  const { differences } = await verify(ENGINE, worldModule, store, load)
  expect(differences[0]).toMatchObject({ what: 'decision', position: Number(rows[0].seq) })
  await database.pool.query('update journal set records = $3 where engine = $1 and seq = $2', [
    ENGINE,
    rows[0].seq,
    rows[0].records,
  ])
})

test('a journal row that is missing is named', async () => {
  await database.pool.query('delete from journal where engine = $1 and seq = $2', [ENGINE, middle.position])
  const { differences } = await verify(ENGINE, worldModule, store, load)
  expect(differences.some(({ what, position }) => what === 'journal' && position <= middle.position)).toBe(true)
})
