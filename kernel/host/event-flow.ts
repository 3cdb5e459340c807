import type { Published } from './running-world.ts'

/** How far a chain of reactions may go: an event's reaction's event's reaction… Beyond it the chain is cut and reported. */
export const CAUSE_DEPTH_MAX = 8

type Listener = (published: Published) => void

/**
 * Delivers a world's public events within the process: to ephemeral engines that react, then to listeners, each event
 * fully before the next. A reaction's own events queue up behind, so everybody sees them in one order.
 */
export class EventFlow {
  /** By capability, then event: nothing is put together to find them. */
  readonly #reactors = new Map<string, Map<string, Listener[]>>()
  readonly #listeners = new Set<Listener>()
  readonly #queue: { readonly published: Published; readonly depth: number }[] = []
  readonly #onRunaway: (published: Published) => void
  #depth = 0
  #draining = false

  constructor(onRunaway: (published: Published) => void) {
    this.#onRunaway = onRunaway
  }

  /** Registers a reaction of an ephemeral engine. */
  react(capability: string, event: string, run: Listener): void {
    const byEvent = this.#reactors.get(capability) ?? new Map<string, Listener[]>()
    this.#reactors.set(capability, byEvent.set(event, [...(byEvent.get(event) ?? []), run]))
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  publish(published: Published): void {
    if (this.#depth >= CAUSE_DEPTH_MAX) {
      this.#onRunaway(published)
      return
    }
    if (this.#draining) {
      this.#queue.push({ published, depth: this.#depth })
      return
    }
    this.#draining = true
    try {
      this.#deliver(published, 0)
      for (let next = this.#queue.shift(); next; next = this.#queue.shift()) this.#deliver(next.published, next.depth)
    } finally {
      this.#draining = false
      this.#depth = 0
    }
  }

  #deliver(published: Published, depth: number): void {
    this.#depth = depth + 1
    const reactors = this.#reactors.get(published.capability)?.get(published.event)
    if (reactors) for (const run of reactors) run(published)
    for (const listener of this.#listeners) listener(published)
  }
}
