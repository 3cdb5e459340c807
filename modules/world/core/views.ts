import type { Views } from '@worldloom/contract'
import type { World } from '../words.ts'

export const views: Views<World> = {
  visits: {
    joined: ({ session, player, name, since }) => [
      { put: { session, player, name, joinedAt: since, leftAt: null, parting: null } },
    ],
    left: ({ session, parting, at }) => [{ patch: { session, leftAt: at, parting } }],
  },
}
