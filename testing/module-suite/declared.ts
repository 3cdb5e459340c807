import type { AnyModule, Capability, CommandSpec, EventSpec, Need, QuerySpec, z } from '@worldloom/contract'

/** An event's schema; `binary` when clients get it as bytes. */
export interface DeclaredEvent {
  readonly data: z.ZodType
  readonly binary: EventSpec['binary'] | undefined
}

const provided = (module: AnyModule): readonly Capability[] => module.words.provides

export const commandsOf = (module: AnyModule): ReadonlyMap<string, CommandSpec> =>
  new Map(provided(module).flatMap(({ commands }) => Object.entries(commands)))

export const queriesOf = (module: AnyModule): ReadonlyMap<string, QuerySpec> =>
  new Map(provided(module).flatMap(({ queries }) => Object.entries(queries)))

/** Public and private events. */
export const eventsOf = (module: AnyModule): ReadonlyMap<string, DeclaredEvent> =>
  new Map<string, DeclaredEvent>([
    ...provided(module).flatMap(({ events }) =>
      Object.entries(events).map(([name, { data, binary }]) => [name, { data, binary }] as const),
    ),
    ...Object.entries(module.words.events as Readonly<Record<string, z.ZodType>>).map(
      ([name, data]) => [name, { data, binary: undefined }] as const,
    ),
  ])

export const needsOf = (module: AnyModule): Readonly<Record<string, Need>> => module.words.requires

export const refusalsOf = (module: AnyModule): Readonly<Record<string, string>> => module.words.refusals

/** The schema of a document by its key; undefined when its kind is not declared. */
export function documentSchema(module: AnyModule, key: string): z.ZodType | undefined {
  const documents = module.words.documents as Readonly<Record<string, z.ZodType>>
  const kind = key.split(':')[0] ?? ''
  return Object.hasOwn(documents, kind) ? documents[kind] : undefined
}

/** Splits `slot/name`. */
export function slotted(name: string): readonly [slot: string, name: string] {
  const slash = name.indexOf('/')
  return [name.slice(0, slash), name.slice(slash + 1)]
}
