import {
  accept,
  command,
  defineCapability,
  defineModule,
  defineWords,
  event,
  PLATFORM,
  view,
  z,
} from '@worldloom/contract'
import { JournaledEngine } from '@worldloom/host'
import { PostgresEngineStore, ROWS_PER_TRIM } from '@worldloom/postgres'
import { expect, test } from 'vitest'
import { freshDatabase } from '../database.ts'
import { newCommandId, realAmbient } from './ambient.ts'

const ROWS_MAX = 20

const bell = defineCapability({
  id: 'trial.bell',
  version: '1.0.0',
  scope: 'world',
  commands: { ring: command({ input: z.strictObject({ n: z.int() }), roles: [] }) },
  events: { rang: event({ data: z.strictObject({ n: z.int() }), audience: 'none' }) },
})
const words = defineWords({
  provides: [bell],
  requires: {},
  documents: {},
  events: {},
  refusals: {},
  views: { rings: view({ columns: { n: 'integer' }, key: ['n'], indexes: [['n']], rowsMax: ROWS_MAX }) },
  settings: z.unknown(),
})
const belfry = defineModule({
  id: 'belfry',
  version: '1.0.0',
  schema: 1,
  keeping: 'resident',
  words,
  decide: { ring: (_state, { input }) => accept([{ type: 'rang', data: input }]) },
  evolve: { rang: () => [] },
  views: { rings: { rang: ({ n }) => [{ put: { n } }] } },
})

test('a view keeps its newest rows and lets the oldest go', async () => {
  const database = await freshDatabase()
  const engine = await JournaledEngine.open({
    id: 'world:test/trial.bell/0',
    host: 'test',
    module: belfry,
    settings: { world: 'test', seed: 's', clock: { at: 0, world: 0, rate: 0 }, objects: {}, module: {} },
    object: () => undefined,
    store: new PostgresEngineStore(database.pool),
    ambient: realAmbient,
    targetOf: () => '',
    deliver: () => Promise.reject(new Error('nobody to call')),
    onCommitted: () => undefined,
    onStopped: () => undefined,
    onDefect: () => undefined,
  })
  const many = 2 * ROWS_PER_TRIM + ROWS_MAX
  for (let n = 0; n < many; n += 100) {
    await Promise.all(
      Array.from({ length: Math.min(100, many - n) }, (_, i) =>
        engine.command('ring', { n: n + i }, PLATFORM, newCommandId()),
      ),
    )
  }
  await engine.close()
  const { rows } = await database.pool.query<{ n: string }>('select n from view_belfry_rings order by n')
  const kept = rows.map(row => Number(row.n))
  expect(kept.length).toBeLessThanOrEqual(ROWS_MAX + ROWS_PER_TRIM)
  expect(kept).toEqual(Array.from({ length: kept.length }, (_, i) => many - kept.length + i))
  await database.close()
})
