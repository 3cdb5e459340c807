import {
  type AnyModule,
  canonical,
  type EngineStore,
  type JournalRecord,
  type JournalRow,
  type Settings,
  type Words,
} from '@worldloom/contract'
import { decideInput, type Input } from './decision.ts'
import { type Cell, kindOf } from './document-memory.ts'
import { ABSENT, evolveRecord } from './evolution.ts'

/** Journal rows read at a time. */
const ROWS_PER_READ = 200
/** Differences that are told; the rest is counted. */
export const DIFFERENCES_MAX = 100

/** Where to stop: after this record, or before the first record later than this moment (UTC ms). */
export interface Until {
  readonly position?: number
  readonly at?: number
}

/** An engine's documents as of a position, by replaying its journal. */
export interface Replayed {
  readonly position: number
  readonly documents: ReadonlyMap<string, Cell>
}

/** Something that is not as the journal says it should be. */
export interface Difference {
  readonly what: 'journal' | 'decision' | 'document'
  /** Position of the record, or as of which the document was compared. */
  readonly position: number
  readonly key?: string
  /** What the journal leads to, as canonical JSON. */
  readonly expected: string
  readonly found: string
}

export interface Verification {
  readonly records: number
  /** Records decided anew; those of other versions of the module are only evolved. */
  readonly redecided: number
  readonly documents: number
  readonly differences: readonly Difference[]
  readonly differencesCount: number
}

/** Loads an immutable object of a world, parsed, by its SHA-256. */
export type ObjectLoader = (sha256: string) => Promise<unknown>

/** Replays an engine's journal from the beginning. Reads only. */
export async function replay(
  engine: string,
  module: AnyModule,
  store: EngineStore,
  until: Until = {},
): Promise<Replayed> {
  const documents = new Map<string, Cell>()
  let position = 0
  for await (const row of rowsOf(engine, store)) {
    for (const [index, record] of row.records.entries()) {
      const next = row.seq - row.count + 1 + index
      if (next > (until.position ?? Number.POSITIVE_INFINITY) || record.at > (until.at ?? Number.POSITIVE_INFINITY)) {
        return { position, documents }
      }
      for (const [key, cell] of evolveRecord(module, record, next, key => documents.get(key) ?? ABSENT)) {
        documents.set(key, cell)
      }
      position = next
    }
  }
  return { position, documents }
}

/**
 * Holds an engine against its journal: positions without a gap, every recorded input decided anew to the same bytes,
 * and every stored document equal to the replayed one as of the same position. Reads only; the engine may be running.
 */
export async function verify(
  engine: string,
  module: AnyModule,
  store: EngineStore,
  load: ObjectLoader,
): Promise<Verification> {
  const stored = new Map((await store.documents(engine)).map(row => [row.key, row]))
  const documents = new Map<string, Cell>()
  const differences: Difference[] = []
  let differencesCount = 0
  const differ = (difference: Difference) => {
    differencesCount++
    if (differences.length < DIFFERENCES_MAX) differences.push(difference)
  }
  const compared = new Set<string>()
  const decider = new Decider(module, documents, load)
  let records = 0
  let redecided = 0
  let expectedFirst = 1
  for await (const row of rowsOf(engine, store)) {
    const first = row.seq - row.count + 1
    if (first !== expectedFirst || row.records.length !== row.count) {
      const found = `${row.records.length} records from ${first} to ${row.seq}`
      differ({ what: 'journal', position: expectedFirst, expected: `a record at ${expectedFirst}`, found })
    }
    expectedFirst = row.seq + 1
    for (const [index, record] of row.records.entries()) {
      const position = first + index
      records++
      const again = await decider.decide(row, record, position)
      if (again !== undefined) {
        redecided++
        if (again !== canonical(record))
          differ({ what: 'decision', position, expected: again, found: canonical(record) })
      }
      for (const [key, cell] of evolveRecord(module, record, position, key => documents.get(key) ?? ABSENT)) {
        documents.set(key, cell)
        const saved = stored.get(key)
        if (saved?.seq !== cell.seq) continue
        compared.add(key)
        const expected = `${canonical(cell.data)} wakes ${cell.wakeAt}`
        const found = `${saved.data ?? 'null'} wakes ${saved.wakeAt}`
        if (found !== expected) differ({ what: 'document', position, key, expected, found })
      }
    }
  }
  for (const { key, seq, data } of stored.values()) {
    // A position that no record changed the document at: the row was not written by this journal.
    if (!compared.has(key))
      differ({ what: 'document', position: seq, key, expected: 'a row as of its last change', found: data ?? 'null' })
  }
  return { records, redecided, documents: stored.size, differences, differencesCount }
}

/** Decides recorded inputs anew on the replayed documents. */
class Decider {
  readonly #module: AnyModule
  readonly #documents: ReadonlyMap<string, Cell>
  readonly #load: ObjectLoader
  readonly #objects = new Map<string, unknown>()
  #settings: Settings<Words> | undefined

  constructor(module: AnyModule, documents: ReadonlyMap<string, Cell>, load: ObjectLoader) {
    this.#module = module
    this.#documents = documents
    this.#load = load
  }

  /** The record as it would be written today, or undefined when another version of the module wrote it. */
  async decide(row: JournalRow, record: JournalRecord, position: number): Promise<string | undefined> {
    if (record.k === 'settings') await this.#take(record.d as Settings<Words>)
    if (row.provider !== `${this.#module.id}@${this.#module.version}` || !this.#settings) return undefined
    const ground = { module: this.#module, settings: this.#settings, object: (name: string) => this.#objects.get(name) }
    const read = (key: string) => this.#documents.get(key) ?? ABSENT
    const keysOf = (kind: string) => [...this.#documents.keys()].filter(key => kindOf(key) === kind).sort()
    try {
      const decided = decideInput(ground, read, keysOf, inputOf(record), position, record.at, record.w)
      return 'refused' in decided ? `refused: ${decided.refused}` : decided.text
    } catch (error) {
      return `threw: ${(error as Error).message}`
    }
  }

  async #take(settings: Settings<Words>): Promise<void> {
    this.#settings = settings
    this.#objects.clear()
    for (const [name, sha256] of Object.entries(settings.objects)) this.#objects.set(name, await this.#load(sha256))
  }
}

const inputOf = (record: JournalRecord): Input => ({
  kind: record.k,
  name: record.n,
  data: record.d,
  before: record.b,
  ...(record.a && { actor: record.a }),
  ...(record.f && { caller: { engine: record.f[0], place: record.f[1], depth: record.x ?? 0 } }),
  ...(record.x !== undefined && { depth: record.x }),
})

async function* rowsOf(engine: string, store: EngineStore): AsyncGenerator<JournalRow> {
  let after = 0
  for (;;) {
    const rows = await store.journal(engine, after, ROWS_PER_READ)
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < ROWS_PER_READ) return
    after = last.seq
  }
}
