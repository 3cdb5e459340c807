import { command, defineCapability, EVERYONE, event, idSchema, query, textSchema, z } from '@worldloom/contract'

export const CHAT_CHARS_MAX = 500

/** Where a line is said: to the whole world, or to the zone one stands in. */
export const channelSchema = z.union([z.literal('world'), z.templateLiteral(['zone:', idSchema])])

export const lineSchema = z.strictObject({
  id: idSchema,
  channel: channelSchema,
  player: idSchema,
  name: z.string(),
  text: z.string(),
  /** UTC ms. */
  at: z.int(),
})
export type Line = z.output<typeof lineSchema>

/** Talk, kept. */
export const chat = defineCapability({
  id: 'community.chat',
  version: '1.0.0',
  scope: 'world',
  commands: {
    say: command({
      input: z.strictObject({
        channel: z.enum(['world', 'zone']),
        text: textSchema(CHAT_CHARS_MAX).trim().min(1),
      }),
      reply: z.strictObject({ line: idSchema }),
      roles: EVERYONE,
      perSecondMax: 2,
    }),
  },
  queries: {
    /** Newest last. Without `before`, the most recent lines of a channel one may read. */
    history: query({
      input: z.strictObject({
        channel: z.enum(['world', 'zone']),
        before: z.int().optional(),
        limit: z.int().min(1).max(100).default(50),
      }),
      answer: z.array(lineSchema),
      roles: EVERYONE,
    }),
  },
  events: { said: event({ data: lineSchema, audience: '{channel}' }) },
})
