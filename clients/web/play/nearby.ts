import {
  type Geography,
  type Point,
  toUnits,
  UNITS_PER_TILE,
  type WorldObject,
} from '@worldloom/capabilities/geography'

/** What one can do here and now. `taken` is shown but cannot be done. */
export interface Deed {
  readonly kind: 'sit' | 'use' | 'attach' | 'stand' | 'open' | 'shut'
  /** Object or door; what one lets go of, for `stand`. */
  readonly target: string
  readonly label: string
  readonly taken: boolean
}

export const DEEDS_MAX = 3
/** A little less than the server's reach, so that what is offered is not refused for a rounding. */
export const REACH_UNITS = Math.floor(1.4 * UNITS_PER_TILE)

export interface Surroundings {
  readonly occupied: ReadonlyMap<string, string>
  readonly shut: ReadonlySet<string>
  readonly self: string
}

/** What lies within reach, nearest first. Someone who sits is offered to stand up before anything else. */
export function deedsAt(geography: Geography, at: Point, { occupied, shut, self }: Surroundings): readonly Deed[] {
  const held = [...occupied].filter(([, player]) => player === self).map(([object]) => object)
  const first = held[0] === undefined ? undefined : geography.object(held[0])
  const rest: { readonly away: number; readonly deed: Deed }[] = []
  for (const object of geography.file.objects) {
    if (!object.interaction || held.includes(object.id)) continue
    const away = apart(at, { x: toUnits(object.position.x), y: toUnits(object.position.y) })
    if (away > REACH_UNITS) continue
    const holder = object.occupancy === 'single' ? occupied.get(object.id) : undefined
    const { action } = object.interaction
    const label = `${VERBS[action]} the ${nameOf(object)}`
    rest.push({ away, deed: { kind: action, target: object.id, label, taken: holder !== undefined } })
  }
  for (const door of geography.doors) {
    const away = apart(at, nearestOf(door.bounds, at))
    if (away > REACH_UNITS) continue
    const kind = shut.has(door.id) ? 'open' : 'shut'
    const behind = geography.zone(door.leadsToZone)?.name
    const label = `${kind === 'open' ? 'Open' : 'Shut'} the door${behind ? ` to ${behind}` : ''}`
    rest.push({ away, deed: { kind, target: door.id, label, taken: false } })
  }
  rest.sort((a, b) => a.away - b.away)
  const stand: Deed[] = first
    ? [
        {
          kind: 'stand',
          target: first.id,
          label: first.interaction?.action === 'sit' ? 'Stand up' : 'Let go',
          taken: false,
        },
      ]
    : []
  return [...stand, ...rest.map(({ deed }) => deed)].slice(0, DEEDS_MAX)
}

const VERBS = { sit: 'Sit on', use: 'Use', attach: 'Take' } as const

export const nameOf = (object: WorldObject): string => object.name ?? object.type.replaceAll('-', ' ')

const apart = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)

function nearestOf(bounds: { x: number; y: number; width: number; height: number }, at: Point): Point {
  const within = (value: number, from: number, tiles: number) =>
    Math.min((from + tiles) * UNITS_PER_TILE, Math.max(from * UNITS_PER_TILE, value))
  return { x: within(at.x, bounds.x, bounds.width), y: within(at.y, bounds.y, bounds.height) }
}

/** One sentence for those who listen instead of looking. */
export function nearText(deeds: readonly Deed[], people: readonly string[]): string {
  const things = deeds.map(deed => (deed.taken ? `${deed.label} (taken)` : deed.label))
  const all = [...things, ...people.slice(0, 4)]
  if (all.length === 0) return 'Nothing within reach.'
  const more = people.length > 4 ? ` and ${people.length - 4} more people` : ''
  return `Near you: ${all.join(', ')}${more}.`
}
