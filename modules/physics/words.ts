import { interaction } from '@worldloom/capabilities/interaction'
import { movement } from '@worldloom/capabilities/movement'
import { sessions } from '@worldloom/capabilities/sessions'
import { defineWords, idSchema, optional, required, z } from '@worldloom/contract'

const units = z.int().min(0).max(65_535)

/** Everything the rules remember of someone in the world. Key: `person:<player>`. */
const personSchema = z.strictObject({
  session: idSchema,
  /** The last accepted place, in 1/64 tile, and how they stand there. */
  x: units,
  y: units,
  pose: z.int().min(0).max(255),
  zone: idSchema,
  region: idSchema,
  /** The last intent's number, −1 before the first. */
  seq: z.int().min(-1).max(65_535),
  /** How far they may go at once. */
  budget: z.strictObject({ tokens: z.number().min(0), at: z.int() }),
  /** When intents were last rejected, UTC ms, at most `REJECTIONS_MAX` − 1 of them, oldest first. */
  rejectedAt: z.array(z.int()),
  /** Until then every intent is rejected unseen. UTC ms, 0 when never. */
  frozenUntil: z.int(),
  /** The seat they were put on, and where they stood before within its zone; null while on their feet. */
  seat: z.strictObject({ object: idSchema, fromX: units, fromY: units }).nullable(),
})
export type Mover = z.output<typeof personSchema>

/** Who sits on an object: a player per place, the empty string for a free one. Key: `seat:<object>`. */
const seatSchema = z.strictObject({ sitters: z.array(z.string()) })
export type Sitters = z.output<typeof seatSchema>

/** Doors that are not as the World file has them, or were not at some time. Key: `doors`. */
const doorsSchema = z.strictObject({ turned: z.record(idSchema, z.enum(['open', 'shut'])) })
export type Doors = z.output<typeof doorsSchema>

/** The map in force. Key: `world`. */
const worldSchema = z.strictObject({
  /** SHA-256 of the World file. */
  map: z.string(),
})
export type Ground = z.output<typeof worldSchema>

export const words = defineWords({
  provides: [movement],
  requires: {
    sessions: required(sessions, '^1.0.0'),
    interaction: optional(interaction, '^1.0.0'),
  },
  documents: { person: personSchema, seat: seatSchema, doors: doorsSchema, world: worldSchema },
  events: {
    /** The rules' own memory of someone changed. The public events say less than must be remembered. */
    tracked: z.strictObject({ player: idSchema, person: personSchema }),
    seated: z.strictObject({ object: idSchema, place: z.int().min(0), places: z.int().min(1), player: idSchema }),
    risen: z.strictObject({ object: idSchema, player: idSchema }),
    'door-noted': z.strictObject({ door: idSchema, state: z.enum(['open', 'shut']) }),
    'map-taken': worldSchema,
  },
  refusals: {
    'not-here': 'You are not in this world yet. Enter it first.',
  },
  views: {},
  settings: z.strictObject({}),
})
