import type { Queries } from '@worldloom/contract'
import type { Ledger } from '../words.ts'

export const queries: Queries<Ledger> = {
  balance: (state, { account }) => state.get(`account:${account}`)?.balance ?? 0,
}
