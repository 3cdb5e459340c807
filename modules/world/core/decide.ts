import { accept, type Decide, refuse } from '@worldloom/contract'
import { PEOPLE_MAX, type World } from '../words.ts'

export const decide: Decide<World> = {
  join(state, { input }, step) {
    const here = state.get(`person:${input.player}`)
    // Back on another line, knowing nothing any more: told again, so that they get all that a newcomer gets.
    if (here?.session === input.session) return accept([{ type: 'joined', data: { ...input, since: here.since } }])
    if (!here && [...state.all('person')].length >= PEOPLE_MAX) return refuse('full', { people: PEOPLE_MAX })
    const joined = { type: 'joined', data: { ...input, since: step.at } } as const
    if (!here) return accept([joined])
    const { player, session } = here
    return accept([{ type: 'left', data: { player, session, parting: 'taken-over', at: step.at } }, joined])
  },

  leave(state, { input }, step) {
    for (const [player, { session }] of state.all('person')) {
      if (session !== input.session) continue
      return accept([{ type: 'left', data: { player, session, parting: input.parting, at: step.at } }])
    }
    return accept([])
  },
}
