import type { Queries } from '@worldloom/contract'
import type { words } from '../words.ts'
import { placeOf } from './announcements.ts'

export const queries: Queries<typeof words> = {
  where: (state, { player }) => {
    const person = state.get(`person:${player}`)
    return person ? placeOf(player, person) : null
  },
}
