import type { Geography } from '@worldloom/capabilities/geography'
import type { Place } from '@worldloom/capabilities/movement'
import { accept, type EventOf, type Reflexes, type State, type Step } from '@worldloom/contract'
import type { Someone, words } from '../words.ts'
import { released, zoneOf } from './decide.ts'
import { geographyOf } from './ground.ts'
import { extentOf, isWithin, REACH } from './reach.ts'

type Known = State<typeof words>
type Happening = EventOf<typeof words>

const NOTHING = accept<Happening>([])

export const reflexes: Reflexes<typeof words> = {
  settings: (state, { objects }, step) => {
    if (objects.map === undefined) return NOTHING
    const geography = geographyOf(step)
    const events: Happening[] = []
    for (const [player, { holds, zone }] of state.all('person')) {
      for (const id of holds) {
        if (!geography.object(id)?.interaction) events.push(released(geography, player, id, zone))
      }
    }
    return accept(events)
  },

  react: {
    movement: {
      placed: (state, place, step) => follow(state, place, step),
      moved: (state, place, step) => follow(state, place, step),
      'zone-changed': (state, place, step) => follow(state, place, step),
      removed: (state, { player, zone }, step) => {
        const person = state.get(`person:${player}`)
        if (!person) return NOTHING
        const geography = geographyOf(step)
        return accept<Happening>([
          ...person.holds.map(id => released(geography, player, id, zone)),
          { type: 'gone', data: { player } },
        ])
      },
    },
  },
}

/** Someone is somewhere else now. Whoever walks off lets go of everything. */
function follow(state: Known, { player, x, y, zone }: Place, step: Step) {
  const person = state.get(`person:${player}`)
  if (person && person.x === x && person.y === y && person.zone === zone) return NOTHING
  const seen: Happening = { type: 'seen', data: { player, x, y, zone } }
  if (!person || person.holds.length === 0) return accept([seen])
  const geography = geographyOf(step)
  if (stillHolds(geography, person, { x, y, zone })) return accept([seen])
  return accept([seen, ...person.holds.map(id => released(geography, player, id, zone))])
}

/** A sitter holds as long as they are on the seat; anybody else as long as the thing is in reach and in their zone. */
function stillHolds(geography: Geography, { holds }: Someone, { x, y, zone }: Omit<Someone, 'holds'>): boolean {
  const things = holds.map(id => geography.object(id))
  const seat = things.find(thing => thing?.interaction?.action === 'sit')
  if (seat) return isWithin(extentOf(seat), { x, y }, 0)
  return things.every(thing => thing && zoneOf(geography, thing) === zone && isWithin(extentOf(thing), { x, y }, REACH))
}
