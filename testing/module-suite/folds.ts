import { type AnyModule, canonical, type DomainEvent } from '@worldloom/contract'
import { type Check, findings, plainTrial, type Subject } from './check.ts'
import { documentSchema, eventsOf } from './declared.ts'
import type { SceneRun } from './trial.ts'

type Fold = (document: unknown) => unknown
type Documents = Map<string, unknown>

const text = (value: unknown): string => {
  try {
    return canonical(value ?? null)
  } catch (error) {
    return (error as Error).message
  }
}

/** The documents after one event's folds, each key's own chain begun afresh from `order`. */
function after(
  module: AnyModule,
  { type, data }: DomainEvent,
  at: number,
  documents: Documents,
  keys: readonly string[],
) {
  const next: Documents = new Map()
  for (const key of keys) {
    // Asked anew for each key: folds that share something between them are found out.
    const folds = (module.evolve[type]?.(data, at) ?? []) as readonly (readonly [string, Fold])[]
    let document = documents.get(key) ?? undefined
    for (const [own, fold] of folds) if (own === key) document = fold(document) ?? undefined
    next.set(key, document)
  }
  return next
}

function problemsIn(module: AnyModule, run: SceneRun): string[] {
  const found: string[] = []
  const documents: Documents = new Map(Object.entries(run.given))
  for (const { type, data, at } of run.events) {
    if (!module.evolve[type] || !eventsOf(module).has(type)) {
      found.push(`event ${type} was recorded, but is not declared`)
      continue
    }
    try {
      const folds = module.evolve[type](data, at) as readonly (readonly [string, Fold])[]
      const together: Documents = new Map()
      for (const [key, fold] of folds) {
        const before = together.has(key) ? together.get(key) : documents.get(key)
        const next = fold(before ?? undefined)
        if (next === undefined) found.push(`evolve ${type} makes ${key} undefined: return null to forget it`)
        together.set(key, next ?? undefined)
      }
      const keys = [...together.keys()]
      for (const key of keys) {
        if (!documentSchema(module, key)) found.push(`evolve ${type} writes "${key}", whose kind is not declared`)
      }
      const apart = after(module, { type, data }, at, documents, keys.toReversed())
      for (const [key, document] of together) {
        if (text(document) !== text(apart.get(key)))
          found.push(`evolve ${type} makes another "${key}" when folded alone: it looks at more than that document`)
        documents.set(key, document)
      }
    } catch (error) {
      found.push(`evolve ${type} throws: ${(error as Error).message}`)
    }
  }
  return found
}

/** Declared names that no sample reaches, and excuses that are not needed. */
export function coverage(
  kind: string,
  declared: Iterable<string>,
  reached: ReadonlySet<string>,
  excused: Readonly<Record<string, string>> = {},
): string[] {
  const names = new Set(declared)
  const missed = [...names].filter(name => !reached.has(name) && !excused[name])
  const stale = Object.keys(excused).filter(name => reached.has(name) || !names.has(name))
  return [
    ...missed.map(name => `no sample reaches ${kind} "${name}"`),
    ...stale.map(name => `${kind} "${name}" is excused as unreached, but it is reached or not declared`),
  ]
}

export const evolution: Check = {
  id: 'MOD-6',
  says: 'every event is reached, and evolve accepts each, one document at a time',
  async look(subject: Subject) {
    const { module, samples } = subject
    const runs = await plainTrial(subject)
    const reached = new Set(runs.flatMap(({ events }) => events.map(({ type }) => type)))
    return findings([
      ...coverage('event', eventsOf(module).keys(), reached, samples.unreached?.events),
      ...runs.flatMap(run => problemsIn(module, run)),
    ])
  },
}
