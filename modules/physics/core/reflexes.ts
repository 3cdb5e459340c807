import { accept, type Reflexes, type State, type Step } from '@worldloom/contract'
import type { words } from '../words.ts'
import type { Happening } from './announcements.ts'
import { geographyOf } from './ground.ts'
import { arrive, rise, settle, sit } from './placing.ts'

type Known = State<typeof words>

/** People checked against a new map in one go. The rest follow at once, after whatever else is waiting. */
export const SETTLED_PER_INPUT_MAX = 200

const NOTHING = accept<Happening>([])

export const reflexes: Reflexes<typeof words> = {
  settings: (state, { objects }, step) => {
    const { map } = objects
    const before = state.get('world')?.map
    if (map === undefined || map === before) return NOTHING
    return settleAll(state, map, '', step)
  },

  wake: (state, _key, step) => {
    const world = state.get('world')
    return world?.checkedTo ? settleAll(state, world.map, world.checkedTo, step) : NOTHING
  },

  react: {
    sessions: {
      joined: (state, { player, session }, step) => {
        const earlier = state.get(`person:${player}`)
        const gone: Happening[] = earlier ? [{ type: 'removed', data: { player, zone: earlier.zone } }] : []
        return accept([...gone, ...arrive(state, geographyOf(step), player, session, step.at)])
      },
      left: (state, { player, session }) => {
        const person = state.get(`person:${player}`)
        // A session that was taken over ends after its successor has begun: the person stays.
        if (person?.session !== session) return NOTHING
        return accept<Happening>([{ type: 'removed', data: { player, zone: person.zone } }])
      },
    },
    interaction: {
      occupied: (state, { player, object, action }, step) =>
        action === 'sit' ? accept(sit(state, geographyOf(step), player, object)) : NOTHING,
      released: (state, { player, object }, step) => accept(rise(state, geographyOf(step), player, object)),
      'door-turned': (_state, { door, state: turned }) =>
        accept<Happening>([{ type: 'door-noted', data: { door, state: turned } }]),
    },
  },
}

/** Checks the people after `checkedTo`, in key order, against the map in force. */
function settleAll(state: Known, map: string, checkedTo: string, step: Step) {
  const geography = geographyOf(step)
  const events: Happening[] = []
  let last = checkedTo
  let settled = 0
  for (const [player, person] of state.all('person')) {
    if (player <= checkedTo) continue
    if (settled === SETTLED_PER_INPUT_MAX) {
      events.push({ type: 'map-taken', data: { map, checkedTo: last } })
      return accept(events, { wakes: [{ key: 'world', at: step.at }] })
    }
    events.push(...settle(geography, player, person))
    last = player
    settled += 1
  }
  events.push({ type: 'map-taken', data: { map, checkedTo: null } })
  return accept(events)
}
