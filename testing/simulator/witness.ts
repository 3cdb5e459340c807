import { type Commit, canonical, type JournalRecord } from '@worldloom/contract'
import type { Outcome, Published } from '@worldloom/host'
import type { StoredEngine } from '../memory-store.ts'
import type { Deed } from './deeds.ts'
import { ENGINES } from './world-under-test.ts'

/** Failures that one run keeps; the rest is noise that follows from them. */
const FAILURES_MAX = 20

/** Refusals that say: this was done before. */
const ALREADY: ReadonlySet<string> = new Set(['set-already', 'placed-already'])

export interface Failure {
  readonly oracle: string
  readonly what: string
}

/** A record as it was committed. */
export interface Written {
  readonly engine: string
  readonly position: number
  readonly record: JournalRecord
}

/**
 * Sees every commit as it becomes true, and holds what anybody is told against it at that moment. Keeps its own account
 * of the documents, folded from the events by nothing but the modules' rules.
 */
export class Witness {
  readonly failures: Failure[] = []
  readonly counts: Record<string, number> = {}
  readonly byId = new Map<string, Written>()
  readonly written = new Map<string, Written[]>()
  readonly #documents = new Map<string, unknown>()
  /** Every value a document ever had, as committed. */
  readonly #values = new Map<string, Set<string>>()

  fail(oracle: string, what: string): void {
    if (this.failures.length < FAILURES_MAX) this.failures.push({ oracle, what })
  }

  count(what: string, by = 1): void {
    this.counts[what] = (this.counts[what] ?? 0) + by
  }

  /** Applies a commit and looks at what it did. */
  async onCommit(commit: Commit, stored: () => StoredEngine, apply: () => Promise<boolean>): Promise<boolean> {
    const before = { ...stored(), offsets: { ...stored().offsets }, rows: stored().journal.length }
    // The store in memory changes before it answers: what it changed can be told by looking at once.
    const answer = apply()
    const after = stored()
    for (const [source, offset] of Object.entries(after.offsets)) {
      const earlier = before.offsets[source] ?? 0
      if (offset < earlier)
        this.fail('offsets-monotone', `${commit.engine} went back in ${source}: ${earlier} to ${offset}`)
    }
    if (after.head < before.head)
      this.fail('head-monotone', `${commit.engine} went back from ${before.head} to ${after.head}`)
    if (after.checkpoint < before.checkpoint)
      this.fail('checkpoint-monotone', `${commit.engine} went back from ${before.checkpoint} to ${after.checkpoint}`)
    for (const row of after.journal.slice(before.rows)) this.#see(commit.engine, row)
    this.count('commits')
    return answer
  }

  /** A host, alive and sure of itself, answered a deed: what it said must be true by now. */
  onAnswer(deed: Deed, outcome: Outcome): void {
    const written = this.byId.get(deed.id)
    if ('refused' in outcome) {
      const said = /There are only (-?\d+)/.exec(outcome.because)?.[1]
      if (said !== undefined && !this.#wasEver(deed, Number(said)))
        this.fail('told-early', `${deed.name} ${deed.id} was refused for ${said}, which was never committed`)
      if (ALREADY.has(outcome.refused) && !this.#values.has(`${deed.engine} ${deed.subject}`))
        this.fail('told-early', `${deed.name} ${deed.id} was refused as ${outcome.refused}, which was never committed`)
      return
    }
    if (!written) this.fail('told-early', `${deed.name} ${deed.id} was acknowledged before it was committed`)
    else if (canonical(written.record.r ?? null) !== canonical(outcome.reply ?? null))
      this.fail(
        'first-verdict',
        `${deed.name} ${deed.id} was told ${canonical(outcome.reply ?? null)}, recorded is ${canonical(written.record.r ?? null)}`,
      )
  }

  /** A query was answered: its answer must have been committed at some time. */
  onRead(engine: string, key: string, field: string, value: number): void {
    if (value !== 0 && !this.#values.get(`${engine} ${key}`)?.has(`${field}=${value}`))
      this.fail('uncommitted-read', `a query of ${engine} said ${key} has ${value} ${field}, which was never committed`)
    this.count('reads')
  }

  onPublished({ engine, position, event }: Published): void {
    if (engine === undefined || position === undefined) return
    const head = this.written.get(engine)?.length ?? 0
    if (Math.floor(position / 1_024) > head)
      this.fail('told-early', `${event} at ${position} was published before its commit`)
    this.count('published')
  }

  document(engine: string, key: string): unknown {
    return this.#documents.get(`${engine} ${key}`)
  }

  /** Documents of a kind that an engine has, by its events. */
  documents(engine: string, kind: string): readonly unknown[] {
    return [...this.#documents].flatMap(([key, value]) => (key.startsWith(`${engine} ${kind}:`) ? [value] : []))
  }

  #wasEver({ engine, subject }: Deed, value: number): boolean {
    if (value === 0 || subject === undefined) return value === 0
    const values = this.#values.get(`${engine} ${subject}`) ?? new Set()
    return [...values].some(one => one.endsWith(`=${value}`))
  }

  #see(engine: string, row: StoredEngine['journal'][number]): void {
    const list = this.written.get(engine) ?? []
    this.written.set(engine, list)
    const records = JSON.parse(row.records) as JournalRecord[]
    records.forEach((record, index) => {
      const written = { engine, position: row.seq - row.count + 1 + index, record }
      if (written.position !== list.length + 1)
        this.fail('contiguous', `${engine} has ${list.length} records and got one at ${written.position}`)
      list.push(written)
      const id = idAt(row.ids, index)
      if (id !== undefined) {
        if (this.byId.has(id))
          this.fail(
            'applied-twice',
            `${record.n} ${id} is recorded at ${this.byId.get(id)?.position} and ${written.position} of ${engine}`,
          )
        this.byId.set(id, written)
      }
      this.#fold(engine, record)
      this.count(`${record.k}s`)
    })
  }

  #fold(engine: string, record: JournalRecord): void {
    const module = ENGINES.get(engine)
    for (const [type, data] of record.e) {
      for (const [key, fold] of module?.evolve[type]?.(data, record.at) ?? []) {
        const place = `${engine} ${key}`
        const next: unknown = fold((this.#documents.get(place) ?? undefined) as never)
        this.#documents.set(place, next)
        const values = this.#values.get(place) ?? new Set()
        this.#values.set(place, values)
        for (const [field, value] of Object.entries(next ?? {})) values.add(`${field}=${value}`)
      }
    }
  }
}

function idAt(ids: Uint8Array, index: number): string | undefined {
  const hex = Buffer.from(ids.subarray(16 * index, 16 * index + 16)).toString('hex')
  if (/^0*$/.test(hex)) return undefined
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
