import { clock, PHASES } from '@worldloom/capabilities/clock'
import { regionLineSchema, regions } from '@worldloom/capabilities/regions'
import { personSchema, sessions } from '@worldloom/capabilities/sessions'
import { defineWords, view, z } from '@worldloom/contract'

/** People in one world at once. */
export const PEOPLE_MAX = 4_000
/** Visits kept for looking back. */
export const VISITS_MAX = 100_000

export const words = defineWords({
  provides: [sessions, clock, regions],
  requires: {},
  documents: {
    person: personSchema,
    phase: z.strictObject({ phase: z.enum(PHASES) }),
    /** While visits that the server's going down has ended are still being closed: when that was, UTC ms. */
    absence: z.strictObject({ at: z.int() }),
    region: z.strictObject({ line: regionLineSchema, retired: z.boolean() }),
  },
  events: {
    /** The server came up again with more visits to end than one input can. */
    'went-down': z.strictObject({ at: z.int() }),
    /** All of them are ended. */
    'caught-up': z.strictObject({ at: z.int() }),
  },
  refusals: {
    full: 'This world is full: {people} people are here already. Try again later.',
  },
  views: {
    visits: view({
      columns: { session: 'text', player: 'text', name: 'text', joinedAt: 'time', leftAt: 'time', parting: 'text' },
      key: ['session'],
      indexes: [['joinedAt'], ['player', 'joinedAt']],
      rowsMax: VISITS_MAX,
    }),
  },
  settings: z.strictObject({}),
})

export type World = typeof words
