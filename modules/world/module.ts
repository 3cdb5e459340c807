import { defineModule } from '@worldloom/contract'
import { decide } from './core/decide.ts'
import { evolve } from './core/evolve.ts'
import { queries } from './core/queries.ts'
import { reflexes } from './core/reflexes.ts'
import { views } from './core/views.ts'
import { words } from './words.ts'

export const world = defineModule({
  id: 'world',
  version: '0.1.0',
  schema: 1,
  keeping: 'resident',
  words,
  decide,
  evolve,
  reflexes,
  queries,
  views,
})
