import { command, defineCapability, event, idSchema, query, z } from '@worldloom/contract'

/** Largest sum in one movement of coins. Keeps every balance a safe integer. */
export const COINS_MAX = 1_000_000_000

const coins = z.int().min(1).max(COINS_MAX)

/** Accounts and transfers: the plainest thing that must never be lost or doubled. For trials and benchmarks. */
export const ledger = defineCapability({
  id: 'devtest.ledger',
  version: '1.0.0',
  scope: 'world',
  commands: {
    /** Coins from nowhere: the only way they come into being. */
    mint: command({
      input: z.strictObject({ account: idSchema, coins }),
      reply: z.strictObject({ balance: z.int() }),
      roles: ['admin'],
    }),
    transfer: command({
      input: z.strictObject({ from: idSchema, to: idSchema, coins }),
      reply: z.strictObject({ left: z.int() }),
      roles: ['admin'],
    }),
  },
  queries: {
    balance: query({ input: z.strictObject({ account: idSchema }), answer: z.int(), roles: ['admin'] }),
  },
  events: {
    minted: event({ data: z.strictObject({ account: idSchema, coins }), audience: 'none' }),
    transferred: event({ data: z.strictObject({ from: idSchema, to: idSchema, coins }), audience: 'none' }),
  },
})
