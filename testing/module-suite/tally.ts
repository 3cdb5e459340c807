import {
  type AnyModule,
  accept,
  command,
  type DocumentOf,
  defineCapability,
  defineModule,
  defineWords,
  type Evolve,
  event,
  idSchema,
  optional,
  query,
  refuse,
  view,
  z,
} from '@worldloom/contract'
import type { Samples } from './samples.ts'

/** The most that one tally counts to. */
const SUM_MAX = 100

const bell = defineCapability({
  id: 'suite.bell',
  version: '1.0.0',
  scope: 'world',
  queries: { volume: query({ input: z.strictObject({}), answer: z.int(), roles: [] }) },
  events: { rung: event({ data: z.strictObject({ tower: idSchema }), audience: 'world' }) },
})

const tally = defineCapability({
  id: 'suite.tally',
  version: '1.0.0',
  scope: 'world',
  commands: {
    add: command({
      input: z.strictObject({ name: idSchema, n: z.int().min(1) }),
      reply: z.strictObject({ sum: z.int() }),
      roles: [],
    }),
  },
  queries: { sum: query({ input: z.strictObject({ name: idSchema }), answer: z.int(), roles: [] }) },
  events: { added: event({ data: z.strictObject({ name: idSchema, n: z.int() }), audience: 'world' }) },
})

const words = defineWords({
  provides: [tally],
  requires: { bell: optional(bell, '^1.0.0') },
  documents: { tally: z.strictObject({ sum: z.int() }), bells: z.strictObject({ rung: z.int() }) },
  events: { chimed: z.strictObject({ tower: idSchema }) },
  refusals: { 'too-much': 'It counts to {max} at most.' },
  views: {
    adds: view({ columns: { id: 'text', n: 'integer' }, key: ['id'], indexes: [['n']], rowsMax: 1_000 }),
  },
  settings: z.strictObject({}),
})

type Sum = DocumentOf<typeof words, 'tally'>
type Rung = DocumentOf<typeof words, 'bells'>

const evolve: Evolve<typeof words> = {
  added: ({ name, n }) => [[`tally:${name}`, (tallied?: Sum) => ({ sum: (tallied?.sum ?? 0) + n })]],
  chimed: () => [['bells', (bells?: Rung) => ({ rung: (bells?.rung ?? 0) + 1 })]],
}

/** A module with one of everything and no mistake, for planting mistakes in. */
export const tallyModule: AnyModule = defineModule({
  id: 'tally',
  version: '1.0.0',
  schema: 1,
  keeping: 'resident',
  words,
  decide: {
    add(state, { input }) {
      const sum = (state.get(`tally:${input.name}`)?.sum ?? 0) + input.n
      if (sum > SUM_MAX) return refuse('too-much', { max: SUM_MAX })
      return accept([{ type: 'added', data: input } as const], { reply: { sum } })
    },
  },
  keys: { add: ({ input }) => [`tally:${input.name}`] },
  evolve,
  reflexes: {
    react: { bell: { rung: (_state, { tower }) => accept([{ type: 'chimed', data: { tower } } as const]) } },
    reactKeys: { bell: { rung: () => ['bells'] as const } },
  },
  queries: { sum: (state, { name }) => state.get(`tally:${name}`)?.sum ?? 0 },
  views: { adds: { added: ({ name, n }, at) => [{ put: { id: `${name}-${at}`, n } }] } },
  before: { add: async ask => ({ before: { volume: await ask('bell', 'volume', {}) } }) },
})

const loud = { 'bell/volume': 3 }

export const tallySamples: Samples = {
  inputs: [
    { command: 'add', input: { name: 'sheep', n: 2 }, reads: loud },
    { command: 'add', input: { name: 'goats', n: 3 }, reads: loud },
    { event: 'bell/rung', data: { tower: 'north' } },
    { passMs: 50 },
    { restart: true },
    { command: 'add', input: { name: 'sheep', n: 40 }, reads: loud },
    { event: 'bell/rung', data: { tower: 'south' } },
    { command: 'add', input: { name: 'sheep', n: 59 }, reads: loud, refused: 'too-much' },
    { query: 'sum', input: { name: 'sheep' }, answer: 42 },
  ],
}
