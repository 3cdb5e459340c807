import { displaced, fullBudget, type Geography, type Point, tileOf, walk } from '@worldloom/capabilities/geography'
import { facingOf, poseOf } from '@worldloom/capabilities/movement'
import type { State } from '@worldloom/contract'
import type { Mover, words } from '../words.ts'
import { correction, type Happening, moveEvents, placeOf } from './announcements.ts'
import { arrivalPlace } from './arrival-place.ts'
import { shutDoors } from './ground.ts'
import { regionOf, zoneOf } from './membership.ts'
import { type Seat, seatsOf } from './seats.ts'

type Known = State<typeof words>

/** South-west: towards the viewer of the isometric picture. */
const ARRIVAL_POSE = poseOf(5, 'idle')

/** Someone enters the world. */
export function arrive(state: Known, geography: Geography, player: string, session: string, at: number): Happening[] {
  const { x, y } = arrivalPlace(geography, tilesTaken(state, geography))
  const person: Mover = {
    session,
    x,
    y,
    pose: ARRIVAL_POSE,
    zone: zoneOf(geography, x, y),
    region: regionOf(geography, x, y),
    seq: -1,
    budget: fullBudget(at),
    rejectedAt: [],
    frozenUntil: 0,
    seat: null,
  }
  return [
    { type: 'tracked', data: { player, person } },
    { type: 'placed', data: placeOf(player, person) },
    { type: 'region-changed', data: { player, region: person.region, from: '' } },
  ]
}

/** Someone is back on another line: they are told where they stand, and count their intents from the start. */
export function comeBack(player: string, before: Mover): Happening[] {
  const person: Mover = { ...before, seq: -1 }
  return [
    { type: 'tracked', data: { player, person } },
    { type: 'placed', data: placeOf(player, person) },
    { type: 'region-changed', data: { player, region: person.region, from: '' } },
  ]
}

function tilesTaken(state: Known, geography: Geography): ReadonlySet<number> {
  const taken = new Set<number>()
  for (const [, { x, y }] of state.all('person')) taken.add(tileOf(y) * geography.width + tileOf(x))
  return taken
}

/** The server puts someone somewhere, and says so: the only case in which a place does not come from the Client. */
function put(geography: Geography, player: string, before: Mover, to: Partial<Mover> & Point): Happening[] {
  const after: Mover = {
    ...before,
    ...to,
    zone: zoneOf(geography, to.x, to.y),
    region: regionOf(geography, to.x, to.y, before.region),
  }
  return [...moveEvents(player, before, after), correction(player, after, 'moved')]
}

const squared = (length: number): number => length * length

/** Someone took an object to sit on: they get the nearest of its free places. */
export function sit(state: Known, geography: Geography, player: string, object: string): Happening[] {
  const person = state.get(`person:${player}`)
  const thing = geography.object(object)
  if (!person || !thing) return []
  const sitters = state.get(`seat:${object}`)?.sitters ?? []
  if (sitters.includes(player)) return []
  const distance = (seat: Seat) => squared(seat.x - person.x) + squared(seat.y - person.y)
  const [seat] = seatsOf(thing)
    .filter(({ place }) => (sitters[place] ?? '') === '')
    .sort((a, b) => distance(a) - distance(b) || a.place - b.place)
  if (!seat) return []
  const { x, y, place, places, facing } = seat
  const pose = poseOf(facing ?? facingOf(person.pose), 'sitting')
  const { fromX, fromY } = person.seat ?? { fromX: person.x, fromY: person.y }
  // Getting up must not lead back to where one came from through a door that has been shut meanwhile.
  const from = zoneOf(geography, fromX, fromY) === zoneOf(geography, x, y) ? { fromX, fromY } : { fromX: x, fromY: y }
  return [
    { type: 'seated', data: { object, place, places, player } },
    ...put(geography, player, person, { x, y, pose, seat: { object, ...from } }),
  ]
}

/** Someone let go of an object. Whoever has not walked off it yet stands up, there or where they stood before. */
export function rise(state: Known, geography: Geography, player: string, object: string): Happening[] {
  const sitters = state.get(`seat:${object}`)?.sitters
  if (!sitters?.includes(player)) return []
  const freed: Happening = { type: 'risen', data: { object, player } }
  const person = state.get(`person:${player}`)
  if (person?.seat?.object !== object) return [freed]
  const thing = geography.object(object)
  const isOnIt = thing !== undefined && seatsOf(thing).some(({ x, y }) => x === person.x && y === person.y)
  if (!isOnIt) return [freed, { type: 'tracked', data: { player, person: { ...person, seat: null } } }]
  const { x, y } = standingPlace(state, geography, person, person.seat)
  return [freed, ...put(geography, player, person, { x, y, pose: poseOf(facingOf(person.pose), 'idle'), seat: null })]
}

function standingPlace(
  state: Known,
  geography: Geography,
  here: Point,
  { fromX, fromY }: NonNullable<Mover['seat']>,
): Point {
  const before = { x: fromX, y: fromY }
  const shut = shutDoors(geography, state.get('doors'))
  for (const place of [here, before]) if (!walk(geography, place, place, shut)) return place
  return geography.nearestFree(here.x, here.y)
}

/** Someone finds themselves on a new map: whoever stands where nobody can stand goes to the nearest free place. */
export function settle(geography: Geography, player: string, person: Mover): Happening[] {
  const lost = isSeatedWell(geography, person) ? undefined : displaced(geography, person)
  if (lost) return put(geography, player, person, lost)
  const zone = zoneOf(geography, person.x, person.y)
  const region = regionOf(geography, person.x, person.y, person.region)
  if (zone === person.zone && region === person.region) return []
  return moveEvents(player, person, { ...person, zone, region })
}

function isSeatedWell(geography: Geography, { seat, x, y }: Mover): boolean {
  const thing = seat && geography.object(seat.object)
  return !!thing && seatsOf(thing).some(place => place.x === x && place.y === y)
}
