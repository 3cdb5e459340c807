import type { Actor } from './ids.ts'
import type { Selection } from './module.ts'
import type { ViewSpec } from './words.ts'

/**
 * One input and what followed from it, as recorded. A record's position is its number within the engine, from 1.
 * Field names are short because there is one of these for every deed in the world, for ever.
 */
export interface JournalRecord {
  /** Kind of input. */
  readonly k: 'command' | 'reaction' | 'wake' | 'answer' | 'step' | 'settings' | 'awake'
  /** Command name, `slot/event` of a reaction, or key of a wake. */
  readonly n: string
  /** The input's data. */
  readonly d: unknown
  /** Who asked: player, session, roles. Only for commands. */
  readonly a?: Actor
  /** What was read elsewhere beforehand. */
  readonly b?: unknown
  /** When it was decided, UTC ms; never before the record before it. */
  readonly at: number
  /** World time then, ms. */
  readonly w: number
  /** Events: type and data. */
  readonly e: readonly (readonly [type: string, data: unknown])[]
  /** The reply. */
  readonly r?: unknown
  /** Timers set or cleared: key and UTC ms. */
  readonly t?: readonly (readonly [key: string, at: number | null])[]
  /** The engine that called, and the call's place in its journal. Only for commands that are calls. */
  readonly f?: readonly [engine: string, place: number]
  /** How many events lie between the person or timer that began it and this; absent for the beginning itself. */
  readonly x?: number
  /** Calls owed: slot, command, data. */
  readonly c?: readonly (readonly [slot: string, command: string, data: unknown])[]
}

/** One committed batch: one row. `seq` is the position of its last record. */
export interface JournalRow {
  readonly seq: number
  readonly count: number
  /** UTC ms. */
  readonly at: number
  /** The world's step number. */
  readonly step: number
  /** `module@version` that wrote it. */
  readonly provider: string
  readonly records: readonly JournalRecord[]
}

export interface DocumentRow {
  readonly key: string
  /** Position as of which `data` holds. */
  readonly seq: number
  /** Canonical JSON, or null when the document is gone but a timer is left. */
  readonly data: string | null
  readonly wakeAt: number | null
}

/** An engine as found by a host that has just taken it. */
export interface Taken {
  readonly epoch: number
  readonly head: number
  readonly checkpoint: number
  readonly provider: string | null
  readonly schema: number | null
  readonly lastAt: number | null
  readonly lastStep: number | null
  /** How far it has read each source engine, as event positions. */
  readonly offsets: Readonly<Record<string, number>>
}

/** Everything one batch writes. Applied whole, or not at all. */
export interface Commit {
  readonly engine: string
  readonly epoch: number
  readonly previousHead: number
  readonly head: number
  readonly checkpoint: number
  /** Absent for a commit that only saves documents. */
  readonly row?: Omit<JournalRow, 'records'> & {
    readonly schema: number
    readonly records: string
    readonly ids: Uint8Array
  }
  readonly documents: readonly DocumentRow[]
  readonly dropped: readonly string[]
  readonly offsets: Readonly<Record<string, number>>
  readonly calls: readonly CallRow[]
  /** Calls that an `answer` in this batch closes: position and number within its record. */
  readonly closed: readonly (readonly [seq: number, n: number])[]
  readonly views: readonly ViewWrite[]
}

export interface CallRow {
  readonly seq: number
  readonly n: number
  readonly target: string
}

/** `owed`: being tried. `parked`: could not get through; waits for an operator or the next start. */
export type CallState = 'owed' | 'parked'

export interface ViewWrite {
  /** Table name, see `viewTable`. */
  readonly table: string
  readonly spec: ViewSpec
  readonly put: readonly Readonly<Record<string, unknown>>[]
  readonly patch: readonly Readonly<Record<string, unknown>>[]
  readonly drop: readonly Readonly<Record<string, unknown>>[]
}

/** The table of a module's view. */
export const viewTable = (module: string, view: string): string => `view_${module}_${view}`.replace(/[^a-z0-9_]/g, '_')

/** Where engines' truth is kept. One transaction per commit; the fence decides who may write. */
export interface EngineStore {
  /** Takes the engine for this host: raises its epoch, which fences every earlier holder. Creates it when new. */
  take(engine: string, host: string): Promise<Taken>
  /** True when written; false when fenced (another host has taken the engine): nothing was written. */
  commit(commit: Commit): Promise<boolean>
  /** Documents by key; missing ones are left out. All of them when `keys` is undefined. */
  documents(engine: string, keys?: readonly string[]): Promise<readonly DocumentRow[]>
  /** Timers that are set, as of the checkpoint. */
  wakes(engine: string): Promise<readonly { readonly key: string; readonly wakeAt: number }[]>
  /** Journal rows that end after a position, oldest first, at most `limit`. */
  journal(engine: string, after: number, limit: number): Promise<readonly JournalRow[]>
  /** Ids of the rows written since a moment, in position order: 16 bytes each, zeros for records without one. */
  acceptedIds(
    engine: string,
    since: number,
  ): Promise<readonly { readonly seq: number; readonly count: number; readonly ids: Uint8Array }[]>
  /** The record at a position, or undefined when there is none. */
  record(engine: string, position: number): Promise<JournalRecord | undefined>
  /** Calls that are not answered yet, oldest first. */
  owed(engine: string): Promise<readonly (CallRow & { readonly attempts: number; readonly state: CallState })[]>
  /** Notes how a call fares, as long as this epoch still holds the engine. */
  noteCall(engine: string, epoch: number, call: CallRow, attempts: number, state: CallState): Promise<void>
  /** Creates the view's table when missing. */
  prepareView(table: string, spec: ViewSpec): Promise<void>
  select(
    engine: string,
    table: string,
    spec: ViewSpec,
    selection: Selection,
  ): Promise<readonly Readonly<Record<string, unknown>>[]>
}

/** Content-addressed, immutable objects: the SHA-256 is the name. */
export interface ObjectStore {
  put(bytes: Uint8Array): Promise<string>
  get(sha256: string): Promise<Uint8Array | undefined>
}

/** Time and chance as the host gets them. Replaced as a whole in a simulation. */
export interface Ambient {
  /** UTC ms. */
  readonly now: () => number
  /** Runs once after a delay; the returned function cancels. */
  readonly after: (ms: number, run: () => void) => () => void
  /** A random unsigned 32-bit integer, for seeds and ids. Never for secrets. */
  readonly random32: () => number
}
