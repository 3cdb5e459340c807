import { type EngineStore, eventPosition, recordPosition } from '@worldloom/contract'
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

/**
 * Reads a source's journal for an engine that reacts to it, from the offset that the engine itself has committed: every
 * event is reacted to exactly once in effect. Being told of news only makes it look; missing that loses nothing.
 */
export class Follower {
  readonly #options: FollowerOptions
  #place: number
  #running = false
  #again = false
  #stopped = false

  constructor(options: FollowerOptions) {
    this.#options = options
    this.#place = options.consumer.offset(options.source)
  }

  /** There may be something new. Resolves when everything there was has been reacted to. */
  async look(): Promise<void> {
    this.#again = true
    if (this.#running) return
    this.#running = true
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false
        await this.#read()
      }
    } catch (error) {
      if (!this.#stopped) this.#options.onDefect(error as Error)
    } finally {
      this.#running = false
    }
  }

  stop(): void {
    this.#stopped = true
  }

  async #read(): Promise<void> {
    const { consumer, source, reactions, store } = this.#options
    for (;;) {
      const rows = await store.journal(source, Math.max(0, recordPosition(this.#place) - 1), ROWS_PER_READ)
      const reacting: Promise<unknown>[] = []
      for (const row of rows) {
        row.records.forEach((record, index) => {
          record.e.forEach(([type, data], n) => {
            const place = eventPosition(row.seq - row.count + 1 + index, n)
            const name = reactions.get(type)
            if (name === undefined || place <= this.#place) return
            reacting.push(consumer.input({ kind: 'reaction', name, data }, { engine: source, position: place }))
          })
        })
      }
      await Promise.all(reacting)
      const last = rows.at(-1)
      if (last) this.#place = Math.max(this.#place, eventPosition(last.seq + 1, 0) - 1)
      if (rows.length < ROWS_PER_READ || this.#stopped) return
    }
  }
}
