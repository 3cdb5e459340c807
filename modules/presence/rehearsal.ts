import type { Place } from '@worldloom/capabilities/movement'
import { type EventOf, isRefused, type SourceEvents, type State, type Step, type Verdict } from '@worldloom/contract'
import { presence } from './module.ts'
import type { words } from './words.ts'

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
      for (const [key, fold] of presence.evolve[type](data as never, this.at)) {
        const next = fold(this.documents.get(key) as never)
        if (next === null) this.documents.delete(key)
        else this.documents.set(key, next)
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
