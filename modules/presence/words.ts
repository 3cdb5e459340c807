import { movement } from '@worldloom/capabilities/movement'
import { presence, sightingSchema } from '@worldloom/capabilities/presence'
import { defineWords, idSchema, required, z } from '@worldloom/contract'

const index = sightingSchema.shape.index
const stand = { x: z.int(), y: z.int(), pose: z.int() }

/** One change of place, linked to the one before it in the same zone. */
export interface Change {
  readonly index: number
  readonly x: number
  readonly y: number
  readonly pose: number
  readonly earlier: Change | null
}

// A linked list, because the hot path adds to it ten thousand times a second and only the tick reads it.
const changeSchema: z.ZodType<Change> = z.lazy(() =>
  z.strictObject({ index, ...stand, earlier: changeSchema.nullable() }),
)

/** A person as the others see them. Key: `person:<player>`. */
const personSchema = z.strictObject({ index, zone: idSchema, ...stand })
export type Perceived = z.output<typeof personSchema>

/** A zone with people in it. Key: `zone:<zone>`. */
const zoneSchema = z.strictObject({
  /** The tick within a cycle of `PHASES` at which the zone's frame goes out. */
  phase: z.int().min(0),
  /** Players, in the order in which they came. */
  members: z.array(idSchema),
  /** What changed since the last frame, newest first. */
  changed: changeSchema.nullable(),
})
export type OpenZone = z.output<typeof zoneSchema>

/** Which indices are in use. Key: `numbers`. */
const numbersSchema = z.strictObject({
  /** Indices from here on were never given. */
  next: z.int().min(0),
  /** Given back and ready, ascending. */
  free: z.array(index),
  /** Given back, but still resting until a moment (UTC ms); the longest resting first. */
  resting: z.array(z.strictObject({ index, until: z.int() })),
})
export type Numbers = z.output<typeof numbersSchema>

export const words = defineWords({
  provides: [presence],
  requires: { movement: required(movement, '^1.0.0') },
  documents: { person: personSchema, zone: zoneSchema, numbers: numbersSchema },
  events: {
    /** Someone got the index by which frames speak of them. */
    numbered: z.strictObject({ player: idSchema, index }),
    /** Someone left the world and gave their index back. */
    retired: z.strictObject({ player: idSchema, index }),
    /** The first person came into a zone. */
    'zone-opened': z.strictObject({ zone: idSchema, phase: z.int().min(0) }),
    /** Someone stands differently than before, in the same zone. */
    shifted: z.strictObject({ player: idSchema, zone: idSchema, index, ...stand }),
  },
  refusals: {},
  views: {},
  settings: z.strictObject({}),
})
