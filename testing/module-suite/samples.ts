/**
 * What a module is tried on: inputs in an order that reaches every event and every refusal it declares. Plain data, so
 * that a module can carry it without knowing the suite. Every field but `inputs` may be left out.
 */
export interface Samples {
  /** Settings that a game gives the module. Default: none. */
  readonly settings?: unknown
  /** Immutable objects of the world by name, for example a small World file as `map`. */
  readonly objects?: Readonly<Record<string, unknown>>
  readonly inputs: readonly Sample[]
  /** Other engines of the module, each with its own beginning: for what ordinary inputs take too long to reach. */
  readonly scenes?: Readonly<Record<string, Scene>>
  /** What the other ends answer to calls, by `slot/command`: `{ reply }` or `{ refused }`. */
  readonly answers?: Readonly<Record<string, unknown>>
  /** What no input can reach, and why. An excuse that has become untrue is reported. */
  readonly unreached?: {
    readonly events?: Readonly<Record<string, string>>
    readonly refusals?: Readonly<Record<string, string>>
  }
}

/** An engine that begins with documents already there. Journaled modules only. */
export interface Scene {
  readonly given: Readonly<Record<string, unknown>>
  /** False: the module's `awake` rule is left out, so that it does not clear away what is given. */
  readonly awakens?: boolean
  readonly inputs: readonly Sample[]
}

/** One input, told apart by its first field. */
export type Sample = CommandSample | QuerySample | ReactionSample | PassSample | RestartSample | RegroundSample

/** Someone asks for something. */
export interface CommandSample {
  readonly command: string
  readonly input: unknown
  /** Who; nobody (the platform) when left out. */
  readonly player?: string
  readonly roles?: readonly string[]
  /** What `before` reads elsewhere, by `slot/query`. */
  readonly reads?: Readonly<Record<string, unknown>>
  /** The refusal it must get; when left out, it must not be refused at all. */
  readonly refused?: string
}

export interface QuerySample {
  readonly query: string
  readonly input: unknown
  readonly player?: string
  readonly roles?: readonly string[]
  readonly reads?: Readonly<Record<string, unknown>>
  /** The answer it must get; any when left out. */
  readonly answer?: unknown
}

/** An event of another engine, named `slot/event`. */
export interface ReactionSample {
  readonly event: string
  readonly data: unknown
}

/** Time passes: timers ring, world steps and ticks come. */
export interface PassSample {
  readonly passMs: number
}

/** The host goes down and comes up again. */
export interface RestartSample {
  readonly restart: boolean
}

/** The world gets other objects or settings. A journaled engine is opened anew with them, as after a restart. */
export interface RegroundSample {
  readonly reground: { readonly settings?: unknown; readonly objects?: Readonly<Record<string, unknown>> }
}
