import {
  type AnyModule,
  type DomainEvent,
  type RowChange,
  type ViewSpec,
  type ViewWrite,
  viewTable,
} from '@worldloom/contract'

type Columns = Readonly<Record<string, unknown>>
type Pending = { readonly how: 'put' | 'patch' | 'drop'; readonly columns: Columns }

/**
 * Gathers what one batch does to a module's views. Several changes of one row within a batch become one, because the
 * statement that writes them sees the rows as they were before it.
 */
export class ViewChanges {
  readonly #module: AnyModule
  readonly #pending = new Map<string, Map<string, Pending>>()

  constructor(module: AnyModule) {
    this.#module = module
  }

  add(event: DomainEvent, at: number): void {
    for (const [name, rules] of Object.entries(this.#module.views as Readonly<Record<string, object>>)) {
      const rule = (rules as Readonly<Record<string, (data: unknown, at: number) => readonly RowChange<ViewSpec>[]>>)[
        event.type
      ]
      for (const change of rule?.(event.data, at) ?? []) this.#merge(name, change)
    }
  }

  /** What to write, view by view. */
  writes(): readonly ViewWrite[] {
    return [...this.#pending].map(([name, rows]) => {
      const of = (how: Pending['how']) => [...rows.values()].filter(row => row.how === how).map(row => row.columns)
      const spec = this.#specOf(name)
      return { table: viewTable(this.#module.id, name), spec, put: of('put'), patch: of('patch'), drop: of('drop') }
    })
  }

  #merge(view: string, change: RowChange<ViewSpec>): void {
    const [how, columns] = Object.entries(change)[0] as [Pending['how'], Columns]
    const key = this.#specOf(view)
      .key.map(column => JSON.stringify(columns[column] ?? null))
      .join(',')
    let rows = this.#pending.get(view)
    if (!rows) {
      rows = new Map()
      this.#pending.set(view, rows)
    }
    const earlier = rows.get(key)
    if (how !== 'patch' || !earlier) rows.set(key, { how, columns })
    else if (earlier.how !== 'drop') rows.set(key, { how: earlier.how, columns: { ...earlier.columns, ...columns } })
  }

  #specOf(view: string): ViewSpec {
    return (this.#module.words.views as Readonly<Record<string, ViewSpec>>)[view] as ViewSpec
  }
}
