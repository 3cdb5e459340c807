import { defineModule } from '@worldloom/contract'
import { decide } from './core/decide.ts'
import { evolve } from './core/evolve.ts'
import { queries } from './core/queries.ts'
import { reflexes } from './core/reflexes.ts'
import { words } from './words.ts'

/** Seats, doors and things to use: who holds what, first come, first served. */
export const interaction = defineModule({
  id: 'interaction',
  version: '1.0.0',
  schema: 1,
  words,
  keeping: 'ephemeral',
  decide,
  evolve,
  reflexes,
  queries,
})
