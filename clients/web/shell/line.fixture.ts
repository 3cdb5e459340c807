import type { Capability } from '@worldloom/contract'
import type { Connection, ConnectionState } from '@worldloom/sdk'

/** A connection whose other end is the test: it says what happened and answers what is asked. */
export interface Line {
  readonly connection: Connection
  readonly asked: string[]
  /** An event from the server. */
  say(capability: Capability, name: string, data: unknown): void
  /** Answers to queries, by `capability/name`; a function may look at what was asked. */
  answers: Record<string, unknown | ((input: unknown) => unknown)>
  become(state: ConnectionState): void
}

export function createLine(): Line {
  const handlers = new Map<string, ((data: never) => void)[]>()
  const watchers = new Set<() => void>()
  let state: ConnectionState = { phase: 'connecting', attempt: 0 }
  const line: Line = {
    asked: [],
    answers: {},
    say(capability, name, data) {
      for (const handler of handlers.get(`${capability.id}/${name}`) ?? []) handler(data as never)
    },
    become(next) {
      state = next
      for (const watch of watchers) watch()
    },
    connection: {
      get state() {
        return state
      },
      subscribe(watch) {
        watchers.add(watch)
        return () => watchers.delete(watch)
      },
      now: () => 1_000_000,
      latencyMs: 20,
      enter: () => new Promise(() => undefined),
      command: () => new Promise(() => undefined),
      async query(capability, name, input) {
        const key = `${capability.id}/${name}`
        line.asked.push(key)
        const answer = line.answers[key]
        return (typeof answer === 'function' ? answer(input) : answer) as never
      },
      send: () => true,
      on(capability, name, handler) {
        const key = `${capability.id}/${name}`
        handlers.set(key, [...(handlers.get(key) ?? []), handler])
        return () => undefined
      },
      close: () => undefined,
    },
  }
  return line
}
