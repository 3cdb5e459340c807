import { phaseAt } from '@worldloom/capabilities/clock'
import type { Queries } from '@worldloom/contract'
import type { World } from '../words.ts'

export const queries: Queries<World> = {
  who: state => [...state.all('person')].map(([, person]) => person),
  person: (state, { player }) => state.get(`person:${player}`) ?? null,
  visits: (_state, { before, limit }) => ({
    view: 'visits',
    where: {},
    orderBy: 'joinedAt',
    descending: true,
    ...(before !== undefined && { after: before }),
    limit,
    shape: rows => rows as never,
  }),
  now: (_state, _input, _actor, { at, world, clock }) => ({ at, world, rate: clock.rate, phase: phaseAt(world) }),
  list: state => [...state.all('region')].filter(([, { retired }]) => !retired).map(([, { line }]) => line),
}
