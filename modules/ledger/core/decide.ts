import { accept, type Decide, type Keys, refuse } from '@worldloom/contract'
import type { Ledger } from '../words.ts'

export const keys: Keys<Ledger> = {
  mint: ({ input }) => [`account:${input.account}`],
  transfer: ({ input }) => [`account:${input.from}`, `account:${input.to}`],
}

export const decide: Decide<Ledger> = {
  mint(state, { input }) {
    const balance = (state.get(`account:${input.account}`)?.balance ?? 0) + input.coins
    if (!Number.isSafeInteger(balance)) return refuse('too-rich')
    return accept([{ type: 'minted', data: input }], { reply: { balance } })
  },

  transfer(state, { input }) {
    const { from, to, coins } = input
    if (from === to) return refuse('same-account')
    const balance = state.get(`account:${from}`)?.balance ?? 0
    if (balance < coins) return refuse('too-poor', { balance })
    if (!Number.isSafeInteger((state.get(`account:${to}`)?.balance ?? 0) + coins)) return refuse('too-rich')
    return accept([{ type: 'transferred', data: input }], { reply: { left: balance - coins } })
  },
}
