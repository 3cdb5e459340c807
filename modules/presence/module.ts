import { defineModule } from '@worldloom/contract'
import { evolve } from './core/evolve.ts'
import { reflexes, TICK_HZ } from './core/reflexes.ts'
import { words } from './words.ts'

/** Tells the people in a zone of one another: who is there, who comes and goes, and how they move. */
export const presence = defineModule({
  id: 'presence',
  version: '1.0.0',
  schema: 1,
  words,
  keeping: 'ephemeral',
  tickHz: TICK_HZ,
  decide: {},
  evolve,
  reflexes,
})
