import {
  type Actor,
  type Ambient,
  type AnyModule,
  type Asked,
  type DomainEvent,
  isRefused,
  type Settings,
  type State,
  type Step,
  sentence,
  type Verdict,
  WORLD_STEP_MS,
  type Words,
} from '@worldloom/contract'
import { type Input, ruleFor, worldAt } from './decision.ts'
import { diceFor } from './dice.ts'
import { type Cell, idOf, kindOf } from './document-memory.ts'
import { ABSENT } from './evolution.ts'
import { checkCommandSize } from './limits.ts'
import type { Outcome } from './running-world.ts'

/** An engine that nothing came in to and that said nothing for this long stops ticking until something comes in. */
export const QUIET_MS = 1_000

export interface EphemeralOptions {
  readonly id: string
  readonly module: AnyModule
  readonly settings: Settings<Words>
  readonly object: (name: string) => unknown
  readonly ambient: Ambient
  /** Called for every event, in order, before the input's outcome is returned. */
  readonly onEvent: (event: DomainEvent) => void
  readonly onDefect: (why: Error, input: Input) => void
}

/**
 * An engine without a journal: the same rules, decided at once, gone with its host. Movement, presence and media live
 * here, so nothing on this path waits, parses or copies.
 */
export class EphemeralEngine {
  readonly id: string
  readonly module: AnyModule
  readonly #options: EphemeralOptions
  readonly #documents = new Map<string, Kept>()
  readonly #kinds = new Map<string, Set<Kept>>()
  readonly #state: State<Words>
  #inputs = 0
  #ticks = 0
  #at = 0
  #due = 0
  #quietTicks = 0
  #awake = false
  #cancelTick: (() => void) | undefined

  constructor(options: EphemeralOptions) {
    this.id = options.id
    this.module = options.module
    this.#options = options
    this.#state = this.#newState()
  }

  /** Lets the engine see its settings, wake, and begin to tick. */
  start(epoch: number): void {
    this.input({ kind: 'settings', name: '', data: this.#options.settings })
    this.input({ kind: 'awake', name: '', data: { epoch, lastAt: null } })
    this.#awake = true
    this.#stir()
  }

  stop(): void {
    this.#awake = false
    this.#cancelTick?.()
    this.#cancelTick = undefined
  }

  readCommitted = (key: string): Cell => {
    const kept = this.#documents.get(key)
    return kept ? { data: kept.data, seq: 0, wakeAt: null } : ABSENT
  }

  keysOf = (kind: string): readonly string[] => {
    const ids = [...(this.#kinds.get(kind) ?? [])].map(({ id }) => id).sort()
    return ids.map(id => (id === '' ? kind : `${kind}:${id}`))
  }

  /** Decides a command now. */
  command(name: string, data: unknown, actor: Actor, before?: unknown): Outcome {
    checkCommandSize(this.module, data)
    return this.input({ kind: 'command', name, data, actor, before })
  }

  input(input: Input): Outcome {
    if (input.kind !== 'tick') this.#stir()
    const rule = ruleFor(this.module, input)
    if (!rule) return {}
    try {
      return this.#apply(rule(this.#state, this.#step(input.kind, ++this.#inputs)))
    } catch (error) {
      this.#options.onDefect(error as Error, input)
      throw error
    }
  }

  /** The reaction to one event of one slot, found once and not at every event. Undefined when there is none. */
  reactor(slot: string, event: string): ((data: unknown) => void) | undefined {
    const rule = this.module.reflexes.react?.[slot]?.[event]
    if (!rule) return undefined
    const name = `${slot}/${event}`
    return data => {
      this.#stir()
      try {
        this.#apply(rule(this.#state, data, this.#step('reaction', ++this.#inputs)))
      } catch (error) {
        // Told and left at that: the event's other readers must still get it.
        this.#options.onDefect(error as Error, { kind: 'reaction', name, data })
      }
    }
  }

  /** The hot path: a command whose input needs no wrapping beyond what the rule is given. */
  send(name: string, asked: Asked): void {
    const rule = this.module.decide[name]
    if (!rule) return
    this.#stir()
    try {
      this.#apply(rule(this.#state, asked, this.#step('command', ++this.#inputs)))
    } catch (error) {
      this.#options.onDefect(error as Error, { kind: 'command', name, data: asked.input, actor: asked.actor })
    }
  }

  #apply(verdict: Verdict): Outcome {
    if (isRefused(verdict)) {
      const template =
        (this.module.words.refusals as Readonly<Record<string, string>>)[verdict.refused] ?? verdict.refused
      return { refused: verdict.refused, because: sentence(template, verdict.params) }
    }
    if (verdict.events.length > 0) this.#quietTicks = 0
    for (const event of verdict.events) this.#evolve(event)
    for (const event of verdict.events) this.#options.onEvent(event)
    return verdict.reply === undefined ? {} : { reply: verdict.reply }
  }

  #evolve({ type, data }: DomainEvent): void {
    const folds = this.module.evolve[type]?.(data, this.#at)
    if (!folds) return
    for (const [key, fold] of folds) {
      // Looked up once: finding a key that was just put together is what a move costs most.
      const kept = this.#documents.get(key)
      const next = fold(kept?.data as never) as unknown
      if (next === null) this.#forget(key, kept)
      else if (kept) kept.data = next
      else this.#keep(key, next)
    }
  }

  #keep(key: string, data: unknown): void {
    const kind = kindOf(key)
    const kept: Kept = { id: idOf(key), data }
    this.#documents.set(key, kept)
    const others = this.#kinds.get(kind)
    if (others) others.add(kept)
    else this.#kinds.set(kind, new Set([kept]))
  }

  #forget(key: string, kept: Kept | undefined): void {
    if (!kept) return
    this.#documents.delete(key)
    this.#kinds.get(kindOf(key))?.delete(kept)
  }

  #newState(): State<Words> {
    const documents = this.#documents
    const kinds = this.#kinds
    return {
      get: (key: string) => documents.get(key)?.data as never,
      // In order of first arrival, not key order: nothing ephemeral is replayed, and sorting a crowd every tick costs.
      *all(kind: string) {
        for (const { id, data } of kinds.get(kind) ?? NONE) yield [id, data] as never
      },
    }
  }

  #step(kind: string, number: number): Step {
    const { ambient, settings, object } = this.#options
    this.#at = Math.max(this.#at, ambient.now())
    return new EphemeralStep(this.#at, settings, object, kind, number)
  }

  /** Something came in: an engine that had gone quiet ticks again. */
  #stir(): void {
    this.#quietTicks = 0
    if (this.#awake && !this.#cancelTick && this.module.reflexes.tick) this.#scheduleTick(this.#options.ambient.now())
  }

  #scheduleTick(now: number): void {
    const periodMs = 1000 / (this.module.tickHz ?? 1)
    // After a stall the missed ticks are skipped, not made up for: only the present matters here.
    this.#due = this.#due + periodMs < now ? now + periodMs : this.#due + periodMs
    this.#cancelTick = this.#options.ambient.after(Math.max(0, this.#due - now), () => {
      this.#ticks++
      this.#quietTicks++
      this.#cancelTick = undefined
      try {
        this.input({ kind: 'tick', name: '', data: this.#ticks })
      } catch {
        // Reported by `input`; the next tick may do better.
      }
      const quietMs = this.#quietTicks * periodMs
      if (this.#awake && quietMs < QUIET_MS) this.#scheduleTick(this.#options.ambient.now())
    })
  }
}

/** A document in its place: the next value is put where the last one was. */
interface Kept {
  readonly id: string
  data: unknown
}

const NONE: ReadonlySet<Kept> = new Set()

/** A step that works out world time and dice only when a rule asks: most ephemeral rules do not. */
class EphemeralStep implements Step {
  readonly at: number
  readonly object: (name: string) => unknown
  readonly #settings: Settings<Words>
  readonly #kind: string
  readonly #number: number
  #dice: ReturnType<typeof diceFor> | undefined

  constructor(at: number, settings: Settings<Words>, object: (name: string) => unknown, kind: string, number: number) {
    this.at = at
    this.object = object
    this.#settings = settings
    this.#kind = kind
    this.#number = number
  }

  get world(): number {
    return worldAt(this.#settings, this.at)
  }

  get n(): number {
    return Math.floor(this.world / WORLD_STEP_MS)
  }

  get dice(): Step['dice'] {
    return sides => this.#drawn().roll(sides)
  }

  get newId(): Step['newId'] {
    return () => this.#drawn().newId(this.at)
  }

  #drawn(): ReturnType<typeof diceFor> {
    this.#dice ??= diceFor(this.#settings.seed, this.#kind, this.#number)
    return this.#dice
  }
}
