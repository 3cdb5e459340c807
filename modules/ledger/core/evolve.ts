import type { DocumentOf, Evolve } from '@worldloom/contract'
import type { Ledger } from '../words.ts'

type Account = DocumentOf<Ledger, 'account'> | undefined

const add = (coins: number) => (account: Account) => ({ balance: (account?.balance ?? 0) + coins })

export const evolve: Evolve<Ledger> = {
  minted: ({ account, coins }) => [[`account:${account}`, add(coins)]],
  transferred: ({ from, to, coins }) => [
    [`account:${from}`, add(-coins)],
    [`account:${to}`, add(coins)],
  ],
}
