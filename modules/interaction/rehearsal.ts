import { toUnits, type WorldFile } from '@worldloom/capabilities/geography'
import {
  type EventOf,
  type EventSpec,
  isRefused,
  type Settings,
  type State,
  type Step,
  type Verdict,
  type z,
} from '@worldloom/contract'
import { interaction } from './module.ts'
import { words } from './words.ts'

type W = typeof words
type Happening = EventOf<W>
type Thing = WorldFile['objects'][number]

const seat = (id: string, x: number, y: number, rest: Partial<Thing> = {}): Thing => ({
  id,
  type: 'chair',
  position: { x, y },
  interaction: { action: 'sit' },
  occupancy: 'single',
  ...rest,
})

const door = (id: string, x: number, y: number, leadsToZone: string, access: WorldFile['doors'][number]['access']) => ({
  id,
  bounds: { x, y, width: 1, height: 1 },
  leadsToZone,
  access,
  open: false,
})

/** Sixteen tiles by ten: three rooms side by side, one for each kind of door, and a hall in the south. */
export const LODGE: WorldFile = {
  formatVersion: 1,
  id: 'lodge',
  meta: { name: 'Lodge' },
  map: {
    width: 16,
    height: 10,
    layers: [
      { id: 'ground', legend: { ',': 'floor-wood' }, rows: new Array<string>(10).fill(','.repeat(16)) },
      {
        id: 'walls',
        legend: { '#': 'wall-wood' },
        rows: [
          '################',
          '#....#....#....#',
          '#....#....#....#',
          '#....#....#....#',
          '###.####.####.##',
          '#..............#',
          '#..............#',
          '#..............#',
          '#..............#',
          '################',
        ],
      },
    ],
    heights: new Array<string>(10).fill('0'.repeat(16)),
  },
  regions: [{ id: 'hill', name: 'Hill', bounds: [{ x: 0, y: 0, width: 16, height: 10 }], neighbours: [], ground: 50 }],
  zones: (['west', 'middle', 'east'] as const).map((id, n) => ({
    id,
    name: id,
    type: 'PrivateRoom',
    region: 'hill',
    bounds: [{ x: 1 + 5 * n, y: 1, width: 4, height: 3 }],
    overrides: {},
  })),
  doors: [
    door('open-door', 3, 4, 'west', { type: 'open' }),
    door('role-door', 8, 4, 'middle', { type: 'role', allowedRoles: ['editor', 'admin'] }),
    door('knock-door', 13, 4, 'east', { type: 'knock' }),
  ],
  objects: [
    seat('chair', 3.5, 6.5),
    seat('stool', 5.5, 6.5),
    seat('bench', 9, 8.5, { type: 'bench', occupancy: 'multiple' }),
    seat('throne', 1.5, 3.5),
    { id: 'desk', type: 'table', position: { x: 3.5, y: 7.5 }, linkedObjects: ['chair', 'computer'] },
    {
      id: 'computer',
      type: 'computer',
      position: { x: 3.5, y: 7.5 },
      interaction: { action: 'use', requires: 'chair' },
      occupancy: 'single',
    },
    { id: 'board', type: 'whiteboard', position: { x: 12.5, y: 6.5 }, interaction: { action: 'attach' } },
    { id: 'lamp', type: 'lamp', position: { x: 3.5, y: 5.5 } },
  ],
  spawnPoints: [{ id: 'first', position: { x: 7.5, y: 6.5 } }],
}

/** A stage for tests: the module's rules in memory, one input after another. Places are in tiles. */
export class Rehearsal {
  map = LODGE
  readonly documents = new Map<string, unknown>()
  readonly #state: State<W> = {
    get: key => this.documents.get(key) as never,
    all: kind => this.#all(kind) as never,
  }

  /** Someone is at a place, as movement tells. */
  at(player: string, x: number, y: number, zone = 'default', event: 'placed' | 'moved' = 'moved') {
    const place = { player, x: toUnits(x), y: toUnits(y), pose: 0, zone, region: 'hill' }
    return this.#play(interaction.reflexes.react?.movement?.[event]?.(this.#state, place, this.#step()))
  }

  cross(player: string, x: number, y: number, zone: string, from: string) {
    const place = { player, x: toUnits(x), y: toUnits(y), pose: 0, zone, region: 'hill', from }
    return this.#play(interaction.reflexes.react?.movement?.['zone-changed']?.(this.#state, place, this.#step()))
  }

  leave(player: string, zone = 'default') {
    return this.#play(interaction.reflexes.react?.movement?.removed?.(this.#state, { player, zone }, this.#step()))
  }

  settings(map: WorldFile) {
    this.map = map
    const settings: Settings<W> = {
      world: 'lodge',
      seed: 'seed',
      clock: { at: 0, world: 0, rate: 0 },
      objects: { map: 'sha' },
      module: {},
    }
    return this.#play(interaction.reflexes.settings?.(this.#state, settings, this.#step()))
  }

  /** Events, or the code of the refusal. */
  use(player: string, object: string) {
    return this.#play(interaction.decide.use(this.#state, this.#ask(player, { object }), this.#step()))
  }

  release(player: string) {
    return this.#play(interaction.decide.release(this.#state, this.#ask(player, {}), this.#step()))
  }

  turn(player: string, id: string, roles: readonly string[] = ['guest']) {
    return this.#play(interaction.decide.turn(this.#state, this.#ask(player, { door: id }, roles), this.#step()))
  }

  /** The answer of the query `state`. */
  all() {
    const moment = { ...this.#step(), clock: { at: 0, world: 0, rate: 0 }, before: undefined }
    return interaction.queries.state(this.#state, {}, this.#ask('', {}).actor, moment)
  }

  #ask<Input>(player: string, input: Input, roles: readonly string[] = []) {
    return { input, actor: { player, session: '', roles }, before: undefined }
  }

  #play(verdict: Verdict<Happening> | undefined): readonly Happening[] | string {
    if (!verdict) return []
    if (isRefused(verdict)) return verdict.refused
    for (const { type, data } of verdict.events) {
      eventSchema(type).parse(data)
      for (const [key, fold] of interaction.evolve[type](data as never, 0)) {
        const next = fold(this.documents.get(key) as never)
        if (next === null) this.documents.delete(key)
        else this.documents.set(key, documentSchema(key).parse(next))
      }
    }
    return verdict.events.filter(({ type }) => type !== 'seen' && type !== 'gone')
  }

  *#all(kind: string): Iterable<readonly [string, unknown]> {
    for (const key of [...this.documents.keys()].sort()) {
      if (key.startsWith(`${kind}:`)) yield [key.slice(kind.length + 1), this.documents.get(key)]
    }
  }

  #step(): Step {
    const object = (name: string) => (name === 'map' ? this.map : undefined)
    return { at: 0, world: 0, n: 0, dice: () => 0, newId: () => '', object }
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
