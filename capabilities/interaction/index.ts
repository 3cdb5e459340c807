import { command, defineCapability, EVERYONE, event, idSchema, query, z } from '@worldloom/contract'

export const doorStateSchema = z.enum(['open', 'shut'])

/** Seats, doors and things to use: exclusive occupancy, first come first served, gone with the server. */
export const interaction = defineCapability({
  id: 'space.interaction',
  version: '1.0.0',
  scope: 'world',
  commands: {
    /** Sit on, use or attach to an object within reach. */
    use: command({ input: z.strictObject({ object: idSchema }), roles: EVERYONE, perSecondMax: 10 }),
    /** Let go of whatever one holds. */
    release: command({ input: z.strictObject({}), roles: EVERYONE, perSecondMax: 10 }),
    /** Open a shut door, or shut an open one, within reach. */
    turn: command({ input: z.strictObject({ door: idSchema }), roles: EVERYONE, perSecondMax: 10 }),
  },
  queries: {
    /** Everything that is not as the World file has it: taken objects and turned doors. */
    state: query({
      input: z.strictObject({}),
      answer: z.strictObject({
        occupied: z.array(z.strictObject({ object: idSchema, player: idSchema })),
        doors: z.array(z.strictObject({ door: idSchema, state: doorStateSchema })),
      }),
      roles: EVERYONE,
    }),
  },
  events: {
    occupied: event({
      data: z.strictObject({
        object: idSchema,
        player: idSchema,
        zone: idSchema,
        action: z.enum(['sit', 'use', 'attach']),
      }),
      audience: 'zone:{zone}',
    }),
    released: event({
      data: z.strictObject({ object: idSchema, player: idSchema, zone: idSchema }),
      audience: 'zone:{zone}',
    }),
    'door-turned': event({ data: z.strictObject({ door: idSchema, state: doorStateSchema }), audience: 'world' }),
  },
})
