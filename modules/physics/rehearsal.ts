import { UNITS_PER_TILE, type WorldFile } from '@worldloom/capabilities/geography'
import { poseOf } from '@worldloom/capabilities/movement'
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
import { physics } from './module.ts'
import { type Mover, words } from './words.ts'

type W = typeof words
type Happening = EventOf<W>

/** Sixteen tiles by ten: a room with a door in the west, its chair and desk; a bench on the square in the south. */
export const HAMLET: WorldFile = {
  formatVersion: 1,
  id: 'hamlet',
  meta: { name: 'Hamlet' },
  map: {
    width: 16,
    height: 10,
    layers: [
      {
        id: 'ground',
        legend: { ',': 'grass', '#': 'wall-wood' },
        rows: new Array<string>(10).fill(','.repeat(16)),
      },
      {
        id: 'walls',
        legend: { '#': 'wall-wood' },
        rows: [
          '################',
          '#..............#',
          '#.....#####....#',
          '#.....#...#....#',
          '#.....#...#....#',
          '#.....#...#....#',
          '#.....#####....#',
          '#..............#',
          '#..............#',
          '################',
        ],
      },
    ],
    heights: new Array<string>(10).fill('0'.repeat(16)),
  },
  regions: [
    { id: 'hill', name: 'Hill', bounds: [{ x: 0, y: 0, width: 8, height: 10 }], neighbours: ['vale'], ground: 50 },
    { id: 'vale', name: 'Vale', bounds: [{ x: 8, y: 0, width: 6, height: 10 }], neighbours: ['hill'], ground: 40 },
  ],
  zones: [
    zone('room', 'MeetingRoom', { x: 7, y: 3, width: 3, height: 3 }),
    zone('square', 'OpenArea', { x: 1, y: 7, width: 14, height: 2 }),
    zone('yard', 'OpenArea', { x: 11, y: 2, width: 4, height: 5 }),
  ],
  doors: [
    {
      id: 'door',
      bounds: { x: 6, y: 4, width: 1, height: 1 },
      leadsToZone: 'room',
      access: { type: 'open' },
      open: false,
    },
  ],
  objects: [
    {
      id: 'chair',
      type: 'chair',
      position: { x: 8.5, y: 4.125 },
      facing: 'n',
      interaction: { action: 'sit' },
      occupancy: 'single',
    },
    { id: 'desk', type: 'table', position: { x: 8.5, y: 3.5 } },
    {
      id: 'bench',
      type: 'bench',
      position: { x: 4, y: 8.5 },
      facing: 's',
      interaction: { action: 'sit' },
      occupancy: 'multiple',
    },
  ],
  spawnPoints: [
    { id: 'first', position: { x: 2.5, y: 1.5 } },
    { id: 'second', position: { x: 4.5, y: 1.5 } },
  ],
}

function zone(
  id: string,
  type: WorldFile['zones'][number]['type'],
  rect: WorldFile['zones'][number]['bounds'][number],
) {
  return { id, name: id, type, region: 'hill', bounds: [rect], overrides: {} }
}

/** A stage for tests: the module's rules in memory, one input after another, on a clock that the test moves. */
export class Rehearsal {
  at = 1_700_000_000_000
  map = HAMLET
  readonly documents = new Map<string, unknown>()
  readonly #seqs = new Map<string, number>()
  readonly #state: State<W> = {
    get: key => this.documents.get(key) as never,
    all: kind => this.#all(kind) as never,
  }

  settings(map: WorldFile, sha256: string): readonly Happening[] {
    this.map = map
    const settings = {
      world: 'hamlet',
      seed: 'seed',
      clock: { at: 0, world: 0, rate: 0 },
      objects: { map: sha256 },
      module: {},
    }
    return this.#play(physics.reflexes.settings?.(this.#state, settings, this.#step()))
  }

  react<Slot extends keyof W['requires'], N extends keyof SourceEvents<W, Slot>>(
    slot: Slot,
    event: N,
    data: SourceEvents<W, Slot>[N],
  ): readonly Happening[] {
    const rules = physics.reflexes.react?.[slot] as
      | Readonly<Record<N, (state: State<W>, data: unknown, step: Step) => Verdict<Happening>>>
      | undefined
    return this.#play(rules?.[event](this.#state, data, this.#step()))
  }

  join(player: string, session = `${player}-1`): readonly Happening[] {
    const look = { body: '#112233', accent: '#445566' }
    return this.react('sessions', 'joined', { player, session, name: player, look, since: this.at })
  }

  /** Puts someone who has joined at a place, in tiles, on their feet and with a full budget. */
  stand(player: string, x: number, y: number, zone = 'default', region = 'hill'): void {
    const person = this.person(player)
    this.documents.set(`person:${player}`, { ...person, x: x * UNITS_PER_TILE, y: y * UNITS_PER_TILE, zone, region })
  }

  /** Sends the next intent to a place in tiles; answers the public events. */
  move(player: string, x: number, y: number, { seq = this.#nextSeq(player), pose = poseOf(0, 'walking') } = {}) {
    return this.intent(player, { seq, x: Math.round(x * UNITS_PER_TILE), y: Math.round(y * UNITS_PER_TILE), pose })
  }

  intent(player: string, input: { seq: number; x: number; y: number; pose: number }): readonly Happening[] {
    this.#seqs.set(player, input.seq)
    const actor = { player, session: `${player}-1`, roles: ['guest'] }
    const events = this.#play(physics.decide.move(this.#state, { input, actor, before: undefined }, this.#step()))
    return events.filter(({ type }) => type !== 'tracked')
  }

  /** The same as the code that a refusal carries. */
  refusal(player: string): string | undefined {
    const actor = { player, session: '', roles: [] }
    const input = { seq: 0, x: 100, y: 100, pose: 0 }
    const verdict = physics.decide.move(this.#state, { input, actor, before: undefined }, this.#step())
    return isRefused(verdict) ? verdict.refused : undefined
  }

  person(player: string): Mover {
    const person = this.documents.get(`person:${player}`)
    if (!person) throw new Error(`${player} is not on stage`)
    return person as Mover
  }

  where(player: string) {
    const actor = { player, session: '', roles: [] }
    const moment = { ...this.#step(), clock: { at: 0, world: 0, rate: 0 }, before: undefined }
    return physics.queries.where(this.#state, { player }, actor, moment)
  }

  #nextSeq(player: string): number {
    return ((this.#seqs.get(player) ?? -1) + 1) % 65_536
  }

  #play(verdict: Verdict<Happening> | undefined): readonly Happening[] {
    if (!verdict) return []
    if (isRefused(verdict)) throw new Error(`refused: ${verdict.refused}`)
    for (const { type, data } of verdict.events) {
      eventSchema(type).parse(data)
      for (const [key, fold] of physics.evolve[type](data as never, this.at)) {
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
    const object = (name: string) => (name === 'map' ? this.map : undefined)
    return { at: this.at, world: 0, n: 0, dice: () => 0, newId: () => '', object }
  }
}

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
