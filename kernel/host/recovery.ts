import { type AnyModule, Defect, type DocumentRow, type EngineStore, type Taken } from '@worldloom/contract'
import { type AcceptedIds, CLOCK_SKEW_MAX_MS, ID_WINDOW_MS, unpackId } from './accepted-ids.ts'
import type { Cell, DocumentMemory } from './document-memory.ts'
import { ABSENT, evolveRecord, keysOfRecord, SETTINGS_KEY } from './evolution.ts'

/** Journal rows read at a time. */
const ROWS_PER_READ = 100

/** The cell of a stored row. Throws a Defect when the row's text is not JSON: it was changed by hand. */
export function cellOf(engine: string, row: DocumentRow): Cell {
  try {
    return { data: row.data === null ? null : JSON.parse(row.data), seq: row.seq, wakeAt: row.wakeAt }
  } catch (error) {
    throw new Defect('document-unreadable', `document "${row.key}" of ${engine} is not JSON`, error)
  }
}

/**
 * Brings an engine's documents back: reads the rows, then evolves the journal's tail after the checkpoint. Never a
 * replay from the start. Returns the timers that are set.
 */
export async function recover(
  engine: string,
  module: AnyModule,
  store: EngineStore,
  taken: Taken,
  memory: DocumentMemory,
  ids: AcceptedIds,
  now: number,
): Promise<ReadonlyMap<string, number>> {
  const wakes = new Map<string, number>()
  for (const { key, wakeAt } of await store.wakes(engine)) wakes.set(key, wakeAt)
  const rows = await store.documents(engine, module.keeping === 'paged' ? [SETTINGS_KEY] : undefined)
  for (const row of rows) memory.load(row.key, cellOf(engine, row))
  await evolveTail(engine, module, store, taken, memory, wakes)
  // A command from a clock that is ahead was written before the time its id carries.
  for (const { seq, count, ids: packed } of await store.acceptedIds(engine, now - ID_WINDOW_MS - CLOCK_SKEW_MAX_MS)) {
    for (let index = 0; index < count; index++) {
      const id = unpackId(packed, 16 * index)
      if (id) ids.add(id, seq - count + 1 + index)
    }
  }
  return wakes
}

async function evolveTail(
  engine: string,
  module: AnyModule,
  store: EngineStore,
  taken: Taken,
  memory: DocumentMemory,
  wakes: Map<string, number>,
): Promise<void> {
  let after = taken.checkpoint
  while (after < taken.head) {
    const rows = await store.journal(engine, after, ROWS_PER_READ)
    const last = rows.at(-1)
    if (!last) throw new Defect('journal-gap', `the journal of ${engine} ends at ${after}, not at ${taken.head}`)
    if (module.keeping === 'paged') {
      const keys = new Set(rows.flatMap(row => row.records.flatMap(record => keysOfRecord(module, record))))
      const missing = [...keys].filter(key => !memory.read(key))
      const found = new Map((await store.documents(engine, missing)).map(row => [row.key, row]))
      for (const key of missing) {
        const row = found.get(key)
        memory.load(key, row ? cellOf(engine, row) : ABSENT)
      }
    }
    for (const row of rows) {
      row.records.forEach((record, index) => {
        const position = row.seq - row.count + 1 + index
        if (position <= after) return
        for (const [key, cell] of evolveRecord(module, record, position, key => memory.read(key) ?? ABSENT)) {
          memory.recover(key, cell)
          if (cell.wakeAt === null) wakes.delete(key)
          else wakes.set(key, cell.wakeAt)
        }
      })
    }
    after = last.seq
  }
}
