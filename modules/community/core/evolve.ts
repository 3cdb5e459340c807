import type { Evolve } from '@worldloom/contract'
import type { Community } from '../words.ts'

/** What was said is kept in the view, not in documents: it only grows. */
export const evolve: Evolve<Community> = { said: () => [] }
