import { defineModule } from '@worldloom/contract'
import { decide, keys } from './core/decide.ts'
import { evolve } from './core/evolve.ts'
import { queries } from './core/queries.ts'
import { words } from './words.ts'

export const ledger = defineModule({
  id: 'ledger',
  version: '0.1.0',
  schema: 1,
  keeping: 'paged',
  words,
  keys,
  decide,
  evolve,
  queries,
})
