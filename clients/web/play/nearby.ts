import {
  type Geography,
  type Point,
  type Rect,
  sizeOf,
  tileKind,
  tileOf,
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
/** The server's reach of 1.5 tiles and a little less, so that what is offered is not refused for a rounding. */
export const REACH_UNITS = 92

export interface Surroundings {
  /** Who holds what: object to players. */
  readonly holders: ReadonlyMap<string, readonly string[]>
  readonly shut: ReadonlySet<string>
  readonly self: string
}

/** What lies within reach and in sight, nearest first. Someone who sits is offered to stand up before anything else. */
export function deedsAt(geography: Geography, at: Point, { holders, shut, self }: Surroundings): readonly Deed[] {
  const held = [...holders].filter(([, players]) => players.includes(self)).map(([object]) => object)
  const first = held[0] === undefined ? undefined : geography.object(held[0])
  const rest: { readonly away: number; readonly deed: Deed }[] = []
  const offer = (extent: Rect, deed: Deed) => {
    const edge = nearestOf(extent, at)
    const away = Math.hypot(at.x - edge.x, at.y - edge.y)
    const own = geography.door(deed.target)?.id
    if (away <= REACH_UNITS && isInSight(geography, at, edge, shut, own)) rest.push({ away, deed })
  }
  for (const object of geography.file.objects) {
    if (!object.interaction || held.includes(object.id)) continue
    const { action } = object.interaction
    const taken = (holders.get(object.id)?.length ?? 0) >= placesOf(object)
    offer(extentOf(object), { kind: action, target: object.id, label: `${VERBS[action]} ${nameOf(object)}`, taken })
  }
  for (const door of geography.doors) {
    const kind = shut.has(door.id) ? 'open' : 'shut'
    const behind = geography.zone(door.leadsToZone)?.name
    const label = `${kind === 'open' ? 'Open' : 'Shut'} the door${behind ? ` to ${behind}` : ''}`
    offer(door.bounds, { kind, target: door.id, label, taken: false })
  }
  rest.sort((a, b) => a.away - b.away)
  const stand = first?.interaction?.action === 'sit' ? 'Stand up' : 'Let go'
  const up: readonly Deed[] = first ? [{ kind: 'stand', target: first.id, label: stand, taken: false }] : []
  return [...up, ...rest.map(({ deed }) => deed)].slice(0, DEEDS_MAX)
}

const VERBS = { sit: 'Sit on', use: 'Use', attach: 'Take' } as const

/** A given name as it is, a type with its article. */
export const nameOf = ({ name, type }: WorldObject): string => name ?? `the ${type.replaceAll('-', ' ')}`

/** How many may hold an object: a seat that says nothing is for one, anything else for many. */
function placesOf(object: WorldObject): number {
  const sits = object.interaction?.action === 'sit'
  if ((object.occupancy ?? (sits ? 'single' : 'multiple')) === 'single') return 1
  const { width, height } = sizeOf(object)
  return sits ? width * height : Number.POSITIVE_INFINITY
}

/** In tiles, fractions included. */
function extentOf(object: WorldObject): Rect {
  const { width, height } = sizeOf(object)
  return { x: object.position.x - width / 2, y: object.position.y - height / 2, width, height }
}

function nearestOf({ x, y, width, height }: Rect, at: Point): Point {
  const within = (value: number, from: number, tiles: number) =>
    Math.min((from + tiles) * UNITS_PER_TILE - 1, Math.max(from * UNITS_PER_TILE, value))
  return { x: within(at.x, x, width), y: within(at.y, y, height) }
}

/** Steps of an eighth tile: finer than any wall is thick. */
const SIGHT_STEP_UNITS = 8

/** Whether no wall and no shut door (but the one in question) stands between. Furniture is reached across. */
function isInSight(geography: Geography, from: Point, to: Point, shut: ReadonlySet<string>, own?: string): boolean {
  const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / SIGHT_STEP_UNITS)
  for (let n = 1; n < steps; n += 1) {
    const column = tileOf(from.x + ((to.x - from.x) * n) / steps)
    const row = tileOf(from.y + ((to.y - from.y) * n) / steps)
    const standing = geography.standingAt(column, row)
    if (standing && tileKind(standing).solid) return false
    const door = geography.doorAt(column, row)
    if (door !== undefined && door !== own && shut.has(door)) return false
  }
  return true
}

/** One sentence for those who listen instead of looking. */
export function nearText(deeds: readonly Deed[], people: readonly string[]): string {
  const things = deeds.map(deed => (deed.taken ? `${deed.label} (taken)` : deed.label))
  const all = [...things, ...people.slice(0, PEOPLE_TOLD_MAX)]
  if (all.length === 0) return 'Nothing within reach.'
  const more = people.length > PEOPLE_TOLD_MAX ? ` and ${people.length - PEOPLE_TOLD_MAX} more people` : ''
  return `Near you: ${all.join(', ')}${more}.`
}

const PEOPLE_TOLD_MAX = 4
