import { defineModule } from '@worldloom/contract'
import { decide } from './core/decide.ts'
import { evolve } from './core/evolve.ts'
import { queries } from './core/queries.ts'
import { views } from './core/views.ts'
import { before } from './shell/before.ts'
import { words } from './words.ts'

export const community = defineModule({
  id: 'community',
  version: '0.1.0',
  schema: 1,
  keeping: 'resident',
  words,
  decide,
  evolve,
  queries,
  views,
  before,
})
