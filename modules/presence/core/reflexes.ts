import type { Place } from '@worldloom/capabilities/movement'
import { encodeFrame, type FrameEntry, PRESENCE_HZ, type Sighting } from '@worldloom/capabilities/presence'
import { accept, type EventOf, type Reflexes, type State, type Step } from '@worldloom/contract'
import type { Change, Perceived, words } from '../words.ts'
import { lowestFree, NO_NUMBERS } from './numbers.ts'

type Known = State<typeof words>
type Happening = EventOf<typeof words>

export const TICK_HZ = 60

/** Zones take turns, so that their frames do not all leave in the same moment. */
export const PHASES = TICK_HZ / PRESENCE_HZ

const NOTHING = accept<Happening>([])

export const reflexes: Reflexes<typeof words> = {
  react: {
    movement: {
      placed: (state, place, step) => accept([...arrive(state, place, step), ...remind(state, place)]),
      'zone-changed': (state, place, step) => accept(arrive(state, place, step)),
      moved: (state, place) => shift(state, place),
      removed: (state, { player }) => {
        const person = state.get(`person:${player}`)
        if (!person) return NOTHING
        const { index, zone } = person
        return accept([
          { type: 'disappeared', data: { zone, index, player } },
          { type: 'retired', data: { player, index } },
        ])
      },
    },
  },

  tick: (state, n, step) => {
    let frames: Happening[] | undefined
    for (const [zone, { phase, changed }] of state.all('zone')) {
      if (!changed || phase !== n % PHASES) continue
      frames ??= []
      frames.push({ type: 'frame', data: { zone, bytes: encodeFrame(step.at, latest(changed)) } })
    }
    return frames ? accept(frames) : NOTHING
  },
}

/** Someone came into a zone, from another or from outside the world. */
function arrive(state: Known, { player, zone, x, y, pose }: Place, { at }: Step): Happening[] {
  const person = state.get(`person:${player}`)
  if (person?.zone === zone) return stir(person, { player, zone, x, y, pose })
  const events: Happening[] = []
  if (person) events.push({ type: 'disappeared', data: { zone: person.zone, index: person.index, player } })

  const index = person?.index ?? lowestFree(state.get('numbers') ?? NO_NUMBERS, at)
  const open = state.get(`zone:${zone}`)
  const people = open ? sightings(state, open.members) : []
  // Beyond PEOPLE_MAX a person sees the others but cannot be seen: better than shutting them out of the world.
  if (index === undefined) return [...events, { type: 'snapshot', data: { player, zone, people } }]

  if (!person) events.push({ type: 'numbered', data: { player, index } })
  if (!open) events.push({ type: 'zone-opened', data: { zone, phase: quietestPhase(state) } })
  const self = { index, player, x, y, pose }
  events.push({ type: 'snapshot', data: { player, zone, people: [...people, self] } })
  events.push({ type: 'appeared', data: { zone, ...self } })
  return events
}

/** Someone was in this zone already: back on another line, they have forgotten whom they saw. */
function remind(state: Known, { player, zone }: Place): Happening[] {
  const members = state.get(`person:${player}`)?.zone === zone ? state.get(`zone:${zone}`)?.members : undefined
  return members ? [{ type: 'snapshot', data: { player, zone, people: sightings(state, members) } }] : []
}

function shift(state: Known, { player, zone, x, y, pose }: Place) {
  const person = state.get(`person:${player}`)
  // Unnumbered, or in a zone that `zone-changed` will tell of.
  if (person?.zone !== zone) return NOTHING
  const events = stir(person, { player, zone, x, y, pose })
  return events.length === 0 ? NOTHING : accept(events)
}

function stir(person: Perceived, { player, zone, x, y, pose }: Omit<Place, 'region'>): Happening[] {
  if (person.x === x && person.y === y && person.pose === pose) return []
  return [{ type: 'shifted', data: { player, zone, index: person.index, x, y, pose } }]
}

function sightings(state: Known, members: readonly string[]): Sighting[] {
  const people: Sighting[] = []
  for (const player of members) {
    const person = state.get(`person:${player}`)
    if (person) people.push({ index: person.index, player, x: person.x, y: person.y, pose: person.pose })
  }
  return people
}

/** The phase that the fewest open zones have; the earliest of those. */
function quietestPhase(state: Known): number {
  const zones = new Array<number>(PHASES).fill(0)
  for (const [, { phase }] of state.all('zone')) zones[phase] = (zones[phase] ?? 0) + 1
  return zones.indexOf(Math.min(...zones))
}

/** One entry per person, their newest. */
function latest(changed: Change): FrameEntry[] {
  const told = new Set<number>()
  const entries: FrameEntry[] = []
  for (let change: Change | null = changed; change; change = change.earlier) {
    if (told.has(change.index)) continue
    told.add(change.index)
    entries.push(change)
  }
  return entries
}
