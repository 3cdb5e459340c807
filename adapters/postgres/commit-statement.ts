import { type Commit, Misfit, type ViewSpec, type ViewWrite } from '@worldloom/contract'

const COLUMN_TYPES = { text: 'text', integer: 'bigint', time: 'bigint', json: 'jsonb' } as const

/** A view's column as SQL writes it: quoted, because names keep their capitals. Only plain names pass. */
export function quoted(name: string): string {
  if (!/^[A-Za-z][A-Za-z0-9]*$/.test(name)) throw new Misfit('column-name', `"${name}" cannot name a column of a view`)
  return `"${name}"`
}

/** SQL type of a view's column. */
export const columnType = (spec: ViewSpec, column: string): string => COLUMN_TYPES[spec.columns[column] ?? 'text']

/** A statement ready to be sent: prepared once per connection under its name. */
export interface Statement {
  readonly name: string
  readonly text: string
  readonly values: unknown[]
}

/**
 * One commit as one statement: every part writes only if the fence moved the engine's head. One statement is one
 * transaction, one round trip and one disk flush, however many records the batch has.
 *
 * A commit without records leaves the head where it is, so the fence lets one that lands late pass, after its connection
 * died and it was tried again: checkpoint and offsets never go back for it.
 */
export function commitStatement(commit: Commit): Statement {
  const { row } = commit
  const values: unknown[] = []
  const names: string[] = ['commit']
  const bind = (value: unknown, type: string): string => `$${values.push(value)}::${type}`
  const engine = bind(commit.engine, 'text')
  const parts = [
    `fence as (update engines set head = ${bind(commit.head, 'bigint')}, checkpoint = greatest(checkpoint, ${bind(commit.checkpoint, 'bigint')})${
      row ? `, provider = ${bind(row.provider, 'text')}, schema = ${bind(row.schema, 'integer')}` : ''
    } where engine = ${engine} and head = ${bind(commit.previousHead, 'bigint')} and epoch = ${bind(commit.epoch, 'bigint')} returning 1)`,
  ]
  const add = (name: string, text: string) => {
    names.push(name)
    parts.push(text)
  }
  if (row) {
    add(
      'row',
      `j as (insert into journal (engine, seq, count, at, step, provider, schema, ids, records) select ${engine},
        ${bind(row.seq, 'bigint')}, ${bind(row.count, 'integer')}, ${bind(row.at, 'bigint')}, ${bind(row.step, 'bigint')},
        ${bind(row.provider, 'text')}, ${bind(row.schema, 'integer')}, ${bind(row.ids, 'bytea')}, ${bind(row.records, 'text')} from fence)`,
    )
  }
  if (commit.documents.length > 0) {
    const { documents } = commit
    add(
      'documents',
      `d as (insert into documents (engine, key, seq, data, wake_at) select ${engine}, r.key, r.seq, r.data, r.wake_at from fence,
        unnest(${bind(
          documents.map(d => d.key),
          'text[]',
        )}, ${bind(
          documents.map(d => d.seq),
          'bigint[]',
        )},
        ${bind(
          documents.map(d => d.data),
          'text[]',
        )}, ${bind(
          documents.map(d => d.wakeAt),
          'bigint[]',
        )}) as r(key, seq, data, wake_at)
        on conflict (engine, key) do update set seq = excluded.seq, data = excluded.data, wake_at = excluded.wake_at)`,
    )
  }
  if (commit.dropped.length > 0) {
    add(
      'dropped',
      `x as (delete from documents using fence where engine = ${engine} and key = any(${bind(commit.dropped, 'text[]')}))`,
    )
  }
  const offsets = Object.entries(commit.offsets)
  if (offsets.length > 0) {
    add(
      'offsets',
      `o as (insert into offsets (engine, source, seq) select ${engine}, r.source, r.seq from fence,
        unnest(${bind(
          offsets.map(([source]) => source),
          'text[]',
        )}, ${bind(
          offsets.map(([, seq]) => seq),
          'bigint[]',
        )}) as r(source, seq)
        on conflict (engine, source) do update set seq = greatest(offsets.seq, excluded.seq))`,
    )
  }
  if (commit.calls.length > 0) {
    const { calls } = commit
    add(
      'calls',
      `c as (insert into calls (engine, seq, n, target) select ${engine}, r.seq, r.n, r.target from fence,
        unnest(${bind(
          calls.map(c => c.seq),
          'bigint[]',
        )}, ${bind(
          calls.map(c => c.n),
          'integer[]',
        )},
        ${bind(
          calls.map(c => c.target),
          'text[]',
        )}) as r(seq, n, target))`,
    )
  }
  if (commit.closed.length > 0) {
    add(
      'closed',
      `z as (delete from calls using fence, unnest(${bind(
        commit.closed.map(([seq]) => seq),
        'bigint[]',
      )},
        ${bind(
          commit.closed.map(([, n]) => n),
          'integer[]',
        )}) as r(seq, n)
        where calls.engine = ${engine} and calls.seq = r.seq and calls.n = r.n)`,
    )
  }
  commit.views.forEach((write, index) => {
    addView(write, index, engine, bind, add)
  })
  return { name: nameOf(names), text: `with ${parts.join(',\n')}\nselect count(*)::int as fenced from fence`, values }
}

type Bind = (value: unknown, type: string) => string
type Add = (name: string, text: string) => void

function addView(
  { table, spec, put, patch, drop }: ViewWrite,
  index: number,
  engine: string,
  bind: Bind,
  add: Add,
): void {
  const columns = Object.keys(spec.columns)
  const record = (names: readonly string[]) => names.map(name => `${quoted(name)} ${columnType(spec, name)}`).join(', ')
  const sameKey = (row: string) => spec.key.map(name => `v.${quoted(name)} = ${row}.${quoted(name)}`).join(' and ')
  if (put.length > 0) {
    const updates = columns
      .filter(name => !spec.key.includes(name))
      .map(name => `${quoted(name)} = excluded.${quoted(name)}`)
    add(
      `put ${table}`,
      `vp${index} as (insert into ${table} (engine, ${columns.map(quoted).join(', ')}) select ${engine}, ${columns.map(name => `r.${quoted(name)}`).join(', ')}
        from fence, jsonb_to_recordset(${bind(JSON.stringify(put), 'jsonb')}) as r(${record(columns)})
        on conflict (engine, ${spec.key.map(quoted).join(', ')}) do ${updates.length > 0 ? `update set ${updates.join(', ')}` : 'nothing'})`,
    )
  }
  // Patches of one batch may set different columns; each set of columns is a statement part of its own.
  const shapes = Map.groupBy(patch, row => Object.keys(row).sort().join(' '))
  let shape = 0
  for (const [names, rows] of shapes) {
    const set = names.split(' ').filter(name => !spec.key.includes(name))
    add(
      `patch ${table} ${names}`,
      `vu${index}_${shape++} as (update ${table} v set ${set.map(name => `${quoted(name)} = r.${quoted(name)}`).join(', ')}
        from fence, jsonb_to_recordset(${bind(JSON.stringify(rows), 'jsonb')}) as r(${record(names.split(' '))})
        where v.engine = ${engine} and ${sameKey('r')})`,
    )
  }
  if (drop.length > 0) {
    add(
      `drop ${table}`,
      `vd${index} as (delete from ${table} v using fence, jsonb_to_recordset(${bind(JSON.stringify(drop), 'jsonb')})
        as r(${record(spec.key)}) where v.engine = ${engine} and ${sameKey('r')})`,
    )
  }
}

const known = new Map<string, string>()

/** PostgreSQL cuts statement names at 63 bytes, so each shape of commit gets a short one. */
function nameOf(parts: readonly string[]): string {
  const shape = parts.join('; ')
  let name = known.get(shape)
  if (!name) {
    name = `commit_${known.size}`
    known.set(shape, name)
  }
  return name
}
