import type { z } from 'zod'
import type { Capability, CommandSpec, EventSpec, QuerySpec } from './capability.ts'
import { Misfit } from './errors.ts'

/** A requirement: which capability, in which versions, and whether the module can live without it. */
export interface Need<C extends Capability = Capability> {
  readonly capability: C
  /** A SemVer range. */
  readonly range: string
  readonly mode: 'required' | 'optional'
  readonly multiplicity: '1' | 'many'
  readonly features: readonly string[]
}

export const required = <C extends Capability>(capability: C, range: string, features: readonly string[] = []) =>
  ({ capability, range, mode: 'required', multiplicity: '1', features }) satisfies Need<C>

export const optional = <C extends Capability>(capability: C, range: string, features: readonly string[] = []) =>
  ({ capability, range, mode: 'optional', multiplicity: '1', features }) satisfies Need<C>

/** A column of a view's rows. Times are UTC ms. */
export type ColumnType = 'text' | 'integer' | 'time' | 'json'

/**
 * A list of rows folded from an engine's events and written in the same transaction: for lists, search, ranks, and data
 * that only grows. Rows are told apart by engine and `key`.
 */
export interface ViewSpec {
  readonly columns: Readonly<Record<string, ColumnType>>
  readonly key: readonly string[]
  readonly indexes: readonly (readonly string[])[]
  /** Rows kept per engine; the oldest by key order of the first index fall away. */
  readonly rowsMax: number
}

export const view = <const V extends ViewSpec>(spec: V): V => spec

type Column<T extends ColumnType> = T extends 'text' ? string : T extends 'json' ? unknown : number
export type Row<V extends ViewSpec> = { readonly [C in keyof V['columns']]: Column<V['columns'][C]> | null }

/** What a module's words are made of: what it offers and needs, what it remembers, what happens, why it refuses. */
export interface Words {
  readonly provides: readonly Capability[]
  readonly requires: Readonly<Record<string, Need>>
  /** Kind of document to its schema. Keys are `kind` or `kind:id`. */
  readonly documents: Readonly<Record<string, z.ZodType>>
  /** Private events. Public ones are declared by the capabilities. */
  readonly events: Readonly<Record<string, z.ZodType>>
  /** Refusal code to one sentence for the person; `{placeholders}` are filled from the refusal's params. */
  readonly refusals: Readonly<Record<string, string>>
  readonly views: Readonly<Record<string, ViewSpec>>
  /** Settings that a game or world may give. */
  readonly settings: z.ZodType
}

/** Declares a module's words, once; everything else about them is inferred. Throws a Misfit when names clash. */
export function defineWords<
  const P extends readonly Capability[],
  const R extends Readonly<Record<string, Need>>,
  D extends Words['documents'],
  E extends Words['events'],
  const F extends Words['refusals'],
  const V extends Words['views'],
  S extends z.ZodType,
>(words: {
  readonly provides: P
  readonly requires: R
  readonly documents: D
  readonly events: E
  readonly refusals: F
  readonly views: V
  readonly settings: S
}) {
  const seen = new Map<string, string>()
  const claim = (kind: string, name: string, owner: string) => {
    const earlier = seen.get(`${kind} ${name}`)
    if (earlier) throw new Misfit('words-clash', `${kind} "${name}" is declared by ${earlier} and by ${owner}`)
    seen.set(`${kind} ${name}`, owner)
  }
  for (const capability of words.provides) {
    for (const name of Object.keys(capability.commands)) claim('command', name, capability.id)
    for (const name of Object.keys(capability.queries)) claim('query', name, capability.id)
    for (const name of Object.keys(capability.events)) claim('event', name, capability.id)
  }
  for (const name of Object.keys(words.events)) claim('event', name, 'the module')
  return words
}

// ---- inferred from the words -----------------------------------------------------------------------------------------

type Merge<U> = (U extends unknown ? (part: U) => void : never) extends (whole: infer I) => void ? I : never
type Offered<W extends Words, Part extends 'commands' | 'queries' | 'events'> = W['provides'] extends readonly []
  ? Record<never, never>
  : Merge<W['provides'][number][Part]>

export type CommandsOf<W extends Words> = Offered<W, 'commands'>
export type QueriesOf<W extends Words> = Offered<W, 'queries'>
export type InputOf<C> =
  C extends CommandSpec<infer I> ? z.output<I> : C extends QuerySpec<infer I> ? z.output<I> : never
export type ReplyOf<C> = C extends CommandSpec<z.ZodType, infer R> ? z.output<R> : never
export type AnswerOf<Q> = Q extends QuerySpec<z.ZodType, infer A> ? z.output<A> : never

type PublicData<E> = { [N in keyof E]: E[N] extends EventSpec<infer D> ? z.output<D> : never }
type PrivateData<E> = { [N in keyof E]: E[N] extends z.ZodType ? z.output<E[N]> : never }
export type EventsOf<W extends Words> = PublicData<Offered<W, 'events'>> & PrivateData<W['events']>
/** Any event of the module, as `{ type, data }`. */
export type EventOf<W extends Words> = {
  [N in keyof EventsOf<W> & string]: { readonly type: N; readonly data: EventsOf<W>[N] }
}[keyof EventsOf<W> & string]
export type CodeOf<W extends Words> = keyof W['refusals'] & string

export type KindOf<W extends Words> = keyof W['documents'] & string
export type DocumentOf<W extends Words, K extends KindOf<W>> = z.output<W['documents'][K]>
export type KeyOf<W extends Words> = { [K in KindOf<W>]: K | `${K}:${string}` }[KindOf<W>]
export type DocumentAt<W extends Words, Key extends string> =
  Key extends KindOf<W>
    ? DocumentOf<W, Key>
    : Key extends `${infer K}:${string}`
      ? K extends KindOf<W>
        ? DocumentOf<W, K>
        : never
      : never

/** Reads what an engine knows. Documents are immutable. */
export interface State<W extends Words> {
  /** Undefined when there is no such document. Throws a Defect when the rule did not ask for the key. */
  get<const Key extends KeyOf<W>>(key: Key): DocumentAt<W, Key> | undefined
  /** All documents of a kind: in key order for resident engines, in no promised order for ephemeral ones. Not for paged. */
  all<K extends KindOf<W>>(kind: K): Iterable<readonly [id: string, document: DocumentOf<W, K>]>
}

/** A document's next value, as a function of its last. Null forgets it. Must not look at anything else. */
export type Fold<W extends Words> = {
  [K in KindOf<W>]: readonly [
    key: K | `${K}:${string}`,
    fold: (document: DocumentOf<W, K> | undefined) => DocumentOf<W, K> | null,
  ]
}[KindOf<W>]

/** Events of a requirement, by slot, for reactions. */
export type SourceEvents<W extends Words, Slot extends keyof W['requires']> =
  W['requires'][Slot] extends Need<infer C> ? PublicData<C['events']> : never
export type SourceQueries<W extends Words, Slot extends keyof W['requires']> =
  W['requires'][Slot] extends Need<infer C> ? C['queries'] : never
export type ViewsOf<W extends Words> = W['views']
