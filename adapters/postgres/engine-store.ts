import {
  type CallRow,
  type CallState,
  type Commit,
  Defect,
  type DocumentRow,
  type EngineStore,
  Fault,
  type JournalRecord,
  type JournalRow,
  type Selection,
  type Taken,
  type ViewSpec,
} from '@worldloom/contract'
import type { Pool } from 'pg'
import { columnType, commitStatement, quoted } from './commit-statement.ts'
import { reaching } from './faults.ts'
import { livingHolder } from './host-session.ts'

/** A view's rows are held to their bound after so many were put. */
export const ROWS_PER_TRIM = 500

type Stored = Readonly<Record<string, string | number | Uint8Array | null>>

/** Engines' truth in PostgreSQL. */
export class PostgresEngineStore implements EngineStore {
  readonly #pool: Pool
  /** Rows put into each engine's view since it was last held to its bound. */
  readonly #putSinceTrim = new Map<string, number>()

  constructor(pool: Pool) {
    this.#pool = pool
  }

  async take(engine: string, host: string): Promise<Taken> {
    const holder = await livingHolder(this.#pool, engine, host)
    if (holder !== undefined) {
      throw new Fault(
        'held',
        `Another server holds ${engine} (${holder}). Stop it first, or wait until it is gone.`,
        'later',
      )
    }
    const [taken] = await this.#rows(
      `insert into engines (engine, host, epoch) values ($1, $2, 1)
       on conflict (engine) do update set host = excluded.host, epoch = engines.epoch + 1 returning *`,
      [engine, host],
    )
    const [last] = await this.#rows('select at, step from journal where engine = $1 order by seq desc limit 1', [
      engine,
    ])
    const offsets = await this.#rows('select source, seq from offsets where engine = $1', [engine])
    if (!taken) throw new Defect('take-failed', `the engine ${engine} could not be taken`)
    return {
      epoch: Number(taken.epoch),
      head: Number(taken.head),
      checkpoint: Number(taken.checkpoint),
      provider: taken.provider as string | null,
      schema: taken.schema as number | null,
      lastAt: last ? Number(last.at) : null,
      lastStep: last ? Number(last.step) : null,
      offsets: Object.fromEntries(offsets.map(({ source, seq }) => [source, Number(seq)])),
    }
  }

  async commit(commit: Commit): Promise<boolean> {
    const statement = commitStatement(commit)
    const { rows } = await reaching(() => this.#pool.query<{ fenced: number }>(statement))
    if (rows[0]?.fenced === 1) {
      for (const { table, spec, put } of commit.views) await this.#keepBound(commit.engine, table, spec, put.length)
      return true
    }
    // Nothing written: either another host holds the engine, or this very commit had got through before its
    // connection broke. The head tells which, because only this epoch could have moved it there.
    const [engine] = await this.#rows('select epoch, head from engines where engine = $1', [commit.engine])
    return (
      commit.head > commit.previousHead &&
      Number(engine?.epoch) === commit.epoch &&
      Number(engine?.head) === commit.head
    )
  }

  async documents(engine: string, keys?: readonly string[]): Promise<readonly DocumentRow[]> {
    const rows = keys
      ? await this.#rows('select key, seq, data, wake_at from documents where engine = $1 and key = any($2)', [
          engine,
          keys,
        ])
      : await this.#rows('select key, seq, data, wake_at from documents where engine = $1', [engine])
    return rows.map(row => ({
      key: row.key as string,
      seq: Number(row.seq),
      data: row.data as string | null,
      wakeAt: row.wake_at === null ? null : Number(row.wake_at),
    }))
  }

  async wakes(engine: string): Promise<readonly { readonly key: string; readonly wakeAt: number }[]> {
    const rows = await this.#rows('select key, wake_at from documents where engine = $1 and wake_at is not null', [
      engine,
    ])
    return rows.map(row => ({ key: row.key as string, wakeAt: Number(row.wake_at) }))
  }

  async journal(engine: string, after: number, limit: number): Promise<readonly JournalRow[]> {
    const rows = await this.#rows('select * from journal where engine = $1 and seq > $2 order by seq limit $3', [
      engine,
      after,
      limit,
    ])
    return rows.map(row => ({
      seq: Number(row.seq),
      count: Number(row.count),
      at: Number(row.at),
      step: Number(row.step),
      provider: row.provider as string,
      records: recordsOf(engine, row),
    }))
  }

  async acceptedIds(engine: string, since: number) {
    const rows = await this.#rows('select seq, count, ids from journal where engine = $1 and at >= $2 order by seq', [
      engine,
      since,
    ])
    return rows.map(row => ({ seq: Number(row.seq), count: Number(row.count), ids: row.ids as Uint8Array }))
  }

  async record(engine: string, position: number): Promise<JournalRecord | undefined> {
    const [row] = await this.#rows('select * from journal where engine = $1 and seq >= $2 order by seq limit 1', [
      engine,
      position,
    ])
    return row && recordsOf(engine, row)[position - 1 - Number(row.seq) + Number(row.count)]
  }

  async owed(engine: string) {
    const rows = await this.#rows(
      'select seq, n, target, attempts, state from calls where engine = $1 order by seq, n',
      [engine],
    )
    return rows.map(row => ({
      seq: Number(row.seq),
      n: row.n as number,
      target: row.target as string,
      attempts: row.attempts as number,
      state: row.state as CallState,
    }))
  }

  async noteCall(
    engine: string,
    epoch: number,
    { seq, n }: CallRow,
    attempts: number,
    state: CallState,
  ): Promise<void> {
    await this.#rows(
      `update calls set attempts = $4, state = $5 where engine = $1 and seq = $2 and n = $3
       and exists (select 1 from engines where engine = $1 and epoch = $6)`,
      [engine, seq, n, attempts, state, epoch],
    )
  }

  async prepareView(table: string, spec: ViewSpec): Promise<void> {
    const columns = Object.keys(spec.columns).map(name => `${quoted(name)} ${columnType(spec, name)}`)
    await this.#rows(
      `create table if not exists ${table} (engine text not null, ${columns.join(', ')}, primary key (engine, ${spec.key.map(quoted).join(', ')}))`,
      [],
    )
    for (const index of spec.indexes) {
      await this.#rows(
        `create index if not exists ${table}_${index.join('_').toLowerCase()} on ${table} (engine, ${index.map(quoted).join(', ')})`,
        [],
      )
    }
  }

  async select(engine: string, table: string, spec: ViewSpec, selection: Selection): Promise<readonly Stored[]> {
    const values: unknown[] = [engine]
    const wheres = ['engine = $1']
    const column = (name: string): string => {
      if (!Object.hasOwn(spec.columns, name))
        throw new Defect('column-undeclared', `view ${table} has no column "${name}"`)
      return quoted(name)
    }
    for (const [name, value] of Object.entries(selection.where)) {
      wheres.push(value === null ? `${column(name)} is null` : `${column(name)} = $${values.push(value)}`)
    }
    const order = column(selection.orderBy)
    if (selection.after !== undefined) {
      wheres.push(`${order} ${selection.descending ? '<' : '>'} $${values.push(selection.after)}`)
    }
    const rows = await this.#rows(
      `select * from ${table} where ${wheres.join(' and ')} order by ${order} ${selection.descending ? 'desc' : 'asc'} limit $${values.push(selection.limit)}`,
      values,
    )
    const numeric = Object.keys(spec.columns).filter(name => columnType(spec, name) === 'bigint')
    return rows.map(({ engine: _, ...row }) => {
      for (const name of numeric) if (row[name] !== null) (row as Record<string, unknown>)[name] = Number(row[name])
      return row
    })
  }

  /** Now and then deletes a view's oldest rows beyond `rowsMax`: a view may be over its bound by `ROWS_PER_TRIM` at most. */
  async #keepBound(engine: string, table: string, spec: ViewSpec, put: number): Promise<void> {
    const key = `${engine} ${table}`
    const rows = (this.#putSinceTrim.get(key) ?? ROWS_PER_TRIM) + put
    this.#putSinceTrim.set(key, rows < ROWS_PER_TRIM ? rows : 0)
    if (rows < ROWS_PER_TRIM) return
    const order = quoted((spec.indexes[0] ?? spec.key).at(-1) ?? '')
    // The batch is committed already: what fails here is tried again with a later one.
    await this.#rows(
      `delete from ${table} where ctid in (select ctid from ${table} where engine = $1 order by ${order} desc offset $2)`,
      [engine, spec.rowsMax],
    ).catch(() => this.#putSinceTrim.delete(key))
  }

  async #rows(text: string, values: readonly unknown[]): Promise<Stored[]> {
    const { rows } = await reaching(() => this.#pool.query<Stored>(text, [...values]))
    return rows
  }
}

function recordsOf(engine: string, row: Stored): readonly JournalRecord[] {
  try {
    return JSON.parse(row.records as string) as JournalRecord[]
  } catch (error) {
    throw new Defect('journal-unreadable', `the journal row of ${engine} at ${row.seq} is not JSON`, error)
  }
}
