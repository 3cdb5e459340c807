import { ledger } from '@worldloom/capabilities/ledger'
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
  required,
  z,
} from '@worldloom/contract'
import { ordering } from './orders.ts'

const tallySchema = z.strictObject({ account: idSchema, coins: z.int() })

/** Sums kept by reacting to the ledger. */
export const tallying = defineCapability({
  id: 'trial.tally',
  version: '1.0.0',
  scope: 'world',
  commands: { touch: command({ input: z.strictObject({ account: idSchema }), roles: [] }) },
  queries: { sum: query({ input: z.strictObject({ account: idSchema }), answer: z.int(), roles: [] }) },
  events: { tallied: event({ data: tallySchema, audience: 'none' }) },
})

/** Movements of so many coins the tally takes no interest in: it refuses to react. */
export const UNINTERESTING_COINS = 7
/** Movements of so many coins break its rule: the reaction is quarantined. */
export const POISONOUS_COINS = 13

const words = defineWords({
  provides: [tallying],
  requires: { ledger: required(ledger, '^1.0.0'), orders: required(ordering, '^1.0.0') },
  documents: { account: z.strictObject({ coins: z.int() }), orders: z.strictObject({ count: z.int() }) },
  events: { counted: z.strictObject({}) },
  refusals: { uninteresting: 'The tally is not interested in this.' },
  views: {},
  settings: z.strictObject({}),
})

type Account = { readonly coins: number } | undefined
type Count = { readonly count: number } | undefined

function tallied(account: string, coins: number, size: number) {
  if (size === POISONOUS_COINS) throw new Error(`poison: ${size} coins`)
  return size === UNINTERESTING_COINS
    ? refuse('uninteresting')
    : accept([{ type: 'tallied', data: { account, coins } } as const])
}

/** Reacts to every movement of coins: what it holds shows whether any was missed or counted twice. */
export const tally = defineModule({
  id: 'tally',
  version: '1.0.0',
  schema: 1,
  keeping: 'paged',
  words,
  keys: { touch: ({ input }) => [`account:${input.account}`] },
  decide: {
    touch: (state, { input }) => (state.get(`account:${input.account}`) ? accept([]) : refuse('uninteresting')),
  },
  reflexes: {
    react: {
      ledger: {
        minted: (_state, { account, coins }) => tallied(account, coins, coins),
        transferred: (_state, { to, coins }) => tallied(to, coins, coins),
      },
      orders: { placed: () => accept([{ type: 'counted', data: {} } as const]) },
    },
    reactKeys: {
      ledger: {
        minted: ({ account }) => [`account:${account}`],
        transferred: ({ to }) => [`account:${to}`],
      },
      orders: { placed: () => ['orders'] },
    },
  },
  queries: { sum: (state, { account }) => state.get(`account:${account}`)?.coins ?? 0 },
  evolve: {
    tallied: ({ account, coins }) => [
      [`account:${account}`, (known: Account) => ({ coins: (known?.coins ?? 0) + coins })],
    ],
    counted: () => [['orders', (known: Count) => ({ count: (known?.count ?? 0) + 1 })]],
  },
})
