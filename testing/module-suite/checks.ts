import { bounds } from './bounds.ts'
import type { Check } from './check.ts'
import { declaration, optionalNeeds } from './declaration.ts'
import { evolution } from './folds.ts'
import { repeats, replay } from './journal.ts'
import { limits } from './limits.ts'
import { frozenInputs, noSurroundings } from './purity.ts'
import { refusals } from './refusals.ts'
import { sameBytes } from './sameness.ts'
import { schemas } from './schemas.ts'
import { noTimersLeft } from './timers.ts'

/** What must be true of every module, in the order in which it is worth mending. */
export const CHECKS: readonly Check[] = [
  declaration,
  sameBytes,
  frozenInputs,
  noSurroundings,
  schemas,
  evolution,
  refusals,
  limits,
  repeats,
  replay,
  optionalNeeds,
  noTimersLeft,
  bounds,
]
