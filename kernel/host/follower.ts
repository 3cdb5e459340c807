import { type EngineStore, eventPosition, type JournalRow, recordPosition } from '@worldloom/contract'
import { CAUSE_DEPTH_MAX } from './event-flow.ts'
import type { JournaledEngine } from './journaled-engine.ts'

/** Journal rows read at a time. */
const ROWS_PER_READ = 50

export interface FollowerOptions {
  readonly consumer: JournaledEngine
  readonly source: string
  /** Event of the source to the reaction's name (`slot/event`). */
  readonly reactions: ReadonlyMap<string, string>
  readonly store: EngineStore
  readonly onDefect: (why: Error) => void
}

/** An event of the source that the consumer reacts to. */
interface Reaction {
  readonly name: string
  readonly data: unknown
  readonly place: number
  readonly depth: number
}

/**
 * Reads a source's journal for an engine that reacts to it, from the offset that the engine itself has committed: every
 * event is reacted to exactly once in effect. Being told of news only makes it look; missing that loses nothing. An event
 * at the end of too long a chain of causes parks it: it reads no further until an operator says so.
 */
export class Follower {
  readonly #options: FollowerOptions
  #place: number
  #parkedAt: number | undefined
  #pardoned = 0
  #running = false
  #again = false
  #stopped = false

  constructor(options: FollowerOptions) {
    this.#options = options
    this.#place = options.consumer.offset(options.source)
  }

  /** Place of the event that it does not pass, if any. */
  get parkedAt(): number | undefined {
    return this.#parkedAt
  }

  /** There may be something new. Resolves when everything there was has been reacted to. */
  async look(): Promise<void> {
    this.#again = true
    if (this.#running) return
    this.#running = true
    try {
      while (this.#again && !this.#stopped && this.#parkedAt === undefined) {
        this.#again = false
        await this.#read()
      }
    } catch (error) {
      if (!this.#stopped) this.#options.onDefect(error as Error)
    } finally {
      this.#running = false
    }
  }

  /** Goes on where it was parked, as if the chain of causes began with that event. */
  retry(): Promise<void> {
    this.#pardoned = this.#parkedAt ?? this.#pardoned
    this.#parkedAt = undefined
    return this.look()
  }

  stop(): void {
    this.#stopped = true
  }

  async #read(): Promise<void> {
    const { consumer, source, store } = this.#options
    for (;;) {
      const rows = await store.journal(source, Math.max(0, recordPosition(this.#place) - 1), ROWS_PER_READ)
      const reactions = rows.flatMap(row => this.#reactionsTo(row))
      const tooDeep = reactions.findIndex(({ depth }) => depth > CAUSE_DEPTH_MAX)
      const ready = tooDeep < 0 ? reactions : reactions.slice(0, tooDeep)
      await Promise.all(
        ready.map(({ name, data, place, depth }) =>
          consumer.input({ kind: 'reaction', name, data, depth }, { engine: source, position: place }),
        ),
      )
      if (tooDeep >= 0) {
        this.#parkedAt = reactions[tooDeep]?.place
        this.#place = ready.at(-1)?.place ?? this.#place
        return
      }
      const last = rows.at(-1)
      if (last) this.#place = Math.max(this.#place, eventPosition(last.seq + 1, 0) - 1)
      if (rows.length < ROWS_PER_READ || this.#stopped) return
    }
  }

  #reactionsTo(row: JournalRow): Reaction[] {
    return row.records.flatMap((record, index) =>
      record.e.flatMap(([type, data], n) => {
        const place = eventPosition(row.seq - row.count + 1 + index, n)
        const name = this.#options.reactions.get(type)
        if (name === undefined || place <= this.#place) return []
        return [{ name, data, place, depth: place === this.#pardoned ? 1 : (record.x ?? 0) + 1 }]
      }),
    )
  }
}
