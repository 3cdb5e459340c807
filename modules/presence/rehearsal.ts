import type { Place } from '@worldloom/capabilities/movement'
import {
  type EventOf,
  type EventSpec,
  isRefused,
  type SourceEvents,
  type State,
  type Step,
  type Verdict,
  type z,
} from '@worldloom/contract'
import { presence } from './module.ts'
import { words } from './words.ts'

type W = typeof words
type Movement = SourceEvents<W, 'movement'>

/** A stage for tests: the module's rules in memory, one input after another, on a clock that the test moves. */
export class Rehearsal {
  at = 1_700_000_000_000
  readonly documents = new Map<string, unknown>()
  #ticks = 0
  readonly #state: State<W> = {
    get: key => this.documents.get(key) as never,
    all: kind => this.#all(kind) as never,
  }

  /** Reacts to an event of movement; answers what happened, private events included. */
  react<N extends keyof Movement>(event: N, data: Movement[N]): readonly EventOf<W>[] {
    const rule = presence.reflexes.react?.movement?.[event]
    return rule ? this.#play(rule(this.#state, data, this.#step())) : []
  }

  tick(): readonly EventOf<W>[] {
    const rule = presence.reflexes.tick
    this.at += 1000 / (presence.tickHz ?? 1)
    this.#ticks += 1
    return rule ? this.#play(rule(this.#state, this.#ticks - 1, this.#step())) : []
  }

  #play(verdict: Verdict<EventOf<W>>): readonly EventOf<W>[] {
    if (isRefused(verdict)) throw new Error(`refused: ${verdict.refused}`)
    for (const { type, data } of verdict.events) {
      eventSchema(type).parse(data)
      for (const [key, fold] of presence.evolve[type](data as never, Math.floor(this.at))) {
        const next = fold(this.documents.get(key) as never)
        if (next === null) this.documents.delete(key)
        else this.documents.set(key, documentSchema(key).parse(next))
      }
    }
    return verdict.events
  }

  *#all(kind: string): Iterable<readonly [string, unknown]> {
    for (const key of [...this.documents.keys()].sort()) {
      if (key.startsWith(`${kind}:`)) yield [key.slice(kind.length + 1), this.documents.get(key)]
    }
  }

  #step(): Step {
    return { at: Math.floor(this.at), world: 0, n: 0, dice: () => 0, newId: () => '', object: () => undefined }
  }
}

/** A place in a zone, for tests. */
export const placeIn = (player: string, zone: string, x = 0, y = 0, pose = 0): Place => ({
  player,
  zone,
  region: 'meadow',
  x,
  y,
  pose,
})

/** What is said and remembered must be what the words declare: the host trusts it on the hot path, so tests do not. */
const eventSchema = (type: string): z.ZodType => {
  const [capability] = words.provides
  const events: Readonly<Record<string, EventSpec>> = capability.events
  const schema = events[type]?.data ?? (words.events as Readonly<Record<string, z.ZodType>>)[type]
  if (!schema) throw new Error(`event "${type}" is not declared`)
  return schema
}

const documentSchema = (key: string): z.ZodType => {
  const schema = (words.documents as Readonly<Record<string, z.ZodType>>)[key.split(':')[0] ?? '']
  if (!schema) throw new Error(`a document "${key}" is not declared`)
  return schema
}
