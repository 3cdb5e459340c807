import type { Ambient, AnyModule, EngineStore, JournalRecord, Settings, Words } from '@worldloom/contract'
import type { CourierOptions } from './courier.ts'
import type { Input } from './decision.ts'

/** What an input came from, besides a person: settled in the same commit. */
export interface Source {
  /** A reaction: the source engine, and the event's place in its journal. */
  readonly engine?: string
  readonly position?: number
  /** An answer: the call that it closes. */
  readonly closes?: readonly [seq: number, n: number]
}

/** A committed record, for readers in this process. */
export interface Committed {
  readonly engine: string
  readonly position: number
  readonly record: JournalRecord
}

export interface EngineOptions {
  readonly id: string
  readonly host: string
  readonly module: AnyModule
  readonly settings: Settings<Words>
  readonly object: (name: string) => unknown
  readonly store: EngineStore
  readonly ambient: Ambient
  /** The engine behind a slot, for calls. */
  readonly targetOf: (slot: string) => string
  readonly deliver: CourierOptions['deliver']
  /** Called for every committed record, in order. */
  readonly onCommitted: (committed: Committed) => void
  /** Called once when the engine stops by itself: fenced, or broken. */
  readonly onStopped: (why: Error) => void
  /** Called for a defect that spoils one input only. */
  readonly onDefect: (why: Error, input: Input) => void
}
