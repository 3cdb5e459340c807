/** What the ledger is tried on. */
export const samples = {
  inputs: [
    { command: 'mint', input: { account: 'ada', coins: 100 } },
    { command: 'transfer', input: { from: 'ada', to: 'ben', coins: 30 } },
    { command: 'transfer', input: { from: 'ben', to: 'cleo', coins: 31 }, refused: 'too-poor' },
    { command: 'transfer', input: { from: 'ben', to: 'ben', coins: 1 }, refused: 'same-account' },
    { restart: true },
    { command: 'transfer', input: { from: 'ben', to: 'ada', coins: 30 } },
    { command: 'mint', input: { account: 'cleo', coins: 1_000_000_000 } },
    { query: 'balance', input: { account: 'ada' } },
    { query: 'balance', input: { account: 'nobody' } },
  ],
  scenes: {
    'accounts that are full': {
      given: { 'account:bank': { balance: Number.MAX_SAFE_INTEGER - 1 }, 'account:ada': { balance: 5 } },
      inputs: [
        { command: 'mint', input: { account: 'bank', coins: 2 }, refused: 'too-rich' },
        { command: 'transfer', input: { from: 'ada', to: 'bank', coins: 2 }, refused: 'too-rich' },
        { command: 'transfer', input: { from: 'ada', to: 'bank', coins: 1 } },
      ],
    },
  },
}
