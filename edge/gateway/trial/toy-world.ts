import { sessions } from '@worldloom/capabilities/sessions'
import {
  type Actor,
  type BinaryCodec,
  command,
  defineCapability,
  EVERYONE,
  event,
  FAULTS,
  Fault,
  idSchema,
  query,
  z,
} from '@worldloom/contract'
import type { Outcome, Published, RunningWorld, Worlds } from '@worldloom/host'

const stepCodec: BinaryCodec<{ n: number }> = {
  tag: 0x11,
  read: bytes => (bytes.length === 2 ? { n: bytes[1] ?? 0 } : undefined),
  write: ({ n }) => Uint8Array.of(0x11, n),
}
const pulseCodec: BinaryCodec<{ room: string; bytes: Uint8Array }> = {
  tag: 0x12,
  read: bytes => ({ room: '', bytes }),
  write: ({ bytes }) => bytes,
}
const nudgeCodec: BinaryCodec<{ player: string; n: number }> = {
  tag: 0x13,
  read: bytes => (bytes.length === 2 ? { player: 'self', n: bytes[1] ?? 0 } : undefined),
  write: ({ n }) => Uint8Array.of(0x13, n),
}

/** A small capability with one of everything that a gateway must carry. Only tests and trials use it. */
export const toy = defineCapability({
  id: 'toy.box',
  version: '1.0.0',
  scope: 'world',
  commands: {
    say: command({
      input: z.strictObject({ text: z.string() }),
      reply: z.strictObject({ n: z.int() }),
      roles: EVERYONE,
    }),
    hum: command({ input: z.strictObject({}), roles: EVERYONE, perSecondMax: 2 }),
    rule: command({ input: z.strictObject({}), roles: ['admin'] }),
    secret: command({ input: z.strictObject({}), roles: [] }),
    wait: command({ input: z.strictObject({}), roles: EVERYONE }),
    step: command({ input: z.strictObject({ n: z.int() }), roles: EVERYONE, binary: stepCodec }),
  },
  queries: {
    count: query({ input: z.strictObject({}), answer: z.int(), roles: EVERYONE }),
    books: query({ input: z.strictObject({}), answer: z.int(), roles: ['admin'] }),
  },
  events: {
    said: event({ data: z.strictObject({ player: z.string(), text: z.string() }), audience: 'world' }),
    roomed: event({
      data: z.strictObject({ player: idSchema, room: idSchema, from: z.string() }),
      audience: 'player:{player}',
      topics: { of: '{player}', joins: 'room:{room}', leaves: 'room:{from}' },
    }),
    pulse: event({
      data: z.strictObject({ room: idSchema, bytes: z.custom<Uint8Array>() }),
      audience: 'room:{room}',
      binary: pulseCodec,
    }),
    nudged: event({
      data: z.strictObject({ player: idSchema, n: z.int() }),
      audience: 'player:{player}',
      binary: nudgeCodec,
    }),
    hidden: event({ data: z.strictObject({}), audience: 'none' }),
  },
})

export interface Call {
  readonly capability: string
  readonly name: string
  readonly input: unknown
  readonly actor: Actor
  readonly id: string
}

/** A world in memory that does as tests say: remembers what it was asked, and publishes what it is told to. */
export class ToyWorld implements RunningWorld {
  readonly id: string
  readonly title = 'A toy'
  readonly objects = { map: 'a'.repeat(64) }
  readonly clock = { at: 0, world: 0, rate: 24_000 }
  readonly capabilities: readonly string[] = [sessions.id, toy.id]
  readonly calls: Call[] = []
  readonly steps: unknown[] = []
  /** What `join` does before it answers; throws to refuse. */
  onJoin: (input: { player: string; session: string }) => Promise<Outcome> | Outcome = () => ({})
  readonly #verdicts = new Map<string, Outcome>()
  readonly #listeners = new Set<(published: Published) => void>()

  constructor(id = 'toy') {
    this.id = id
  }

  async command(capability: string, name: string, input: unknown, actor: Actor, id: string): Promise<Outcome> {
    const known = this.#verdicts.get(id)
    if (known) return known
    this.calls.push({ capability, name, input, actor, id })
    const outcome = await this.#decide(name, input, actor)
    this.#verdicts.set(id, outcome)
    return outcome
  }

  async #decide(name: string, input: unknown, actor: Actor): Promise<Outcome> {
    switch (name) {
      case 'join':
        return this.onJoin(input as { player: string; session: string })
      case 'say': {
        const { text } = input as { text: string }
        if (text === 'no') return { refused: 'rude', because: 'Say something kind.' }
        if (text === 'away') throw new Fault('unavailable', FAULTS.unavailable, 'now')
        if (text === 'broken') throw new TypeError('a bug')
        this.publish('said', { player: actor.player, text })
        return { reply: { n: text.length } }
      }
      case 'wait':
        return new Promise(() => undefined)
      default:
        return {}
    }
  }

  send(_capability: string, _name: string, input: unknown): void {
    this.steps.push(input)
  }

  async query(): Promise<unknown> {
    return this.calls.length
  }

  subscribe(listener: (published: Published) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  publish(event: string, data: unknown, capability = toy.id): void {
    for (const listener of this.#listeners) listener({ capability, event, data })
  }

  get listeners(): number {
    return this.#listeners.size
  }

  /** Players, in the order in which they came. */
  get newcomers(): readonly string[] {
    return this.calls.filter(({ name }) => name === 'join').map(({ input }) => (input as { player: string }).player)
  }

  count(name: string): number {
    return this.calls.filter(call => call.name === name).length
  }
}

export const worldsOf = (...worlds: readonly RunningWorld[]): Worlds => ({
  get: id => worlds.find(world => world.id === id),
  list: () => worlds,
})
