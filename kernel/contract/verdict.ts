/** What an engine decided about one input: what happened, or why nothing did. */
export type Verdict<Event = DomainEvent, Reply = unknown, Code extends string = string> =
  | Accepted<Event, Reply>
  | Refused<Code>

/** Something that happened, in the past tense. `type` is declared by a capability (public) or by the module (private). */
export interface DomainEvent<Type extends string = string, Data = unknown> {
  readonly type: Type
  readonly data: Data
}

export interface Accepted<Event = DomainEvent, Reply = unknown> {
  readonly events: readonly Event[]
  /** What the sender is told. Recorded, so that a repeated command gets the same answer. */
  readonly reply?: Reply
  /** Timers to set (`at` in UTC ms) or clear (`null`), one per key. They come back as a journaled `wake` input. */
  readonly wakes?: readonly Wake[]
  /** Commands owed to other engines. Written in the same commit, sent after it, retried until answered. */
  readonly calls?: readonly Call[]
}

export interface Wake {
  readonly key: string
  readonly at: number | null
}

export interface Call {
  /** Which requirement's provider is called. */
  readonly slot: string
  readonly command: string
  readonly data: unknown
}

/** The rules say no. Nobody's fault; the person is shown the sentence the module declares for the code. */
export interface Refused<Code extends string = string> {
  readonly refused: Code
  /** Values for the `{placeholders}` of the declared sentence. */
  readonly params?: Readonly<Record<string, string | number>>
}

export const accept = <Event, Reply = undefined>(
  events: readonly Event[],
  rest: Omit<Accepted<Event, Reply>, 'events'> = {},
): Accepted<Event, Reply> => ({ events, ...rest })

export const refuse = <Code extends string>(code: Code, params?: Refused['params']): Refused<Code> =>
  params ? { refused: code, params } : { refused: code }

export const isRefused = (verdict: Verdict): verdict is Refused => 'refused' in verdict

/** Fills the `{placeholders}` of a declared sentence. Unknown placeholders stay visible, so that a mistake is seen. */
export const sentence = (template: string, params: Refused['params'] = {}): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
