import { ledger } from '@worldloom/capabilities/ledger'
import {
  accept,
  command,
  defineCapability,
  defineModule,
  defineWords,
  event,
  idSchema,
  refuse,
  required,
  z,
} from '@worldloom/contract'

const orderSchema = z.strictObject({ order: idSchema, from: idSchema, to: idSchema, coins: z.int() })

/** Payments ordered, each carried out by two calls to the ledger. */
export const ordering = defineCapability({
  id: 'trial.orders',
  version: '1.0.0',
  scope: 'world',
  commands: { place: command({ input: orderSchema, roles: [] }) },
  events: {
    placed: event({ data: orderSchema, audience: 'none' }),
    answered: event({ data: z.strictObject({ order: idSchema, refused: z.string().nullable() }), audience: 'none' }),
  },
})

const words = defineWords({
  provides: [ordering],
  requires: { ledger: required(ledger, '^1.0.0') },
  documents: { order: z.strictObject({ unanswered: z.int(), paid: z.int() }) },
  events: {},
  refusals: { 'placed-already': 'This order has been placed already.' },
  views: {},
  settings: z.strictObject({}),
})

/** Calls that one order makes. */
export const CALLS_PER_ORDER = 2

/** Owes calls, and throws when one of them is answered twice. */
export const orders = defineModule({
  id: 'orders',
  version: '1.0.0',
  schema: 1,
  keeping: 'resident',
  words,
  decide: {
    place(state, { input }) {
      if (state.get(`order:${input.order}`)) return refuse('placed-already')
      const { from, to, coins } = input
      const call = { slot: 'ledger', command: 'transfer', data: { from, to, coins } }
      return accept([{ type: 'placed', data: input }], { calls: Array.from({ length: CALLS_PER_ORDER }, () => call) })
    },
  },
  reflexes: {
    answer(state, { data, refused }) {
      const { coins } = data as { coins: number }
      const open = [...state.all('order')].find(([, { unanswered }]) => unanswered > 0)
      if (!open) throw new Error(`an answer about ${coins} coins came though nothing is owed`)
      return accept([{ type: 'answered', data: { order: open[0], refused: refused ?? null } }])
    },
  },
  evolve: {
    placed: ({ order }) => [[`order:${order}`, () => ({ unanswered: CALLS_PER_ORDER, paid: 0 })]],
    answered: ({ order, refused }) => [
      [
        `order:${order}`,
        known => ({ unanswered: (known?.unanswered ?? 0) - 1, paid: (known?.paid ?? 0) + (refused === null ? 1 : 0) }),
      ],
    ],
  },
})
