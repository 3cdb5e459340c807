import {
  type Ambient,
  type EngineStore,
  eventPosition,
  Fault,
  type JournalRow,
  recordPosition,
} from '@worldloom/contract'
import { CAUSE_DEPTH_MAX } from './event-flow.ts'
import type { JournaledEngine } from './journaled-engine.ts'

/** Journal rows read at a time. */
const ROWS_PER_READ = 50
/** When reading fails, or the consumer takes nothing more for now, it looks again after this long. */
const LOOK_RETRY_MS = 1_000

export interface FollowerOptions {
  readonly consumer: JournaledEngine
  readonly source: string
  /** Event of the source to the reaction's name (`slot/event`). */
  readonly reactions: ReadonlyMap<string, string>
  readonly store: EngineStore
  readonly ambient: Ambient
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
  #cancelRetry: (() => void) | undefined

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
      this.#startOver(error as Error)
    } finally {
      this.#running = false
    }
  }

  /** Goes back to what the consumer has committed, and looks again after a while unless the consumer is no more. */
  #startOver(why: Error): void {
    const { consumer, source, ambient, onDefect } = this.#options
    if (this.#stopped || consumer.stopped) return
    this.#place = consumer.offset(source)
    this.#cancelRetry?.()
    this.#cancelRetry = ambient.after(LOOK_RETRY_MS, () => void this.look())
    if (!(why instanceof Fault)) onDefect(why)
  }

  /** Goes on where it was parked, as if the chain of causes began with that event. */
  retry(): Promise<void> {
    this.#pardoned = this.#parkedAt ?? this.#pardoned
    this.#parkedAt = undefined
    return this.look()
  }

  stop(): void {
    this.#stopped = true
    this.#cancelRetry?.()
  }

  async #read(): Promise<void> {
    const { source, store } = this.#options
    for (;;) {
      const rows = await store.journal(source, Math.max(0, recordPosition(this.#place) - 1), ROWS_PER_READ)
      const reactions = rows.flatMap(row => this.#reactionsTo(row))
      const tooDeep = reactions.findIndex(({ depth }) => depth > CAUSE_DEPTH_MAX)
      const ready = tooDeep < 0 ? reactions : reactions.slice(0, tooDeep)
      await Promise.all(ready.map(reaction => this.#hand(reaction)))
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

  /** Hands an event to the consumer. One that breaks its rule is set aside there, reported there, and done with. */
  async #hand({ name, data, place, depth }: Reaction): Promise<void> {
    const { consumer, source } = this.#options
    try {
      await consumer.input({ kind: 'reaction', name, data, depth }, { engine: source, position: place })
    } catch (error) {
      if (!(error instanceof Fault) || error.retry !== 'never') throw error
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
