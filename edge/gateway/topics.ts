/** Someone in a world who can be written to. */
export interface Listener {
  readonly topics: Set<string>
  write(frame: Buffer, droppable: boolean): void
}

/** Who listens to which topic of one world. A frame is made once, by the publisher, and written to every listener. */
export class Topics {
  readonly #listeners = new Map<string, Set<Listener>>()

  join(topic: string, listener: Listener): void {
    let listeners = this.#listeners.get(topic)
    if (!listeners) {
      listeners = new Set()
      this.#listeners.set(topic, listeners)
    }
    listeners.add(listener)
    listener.topics.add(topic)
  }

  leave(topic: string, listener: Listener): void {
    listener.topics.delete(topic)
    const listeners = this.#listeners.get(topic)
    if (!listeners?.delete(listener)) return
    // Topics are named after places and people, which come and go: an empty one must not stay.
    if (listeners.size === 0) this.#listeners.delete(topic)
  }

  leaveAll(listener: Listener): void {
    for (const topic of [...listener.topics]) this.leave(topic, listener)
  }

  /** False when nobody listens, so that nothing need be encoded. */
  has(topic: string): boolean {
    return this.#listeners.has(topic)
  }

  publish(topic: string, frame: Buffer, droppable: boolean): void {
    const listeners = this.#listeners.get(topic)
    if (!listeners) return
    for (const listener of listeners) listener.write(frame, droppable)
  }

  get size(): number {
    return this.#listeners.size
  }
}
