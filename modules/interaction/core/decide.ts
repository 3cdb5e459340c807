import {
  type Doorway,
  type Geography,
  tileOf,
  toUnits,
  type WorldObject,
  walk,
} from '@worldloom/capabilities/geography'
import { accept, type Decide, type EventOf, refuse, type State } from '@worldloom/contract'
import type { Someone, words } from '../words.ts'
import { geographyOf, isOpen } from './ground.ts'
import { doorExtent, type Extent, extentOf, isInSight, isWithin, REACH, SEAT_REACH } from './reach.ts'
import { chainOf, hasRoom } from './usage.ts'

type Known = State<typeof words>
type Happening = EventOf<typeof words>

export const decide: Decide<typeof words> = {
  use: (state, { input, actor: { player } }, step) => {
    const person = state.get(`person:${player}`)
    if (!person) return refuse('not-here')
    const geography = geographyOf(step)
    const object = geography.object(input.object)
    if (!object) return refuse('unknown-object')
    if (!object.interaction) return refuse('not-usable')
    if (person.holds.includes(object.id)) return accept([])

    const chain = chainOf(geography, object)
    const far = unreachable(state, geography, person, chain)
    if (far) return refuse(far)
    const wanted = chain.filter(({ id }) => !person.holds.includes(id))
    if (!hasRoom(state, object)) return refuse('taken')
    if (!wanted.every(thing => hasRoom(state, thing))) return refuse('seat-taken')
    const kept = new Set(chain.map(({ id }) => id))
    const dropped = person.holds.filter(id => !kept.has(id))
    return accept([
      // New before old: whoever changes seats must not be told to stand up in between.
      ...wanted.map((thing): Happening => {
        const action = thing.interaction?.action ?? 'use'
        return { type: 'occupied', data: { object: thing.id, player, zone: zoneOf(geography, thing), action } }
      }),
      ...dropped.map(id => released(geography, player, id, person.zone)),
    ])
  },

  release: (state, { actor: { player } }, step) => {
    const person = state.get(`person:${player}`)
    if (!person) return refuse('not-here')
    if (person.holds.length === 0) return refuse('nothing-held')
    const geography = geographyOf(step)
    return accept(person.holds.map(id => released(geography, player, id, person.zone)))
  },

  turn: (state, { input, actor }, step) => {
    const person = state.get(`person:${actor.player}`)
    if (!person) return refuse('not-here')
    const geography = geographyOf(step)
    const door = geography.door(input.door)
    if (!door) return refuse('unknown-door')
    const far = beyond(state, geography, doorExtent(door), person, REACH, door.id)
    if (far) return refuse(far)
    const { type, allowedRoles = [] } = door.access
    // Whoever is inside can always get out: no lock may hold a person.
    const isInside = person.zone === door.leadsToZone
    if (!isInside && type === 'knock') return refuse('knock-needed')
    if (!isInside && type === 'role' && !allowedRoles.some(role => actor.roles.includes(role))) {
      return refuse('role-needed', { roles: allowedRoles.join(', ') })
    }
    if (!isOpen(state, door)) return accept([turned(door, 'open')])
    if (isBlocked(state, geography, door)) return refuse('doorway-taken')
    return accept([turned(door, 'shut')])
  },
}

/** Someone lets go of an object. One that is no longer on the map is released in the zone they are in. */
export function released(geography: Geography, player: string, id: string, zone: string): Happening {
  const object = geography.object(id)
  return { type: 'released', data: { object: id, player, zone: object ? zoneOf(geography, object) : zone } }
}

const turned = ({ id }: Doorway, state: 'open' | 'shut'): Happening => ({
  type: 'door-turned',
  data: { door: id, state },
})

export const zoneOf = (geography: Geography, { position: { x, y } }: WorldObject): string =>
  geography.zoneAt(tileOf(toUnits(x)), tileOf(toUnits(y)))

/**
 * Why a chain cannot be taken from where someone stands: any of its things must be in reach, and its seats so near and
 * so openly in sight that sitting down never carries anyone through a wall.
 */
function unreachable(state: Known, geography: Geography, person: Someone, chain: readonly WorldObject[]) {
  let far: 'out-of-reach' | 'behind-wall' | undefined = 'out-of-reach'
  for (const thing of chain) {
    const why = beyond(state, geography, extentOf(thing), person, REACH)
    if (!why) far = undefined
    else if (far && why === 'behind-wall') far = why
  }
  if (far) return far
  for (const thing of chain) {
    if (thing.interaction?.action !== 'sit' || person.holds.includes(thing.id)) continue
    const why = beyond(state, geography, extentOf(thing), person, SEAT_REACH)
    if (why) return why
  }
  return undefined
}

function beyond(state: Known, geography: Geography, extent: Extent, from: Someone, distance: number, own?: string) {
  if (!isWithin(extent, from, distance)) return 'out-of-reach'
  const isShut = (id: string) => {
    const door = id === own ? undefined : geography.door(id)
    return door !== undefined && !isOpen(state, door)
  }
  return isInSight(geography, extent, from, isShut) ? undefined : 'behind-wall'
}

/** Whether the leaf would hit someone: the very test that would then hold them fast. */
function isBlocked(state: Known, geography: Geography, door: Doorway): boolean {
  const shut = new Set([door.id])
  for (const [, person] of state.all('person')) if (walk(geography, person, person, shut) === 'door') return true
  return false
}
