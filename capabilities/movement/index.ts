import { command, defineCapability, EVERYONE, event, idSchema, query, z } from '@worldloom/contract'
import { correctionCodec, correctionSchema } from './correction.ts'
import { intentCodec, intentSchema } from './intent.ts'

export * from './correction.ts'
export * from './intent.ts'
export * from './pose.ts'

/** Where someone stands. Positions in 1/64 tile. */
export const placeSchema = z.strictObject({
  player: idSchema,
  x: z.int().min(0),
  y: z.int().min(0),
  pose: z.int().min(0).max(255),
  zone: idSchema,
  region: idSchema,
})
export type Place = z.output<typeof placeSchema>

/** Optimistic movement with server-side correction: the server checks, and never pushes positions of its own. */
export const movement = defineCapability({
  id: 'space.movement',
  version: '1.0.0',
  scope: 'world',
  commands: {
    move: command({ input: intentSchema, roles: EVERYONE, binary: intentCodec }),
  },
  queries: {
    /** Where a person stands now, or null when they are not in the world. */
    where: query({ input: z.strictObject({ player: idSchema }), answer: placeSchema.nullable(), roles: EVERYONE }),
  },
  events: {
    /** Someone arrived, by entering the world. */
    placed: event({
      data: placeSchema,
      audience: 'player:{player}',
      topics: { of: '{player}', joins: 'zone:{zone}' },
    }),
    moved: event({ data: placeSchema, audience: 'none' }),
    corrected: event({ data: correctionSchema, audience: 'player:{player}', binary: correctionCodec }),
    'zone-changed': event({
      data: z.strictObject({ ...placeSchema.shape, from: idSchema }),
      audience: 'player:{player}',
      topics: { of: '{player}', joins: 'zone:{zone}', leaves: 'zone:{from}' },
    }),
    'region-changed': event({
      data: z.strictObject({ player: idSchema, region: idSchema, from: z.string() }),
      audience: 'player:{player}',
      topics: { of: '{player}', joins: 'region:{region}', leaves: 'region:{from}' },
    }),
    removed: event({
      data: z.strictObject({ player: idSchema, zone: idSchema }),
      audience: 'none',
      topics: { of: '{player}', leaves: 'zone:{zone}' },
    }),
  },
})
