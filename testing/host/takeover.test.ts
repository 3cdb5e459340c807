import { openHostSession, PostgresEngineStore } from '@worldloom/postgres'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let store: PostgresEngineStore

beforeAll(async () => {
  database = await freshDatabase()
  store = new PostgresEngineStore(database.pool)
})
afterAll(() => database.close())

test('an engine is not taken from a living host, and the refusal says where it is', async () => {
  const session = await openHostSession(database.url, 'alive', 'http://first.example')
  await store.take('e1', 'alive')
  await expect(store.take('e1', 'second')).rejects.toMatchObject({
    code: 'held',
    message: expect.stringContaining('http://first.example'),
  })
  expect(await store.take('e1', 'alive')).toMatchObject({ epoch: 2 })
  await session.close()
  expect(await store.take('e1', 'second')).toMatchObject({ epoch: 3 })
})

test('when the holder’s database session is gone, its engines are free at once', async () => {
  const session = await openHostSession(database.url, 'doomed', 'http://doomed.example')
  await store.take('e2', 'doomed')
  const admin = new pg.Client({ connectionString: database.url })
  await admin.connect()
  await admin.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'worldloom host' and datname = current_database()`,
  )
  await admin.end()
  expect(await session.lost).toMatchObject({ code: 'database-lost' })
  expect(await store.take('e2', 'heir')).toMatchObject({ epoch: 2 })
  await session.close()
})

test('a host that is connected but silent for longer than its lease is relieved', async () => {
  const session = await openHostSession(database.url, 'asleep', 'http://asleep.example')
  await store.take('e3', 'asleep')
  await expect(store.take('e3', 'heir')).rejects.toMatchObject({ code: 'held' })
  await database.pool.query(`update hosts set seen_at = now() - interval '11 seconds' where host = 'asleep'`)
  expect(await store.take('e3', 'heir')).toMatchObject({ epoch: 2 })
  await session.close()
})
