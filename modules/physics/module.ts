import { defineModule } from '@worldloom/contract'
import { decide } from './core/decide.ts'
import { evolve } from './core/evolve.ts'
import { queries } from './core/queries.ts'
import { reflexes } from './core/reflexes.ts'
import { words } from './words.ts'

/** Checks where people say they go: walls, doors, seats, speed, and the edges of zones and regions. */
export const physics = defineModule({
  id: 'physics',
  version: '1.0.0',
  schema: 1,
  words,
  keeping: 'ephemeral',
  decide,
  evolve,
  reflexes,
  queries,
})
