import type { AnyModule, CallRow, Commit, JournalRecord } from '@worldloom/contract'
import { packId } from './accepted-ids.ts'
import type { Slice } from './document-memory.ts'
import type { Outcome } from './running-world.ts'
import { ViewChanges } from './view-changes.ts'

/** Inputs in one journal row. Bounds the row's size and how long one decision round holds the event loop. */
export const RECORDS_PER_BATCH_MAX = 1_000

/** One accepted input in a batch. */
interface Entry {
  readonly record: JournalRecord
  /** The record as canonical JSON. */
  readonly text: string
  /** The command's id; absent for inputs that are not commands. */
  readonly id: string | undefined
}

/** An input decided on top of this batch, who waits for it, and how it came out. */
export interface Settlement<Waiting> {
  readonly waiting: Waiting
  readonly outcome: Outcome
  readonly recorded: boolean
}

/** The batch being decided: what will be one journal row, and whom to tell when it is written. */
export class Batch<Waiting> {
  readonly entries: Entry[] = []
  readonly settlements: Settlement<Waiting>[] = []
  readonly offsets: Record<string, number> = {}
  /** Calls that answers in this batch close. */
  readonly closed: (readonly [seq: number, n: number])[] = []
  /** Position of its first record. */
  readonly first: number

  constructor(first: number) {
    this.first = first
  }

  /** Position of the last record, or of the record before the first when there is none. */
  get head(): number {
    return this.first + this.entries.length - 1
  }

  /** Whether there is anything to write. */
  get writesNothing(): boolean {
    return this.entries.length === 0 && this.closed.length === 0 && Object.keys(this.offsets).length === 0
  }

  /** Everything that one commit writes. */
  commit(
    engine: { readonly id: string; readonly epoch: number; readonly module: AnyModule; readonly step: number },
    slice: Slice,
    targetOf: (slot: string) => string,
  ): Commit {
    const { module } = engine
    const views = new ViewChanges(module)
    const calls: CallRow[] = []
    const ids = new Uint8Array(16 * this.entries.length)
    this.entries.forEach(({ record, id }, index) => {
      for (const [type, data] of record.e) views.add({ type, data }, record.at)
      record.c?.forEach(([slot], n) => {
        calls.push({ seq: this.first + index, n, target: targetOf(slot) })
      })
      if (id) packId(id, ids, 16 * index)
    })
    const last = this.entries.at(-1)
    return {
      engine: engine.id,
      epoch: engine.epoch,
      previousHead: this.first - 1,
      head: this.head,
      checkpoint: slice.checkpoint,
      ...(last && {
        row: {
          seq: this.head,
          count: this.entries.length,
          at: last.record.at,
          step: engine.step,
          provider: `${module.id}@${module.version}`,
          schema: module.schema,
          records: `[${this.entries.map(({ text }) => text).join(',')}]`,
          ids,
        },
      }),
      documents: slice.rows,
      dropped: slice.dropped,
      offsets: this.offsets,
      calls,
      closed: this.closed,
      views: views.writes(),
    }
  }
}
