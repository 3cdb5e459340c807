import { Misfit } from './errors.ts'
import type { Actor } from './ids.ts'
import type { Clock, Step } from './step.ts'
import type { Verdict } from './verdict.ts'
import type {
  AnswerOf,
  CodeOf,
  CommandsOf,
  EventOf,
  EventsOf,
  Fold,
  InputOf,
  KeyOf,
  QueriesOf,
  ReplyOf,
  Row,
  SourceEvents,
  State,
  ViewSpec,
  Words,
} from './words.ts'

/** A command as a rule sees it: what is asked, by whom, and what was read elsewhere beforehand (advice, recorded). */
export interface Asked<Input = unknown> {
  readonly input: Input
  readonly actor: Actor
  readonly before: unknown
}

/** What a world or game gave this engine. Recorded as the engine's first input, and again whenever it changes. */
export interface Settings<W extends Words> {
  readonly world: string
  readonly seed: string
  readonly clock: Clock
  /** Name of an immutable object, such as `map`, to its SHA-256. */
  readonly objects: Readonly<Record<string, string>>
  readonly module: W['settings'] extends { _output: infer S } ? S : unknown
}

/** The engine was taken by a host: after creation, a restart, or a move. */
export interface Awakening {
  readonly epoch: number
  /** Time of the last recorded input, or null for a new engine. */
  readonly lastAt: number | null
}

/** Pure: may refuse; never throws, never waits, never looks around. One rule for every command offered. */
export type Decide<W extends Words> = {
  readonly [N in keyof CommandsOf<W>]: (
    state: State<W>,
    command: Asked<InputOf<CommandsOf<W>[N]>>,
    step: Step,
  ) => Verdict<EventOf<W>, ReplyOf<CommandsOf<W>[N]>, CodeOf<W>>
}

/** Which documents a command touches. May ask again once those are loaded, at most `KEY_ROUNDS_MAX` times. */
export type Keys<W extends Words> = {
  readonly [N in keyof CommandsOf<W>]?: (
    command: Asked<InputOf<CommandsOf<W>[N]>>,
    loaded: State<W>,
  ) => readonly KeyOf<W>[]
}

/** How documents follow from events. May not refuse: it already happened. Each fold sees its own document only. */
export type Evolve<W extends Words> = {
  readonly [N in keyof EventsOf<W>]: (data: EventsOf<W>[N], at: number) => readonly Fold<W>[]
}

type RuleVerdict<W extends Words> = Verdict<EventOf<W>, undefined, CodeOf<W>>

/** What an engine does by itself: because a source's event happened, a timer rang, the world stepped, or it woke. */
export interface Reflexes<W extends Words> {
  readonly settings?: (state: State<W>, settings: Settings<W>, step: Step) => RuleVerdict<W>
  readonly awake?: (state: State<W>, awakening: Awakening, step: Step) => RuleVerdict<W>
  /** By slot, then by event of the capability in it. */
  readonly react?: {
    readonly [Slot in keyof W['requires']]?: {
      readonly [N in keyof SourceEvents<W, Slot>]?: (
        state: State<W>,
        data: SourceEvents<W, Slot>[N],
        step: Step,
      ) => RuleVerdict<W>
    }
  }
  /** Documents that a reaction touches (paged engines). */
  readonly reactKeys?: {
    readonly [Slot in keyof W['requires']]?: {
      readonly [N in keyof SourceEvents<W, Slot>]?: (data: SourceEvents<W, Slot>[N]) => readonly KeyOf<W>[]
    }
  }
  readonly wake?: (state: State<W>, key: KeyOf<W>, step: Step) => RuleVerdict<W>
  /** The answer to a call: the callee's reply or its refusal. Only this may trigger compensation. */
  readonly answer?: (state: State<W>, answer: CallAnswer, step: Step) => RuleVerdict<W>
  /** Documents that an answer touches (paged engines). */
  readonly answerKeys?: (answer: CallAnswer) => readonly KeyOf<W>[]
  /** One world step. Those without events leave no trace. */
  readonly step?: (state: State<W>, n: number, step: Step) => RuleVerdict<W>
  /** One tick of an ephemeral engine. `n` counts ticks since the engine woke. */
  readonly tick?: (state: State<W>, n: number, step: Step) => RuleVerdict<W>
}

export interface CallAnswer {
  readonly slot: string
  readonly command: string
  readonly data: unknown
  readonly reply?: unknown
  readonly refused?: string
}

/** Rows to be read from a view by the host; `shape` turns them into the answer. */
export interface Selection<Answer = unknown> {
  readonly view: string
  readonly where: Readonly<Record<string, string | number | null>>
  /** Column to order by, newest first when `descending`. */
  readonly orderBy: string
  readonly descending: boolean
  /** Only rows whose ordering column is below (descending) or above this: how a page is continued. */
  readonly after?: string | number
  readonly limit: number
  readonly shape: (rows: readonly Readonly<Record<string, unknown>>[]) => Answer
}

/** When a query is asked, and what was read elsewhere beforehand. */
export interface Moment extends Pick<Step, 'at' | 'world' | 'n' | 'object'> {
  readonly clock: Clock
  readonly before: unknown
}

/** Pure: an answer from committed documents, or the rows to read it from. */
export type Queries<W extends Words> = {
  readonly [N in keyof QueriesOf<W>]: (
    state: State<W>,
    input: InputOf<QueriesOf<W>[N]>,
    actor: Actor,
    moment: Moment,
  ) => AnswerOf<QueriesOf<W>[N]> | Selection<AnswerOf<QueriesOf<W>[N]>>
}

/** A change of a view's rows. `put` replaces the row of that key, `patch` sets columns of it, `drop` removes it. */
export type RowChange<V extends ViewSpec> =
  | { readonly put: Row<V> }
  | { readonly patch: Partial<Row<V>> }
  | { readonly drop: Partial<Row<V>> }

/** How a view's rows follow from events. */
export type Views<W extends Words> = {
  readonly [V in keyof W['views']]: {
    readonly [N in keyof EventsOf<W>]?: (data: EventsOf<W>[N], at: number) => readonly RowChange<W['views'][V]>[]
  }
}

/** Reads from the provider in a slot; undefined when an optional slot is empty. */
export type Ask<W extends Words> = (
  slot: keyof W['requires'] & string,
  query: string,
  input: unknown,
) => Promise<unknown>

/**
 * Reads elsewhere before a command is decided or a query answered. The result is recorded with a command and is advice:
 * what must hold is a call. A command's input may be replaced, for example a password by its hash.
 */
export type Before<W extends Words> = {
  readonly [N in keyof CommandsOf<W> | keyof QueriesOf<W>]?: (
    ask: Ask<W>,
    input: N extends keyof CommandsOf<W>
      ? InputOf<CommandsOf<W>[N]>
      : N extends keyof QueriesOf<W>
        ? InputOf<QueriesOf<W>[N]>
        : never,
    actor: Actor,
  ) => Promise<{ readonly input?: unknown; readonly before?: unknown }>
}

/** Hard bounds, enforced before a rule is asked. */
export interface Limits {
  readonly commandBytesMax: number
  readonly keysPerCommandMax: number
  readonly documentBytesMax: number
  readonly documentsMax: number
}

export const LIMITS: Limits = {
  commandBytesMax: 16_384,
  keysPerCommandMax: 64,
  documentBytesMax: 65_536,
  documentsMax: 100_000,
}

/** Times a rule may ask for more documents before its command counts as a defect. */
export const KEY_ROUNDS_MAX = 3

/**
 * How an engine keeps its state. `resident`: journaled, few documents, all in memory. `paged`: journaled, many
 * documents, loaded on demand. `ephemeral`: in memory only, gone with its host.
 */
export type Keeping = 'resident' | 'paged' | 'ephemeral'

export interface Module<W extends Words = Words> {
  readonly id: string
  readonly version: string
  /** Version of the documents' and events' schemas. */
  readonly schema: number
  readonly words: W
  readonly keeping: Keeping
  /** Ticks per second of an ephemeral engine. */
  readonly tickHz?: number
  readonly limits: Limits
  readonly keys: Keys<W>
  readonly decide: Decide<W>
  readonly evolve: Evolve<W>
  readonly reflexes: Reflexes<W>
  readonly queries: Queries<W>
  readonly views: Views<W>
  readonly before: Before<W>
}

/** A module of any words, as the host sees it. */
// biome-ignore lint/suspicious/noExplicitAny: rules are contravariant in their words; the host checks data against the schemas instead
export type AnyModule = Module<any>

/** Declares a module: wiring only. Throws a Misfit that lists everything that does not fit. */
export function defineModule<W extends Words>(
  spec: Omit<Module<W>, 'limits' | 'keys' | 'reflexes' | 'before' | 'views' | 'queries'> & {
    readonly limits?: Partial<Limits>
    readonly keys?: Keys<W>
    readonly reflexes?: Reflexes<W>
    readonly before?: Before<W>
    readonly views?: Views<W>
    readonly queries?: Queries<W>
  },
): Module<W> {
  const module: Module<W> = {
    keys: {},
    reflexes: {},
    before: {},
    views: {} as Views<W>,
    queries: {} as Queries<W>,
    ...spec,
    limits: { ...LIMITS, ...spec.limits },
  }
  const problems = moduleProblems(module)
  if (problems.length > 0) throw new Misfit('module-invalid', `module ${spec.id}: ${problems.join('; ')}`)
  return module
}

function moduleProblems(module: AnyModule): string[] {
  const { words } = module
  const problems: string[] = []
  const declared = (part: 'commands' | 'queries' | 'events') =>
    words.provides.flatMap((c: Words['provides'][number]) => Object.keys(c[part]))
  const missing = (kind: string, names: readonly string[], rules: object) => {
    for (const name of names) if (!Object.hasOwn(rules, name)) problems.push(`${kind} "${name}" has no rule`)
  }
  if (words.provides.length === 0) problems.push('it provides no capability')
  missing('command', declared('commands'), module.decide)
  missing('query', declared('queries'), module.queries)
  missing('event', [...declared('events'), ...Object.keys(words.events)], module.evolve)
  missing('view', Object.keys(words.views), module.views)
  if (module.keeping === 'paged') missing('keys of command', declared('commands'), module.keys)
  if (module.keeping === 'ephemeral' && Object.keys(words.views).length > 0)
    problems.push('an ephemeral module keeps no views')
  if (module.reflexes.tick && module.keeping !== 'ephemeral')
    problems.push('only an ephemeral module ticks; use world steps')
  if (module.reflexes.tick && !module.tickHz) problems.push('it ticks but says no tickHz')
  for (const slot of Object.keys(module.reflexes.react ?? {})) {
    if (!Object.hasOwn(words.requires, slot)) problems.push(`it reacts to slot "${slot}" that it does not require`)
  }
  return problems
}
