import { accept, type Reflexes } from '@worldloom/contract'
import type { words } from '../words.ts'
import type { Happening } from './announcements.ts'
import { geographyOf } from './ground.ts'
import { arrive, comeBack, rise, settle, sit } from './placing.ts'

const NOTHING = accept<Happening>([])

export const reflexes: Reflexes<typeof words> = {
  settings: (state, { objects }, step) => {
    const { map } = objects
    if (map === undefined || map === state.get('world')?.map) return NOTHING
    const geography = geographyOf(step)
    const events: Happening[] = [{ type: 'map-taken', data: { map } }]
    for (const [player, person] of state.all('person')) events.push(...settle(geography, player, person))
    return accept(events)
  },

  react: {
    sessions: {
      joined: (state, { player, session }, step) => {
        const earlier = state.get(`person:${player}`)
        if (earlier?.session === session) return accept(comeBack(player, earlier))
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
