import {
  type CallRow,
  type CallState,
  type Commit,
  Defect,
  type DocumentRow,
  type EngineStore,
  type JournalRecord,
  type JournalRow,
  type Selection,
  type Taken,
  type ViewSpec,
  type ViewWrite,
} from '@worldloom/contract'

type Row = Readonly<Record<string, unknown>>
type StoredRow = Omit<JournalRow, 'records'> & {
  readonly schema: number
  readonly records: string
  readonly ids: Uint8Array
}
type StoredCall = CallRow & { readonly attempts: number; readonly state: CallState }

/** Everything kept of one engine. Plain data: copy it to go back in time, change it to see what a damaged one does. */
export interface StoredEngine {
  host: string
  epoch: number
  head: number
  checkpoint: number
  provider: string | null
  schema: number | null
  journal: StoredRow[]
  documents: Map<string, DocumentRow>
  offsets: Record<string, number>
  calls: StoredCall[]
  /** By table, then by key. */
  views: Map<string, Map<string, Row>>
}

const newEngine = (): StoredEngine => ({
  host: '',
  epoch: 0,
  head: 0,
  checkpoint: 0,
  provider: null,
  schema: null,
  journal: [],
  documents: new Map(),
  offsets: {},
  calls: [],
  views: new Map(),
})

/**
 * The engines' truth in memory, for tests: the same fence and the same answers as the real one, which the store suite
 * holds both to. Records and documents are kept as text, so that what comes back has been through JSON.
 */
export class MemoryEngineStore implements EngineStore {
  readonly engines = new Map<string, StoredEngine>()
  readonly #tables = new Set<string>()

  /** A store that goes its own way from here. */
  copy(): MemoryEngineStore {
    const other = new MemoryEngineStore()
    for (const [id, engine] of this.engines) other.engines.set(id, structuredClone(engine))
    for (const table of this.#tables) other.#tables.add(table)
    return other
  }

  /** The engine's rows, to look at or to change; made when there is none. */
  engine(id: string): StoredEngine {
    const engine = this.engines.get(id) ?? newEngine()
    this.engines.set(id, engine)
    return engine
  }

  async take(id: string, host: string): Promise<Taken> {
    const engine = this.engine(id)
    engine.host = host
    engine.epoch += 1
    const { epoch, head, checkpoint, provider, schema, offsets } = engine
    const last = engine.journal.at(-1)
    return {
      epoch,
      head,
      checkpoint,
      provider,
      schema,
      lastAt: last?.at ?? null,
      lastStep: last?.step ?? null,
      offsets: { ...offsets },
    }
  }

  async commit(commit: Commit): Promise<boolean> {
    const engine = this.engines.get(commit.engine)
    if (!engine || engine.epoch !== commit.epoch) return false
    // This very commit had got through before: only this epoch can have moved the head there.
    if (engine.head !== commit.previousHead) return commit.head > commit.previousHead && engine.head === commit.head
    // Looked at as a whole first: a commit is applied whole or not at all.
    for (const { key } of commit.documents) checkText(key)
    for (const { table } of commit.views) if (!this.#tables.has(table)) throw new Error(`no table "${table}"`)
    const views = commit.views.map(write => viewAfter(engine, write))
    engine.head = commit.head
    // A commit without records leaves the head where it is, so the fence lets one that lands late pass: it may repeat
    // what is known, never take it back.
    engine.checkpoint = Math.max(engine.checkpoint, commit.checkpoint)
    if (commit.row) {
      engine.provider = commit.row.provider
      engine.schema = commit.row.schema
      engine.journal.push({ ...commit.row, ids: commit.row.ids.slice() })
    }
    for (const row of commit.documents) engine.documents.set(row.key, { ...row })
    for (const key of commit.dropped) engine.documents.delete(key)
    for (const [source, seq] of Object.entries(commit.offsets))
      engine.offsets[source] = Math.max(engine.offsets[source] ?? 0, seq)
    engine.calls.push(...commit.calls.map(call => ({ ...call, attempts: 0, state: 'owed' as const })))
    engine.calls = engine.calls.filter(({ seq, n }) => !commit.closed.some(one => one[0] === seq && one[1] === n))
    for (const [table, rows] of views) engine.views.set(table, rows)
    return true
  }

  async documents(id: string, keys?: readonly string[]): Promise<readonly DocumentRow[]> {
    const documents = this.engines.get(id)?.documents ?? new Map<string, DocumentRow>()
    const rows = keys ? keys.flatMap(key => documents.get(key) ?? []) : [...documents.values()]
    return rows.map(row => ({ ...row }))
  }

  async wakes(id: string): Promise<readonly { readonly key: string; readonly wakeAt: number }[]> {
    const rows = [...(this.engines.get(id)?.documents.values() ?? [])]
    return rows.flatMap(({ key, wakeAt }) => (wakeAt === null ? [] : [{ key, wakeAt }]))
  }

  async journal(id: string, after: number, limit: number): Promise<readonly JournalRow[]> {
    const rows = this.#rows(id).filter(({ seq }) => seq > after)
    return rows.slice(0, limit).map(row => ({
      seq: row.seq,
      count: row.count,
      at: row.at,
      step: row.step,
      provider: row.provider,
      records: recordsOf(id, row),
    }))
  }

  async acceptedIds(id: string, since: number) {
    const rows = this.#rows(id).filter(({ at }) => at >= since)
    return rows.map(({ seq, count, ids }) => ({ seq, count, ids: ids.slice() }))
  }

  async record(id: string, position: number): Promise<JournalRecord | undefined> {
    const row = this.#rows(id).find(({ seq }) => seq >= position)
    return row && recordsOf(id, row)[position - 1 - row.seq + row.count]
  }

  async owed(id: string): Promise<readonly StoredCall[]> {
    const calls = this.engines.get(id)?.calls ?? []
    return calls.map(call => ({ ...call })).sort((a, b) => a.seq - b.seq || a.n - b.n)
  }

  async noteCall(id: string, epoch: number, { seq, n }: CallRow, attempts: number, state: CallState): Promise<void> {
    const engine = this.engines.get(id)
    if (engine?.epoch !== epoch) return
    engine.calls = engine.calls.map(call => (call.seq === seq && call.n === n ? { ...call, attempts, state } : call))
  }

  async prepareView(table: string): Promise<void> {
    this.#tables.add(table)
  }

  async select(id: string, table: string, spec: ViewSpec, selection: Selection): Promise<readonly Row[]> {
    const { where, orderBy, descending, after, limit } = selection
    for (const name of [...Object.keys(where), orderBy]) {
      if (!Object.hasOwn(spec.columns, name))
        throw new Defect('column-undeclared', `view ${table} has no column "${name}"`)
    }
    const sign = descending ? -1 : 1
    const rows = [...(this.engines.get(id)?.views.get(table)?.values() ?? [])]
      .filter(row => Object.entries(where).every(([name, value]) => row[name] === value))
      .filter(row => after === undefined || (row[orderBy] !== null && sign * compare(row[orderBy], after) > 0))
      .sort((a, b) => sign * compare(a[orderBy], b[orderBy]))
    return rows.slice(0, limit).map(row => structuredClone(row))
  }

  #rows(id: string): readonly StoredRow[] {
    return this.engines.get(id)?.journal ?? []
  }
}

/** Nothing comes after everything, as in PostgreSQL. */
function compare(a: unknown, b: unknown): number {
  if (a === b) return 0
  if (a === null) return 1
  if (b === null) return -1
  return (a as string | number) < (b as string | number) ? -1 : 1
}

/** A view's rows with one write applied to a copy. */
function viewAfter(engine: StoredEngine, { table, spec, put, patch, drop }: ViewWrite): [string, Map<string, Row>] {
  const rows = new Map(engine.views.get(table))
  const keyOf = (row: Row) => JSON.stringify(spec.key.map(name => row[name] ?? null))
  const stored = (row: Row) => JSON.parse(checkText(JSON.stringify(row))) as Row
  const empty = Object.fromEntries(Object.keys(spec.columns).map(name => [name, null]))
  for (const row of put) rows.set(keyOf(row), { ...empty, ...stored(row) })
  for (const row of patch) {
    const known = rows.get(keyOf(row))
    if (known) rows.set(keyOf(row), { ...known, ...stored(row) })
  }
  for (const row of drop) rows.delete(keyOf(row))
  return [table, rows]
}

/** PostgreSQL keeps no NUL in text, and neither NUL nor half a surrogate pair in JSON. */
function checkText(text: string): string {
  if (text.includes('\0') || /\\u0000|\\ud[89a-f]/i.test(text)) throw new Error('text that cannot be stored')
  return text
}

function recordsOf(id: string, row: StoredRow): readonly JournalRecord[] {
  try {
    return JSON.parse(row.records) as JournalRecord[]
  } catch (error) {
    throw new Defect('journal-unreadable', `the journal row of ${id} at ${row.seq} is not JSON`, error)
  }
}
