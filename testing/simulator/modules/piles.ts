import {
  accept,
  command,
  defineCapability,
  defineModule,
  defineWords,
  event,
  idSchema,
  query,
  refuse,
  z,
} from '@worldloom/contract'

const stonesSchema = z.strictObject({ pile: idSchema, stones: z.int().min(1) })

/** Piles of stones: they begin with the first stone and are gone with the last. */
export const piling = defineCapability({
  id: 'trial.piles',
  version: '1.0.0',
  scope: 'world',
  commands: {
    put: command({ input: stonesSchema, roles: [] }),
    take: command({ input: stonesSchema, roles: [] }),
    /** As many stones as a die shows. */
    throw: command({
      input: z.strictObject({ pile: idSchema }),
      reply: z.strictObject({ stones: z.int(), name: z.string() }),
      roles: [],
    }),
    /** A stone each on many piles at once. */
    scatter: command({ input: z.strictObject({ piles: z.array(idSchema) }), roles: [] }),
  },
  queries: { count: query({ input: z.strictObject({ pile: idSchema }), answer: z.int(), roles: [] }) },
  events: {
    put: event({ data: stonesSchema, audience: 'world' }),
    taken: event({ data: stonesSchema, audience: 'world' }),
  },
})

const words = defineWords({
  provides: [piling],
  requires: {},
  documents: { pile: z.strictObject({ stones: z.int() }) },
  events: {},
  refusals: { 'too-few': 'There are only {stones} stones.' },
  views: {},
  settings: z.strictObject({}),
})

const SIDES = 6

/** Documents that come and go, dice and names. */
export const piles = defineModule({
  id: 'piles',
  version: '1.0.0',
  schema: 1,
  keeping: 'resident',
  words,
  decide: {
    put: (_state, { input }) => accept([{ type: 'put', data: input }]),
    take(state, { input }) {
      const stones = state.get(`pile:${input.pile}`)?.stones ?? 0
      if (stones < input.stones) return refuse('too-few', { stones })
      return accept([{ type: 'taken', data: input }])
    },
    throw(_state, { input }, step) {
      const stones = step.dice(SIDES) + 1
      const reply = { stones, name: step.newId() }
      return accept([{ type: 'put', data: { pile: input.pile, stones } }], { reply })
    },
    scatter: (_state, { input }) =>
      accept(input.piles.map(pile => ({ type: 'put', data: { pile, stones: 1 } }) as const)),
  },
  queries: { count: (state, { pile }) => state.get(`pile:${pile}`)?.stones ?? 0 },
  evolve: {
    put: ({ pile, stones }) => [[`pile:${pile}`, known => ({ stones: (known?.stones ?? 0) + stones })]],
    taken: ({ pile, stones }) => [
      [`pile:${pile}`, known => ((known?.stones ?? 0) === stones ? null : { stones: (known?.stones ?? 0) - stones })],
    ],
  },
})
