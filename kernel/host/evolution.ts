import { type AnyModule, Defect, type JournalRecord } from '@worldloom/contract'
import { callsKey, withAnswer } from './answers.ts'
import { type Cell, kindOf, type Layer } from './document-memory.ts'

/** The document in which the platform keeps the settings it gave an engine. No module may declare this kind. */
export const SETTINGS_KEY = '$settings'

/** A document that does not exist, as opposed to one that is not in memory. */
export const ABSENT: Cell = { data: null, seq: 0, wakeAt: null }

/**
 * The documents that follow from one record, as a layer over `read`. The one way documents change: deciding, recovery
 * and replay all come through here, so they cannot disagree. A document that is already as of this record or later is
 * left alone, which is what makes a checkpoint of some documents only a safe place to start from.
 */
export function evolveRecord(
  module: AnyModule,
  record: JournalRecord,
  position: number,
  read: (key: string) => Cell | undefined,
): Layer {
  const changes: Layer = new Map()
  const change = (key: string, next: (cell: Cell) => Partial<Cell>) => {
    const before = read(key)
    if (!before) notAskedFor(key)
    if (before.seq >= position) return
    const cell = changes.get(key) ?? before
    changes.set(key, { ...cell, ...next(cell), seq: position })
  }
  if (record.k === 'settings') change(SETTINGS_KEY, () => ({ data: record.d }))
  if (record.f) {
    const [caller, place] = record.f
    change(callsKey(caller), ({ data }) => ({ data: withAnswer(data, place, record.r) }))
  }
  if (record.k === 'wake') change(record.n, () => ({ wakeAt: null }))
  for (const [type, data] of record.e) {
    const rule = module.evolve[type]
    if (!rule) throw new Defect('event-undeclared', `event "${type}" is not declared by module ${module.id}`)
    for (const [key, fold] of rule(data, record.at)) {
      if (!Object.hasOwn(module.words.documents, kindOf(key))) {
        throw new Defect('document-undeclared', `no document kind is declared for key "${key}"`)
      }
      change(key, cell => ({ data: fold((cell.data ?? undefined) as never) as unknown }))
    }
  }
  for (const [key, wakeAt] of record.t ?? []) change(key, () => ({ wakeAt }))
  return changes
}

/** Every key that a record's events and timers touch. */
export function keysOfRecord(module: AnyModule, record: JournalRecord): readonly string[] {
  const keys = record.e.flatMap(([type, data]) =>
    (module.evolve[type]?.(data, record.at) ?? []).map(([key]) => key as string),
  )
  if (record.k === 'settings') keys.push(SETTINGS_KEY)
  if (record.f) keys.push(callsKey(record.f[0]))
  if (record.k === 'wake') keys.push(record.n)
  return [...keys, ...(record.t ?? []).map(([key]) => key)]
}

export function notAskedFor(key: string): never {
  throw new Defect('key-not-asked', `the rule read "${key}" without asking for it in keys()`)
}
