import { defineCapability, event, idSchema, z } from '@worldloom/contract'
import { frameCodec, frameSchema } from './frame.ts'

export * from './frame.ts'

/** Frames per second of a zone where people move. */
export const PRESENCE_HZ = 15

/** Someone perceivable in a zone. `index` is their small number in binary frames, unique in the world while they are in it. */
export const sightingSchema = z.strictObject({
  index: z.int().min(0).max(65_535),
  player: idSchema,
  x: z.int(),
  y: z.int(),
  pose: z.int(),
})
export type Sighting = z.output<typeof sightingSchema>

/** Who is perceivable in a zone: deltas at up to `PRESENCE_HZ`, a full snapshot only on entering a world or zone. */
export const presence = defineCapability({
  id: 'space.presence',
  version: '1.0.0',
  scope: 'world',
  events: {
    /** Everyone in the zone that a person has just entered, themselves included. */
    snapshot: event({
      data: z.strictObject({ player: idSchema, zone: idSchema, people: z.array(sightingSchema) }),
      audience: 'player:{player}',
    }),
    appeared: event({ data: z.strictObject({ zone: idSchema, ...sightingSchema.shape }), audience: 'zone:{zone}' }),
    disappeared: event({
      data: z.strictObject({ zone: idSchema, index: z.int(), player: idSchema }),
      audience: 'zone:{zone}',
    }),
    frame: event({ data: frameSchema, audience: 'zone:{zone}', binary: frameCodec }),
  },
})
