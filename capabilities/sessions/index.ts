import {
  command,
  defineCapability,
  EVERYONE,
  event,
  idSchema,
  lookSchema,
  nameSchema,
  query,
  z,
} from '@worldloom/contract'

/** Someone who is in the world now. */
export const personSchema = z.strictObject({
  player: idSchema,
  session: idSchema,
  name: nameSchema,
  look: lookSchema,
  /** UTC ms. */
  since: z.int(),
})
export type Person = z.output<typeof personSchema>

/** Why a visit ended. `restarted`: the server went down while the person was here. */
export const PARTINGS = ['left', 'lost', 'taken-over', 'restarted'] as const

export const visitSchema = z.strictObject({
  session: idSchema,
  player: idSchema,
  name: nameSchema,
  joinedAt: z.int(),
  leftAt: z.int().nullable(),
  parting: z.enum(PARTINGS).nullable(),
})

/** Who is here, and who was. One session per person and world: the newest wins. */
export const sessions = defineCapability({
  id: 'world.sessions',
  version: '1.0.0',
  scope: 'world',
  commands: {
    /** With the session that is here already: back on another line. Told again, so that they get what newcomers get. */
    join: command({
      input: z.strictObject({ player: idSchema, session: idSchema, name: nameSchema, look: lookSchema }),
      roles: [],
    }),
    leave: command({ input: z.strictObject({ session: idSchema, parting: z.enum(PARTINGS) }), roles: [] }),
  },
  queries: {
    who: query({ input: z.strictObject({}), answer: z.array(personSchema), roles: EVERYONE }),
    /** Someone who is here now, or null. */
    person: query({ input: z.strictObject({ player: idSchema }), answer: personSchema.nullable(), roles: EVERYONE }),
    visits: query({
      input: z.strictObject({ before: z.int().optional(), limit: z.int().min(1).max(200).default(50) }),
      answer: z.array(visitSchema),
      roles: ['moderator', 'admin'],
    }),
  },
  events: {
    joined: event({ data: personSchema, audience: 'world' }),
    left: event({
      data: z.strictObject({
        player: idSchema,
        session: idSchema,
        parting: z.enum(PARTINGS),
        /** When the visit ended, UTC ms: before now when the server was down meanwhile. */
        at: z.int(),
      }),
      audience: 'world',
    }),
  },
})
