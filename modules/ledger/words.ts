import { ledger } from '@worldloom/capabilities/ledger'
import { defineWords, z } from '@worldloom/contract'

export const words = defineWords({
  provides: [ledger],
  requires: {},
  documents: { account: z.strictObject({ balance: z.int().min(0) }) },
  events: {},
  refusals: {
    'too-poor': 'There are only {balance} coins in this account.',
    'same-account': 'Coins cannot be sent from an account to itself.',
    'too-rich': 'This account can hold no more coins.',
  },
  views: {},
  settings: z.strictObject({}),
})

export type Ledger = typeof words
