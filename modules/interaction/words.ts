import { doorStateSchema, interaction } from '@worldloom/capabilities/interaction'
import { movement } from '@worldloom/capabilities/movement'
import { defineWords, idSchema, required, z } from '@worldloom/contract'

/** Where someone is and what they hold. Key: `person:<player>`. */
const personSchema = z.strictObject({
  /** In 1/64 tile. */
  x: z.int(),
  y: z.int(),
  zone: idSchema,
  /** Objects, in the order in which they were taken. */
  holds: z.array(idSchema),
})
export type Someone = z.output<typeof personSchema>

/** An object that somebody holds. Key: `object:<object>`. */
const objectSchema = z.strictObject({ holders: z.array(idSchema) })
export type Held = z.output<typeof objectSchema>

/** A door that was turned. Key: `door:<door>`. */
const doorSchema = z.strictObject({ state: doorStateSchema })

export const words = defineWords({
  provides: [interaction],
  requires: { movement: required(movement, '^1.0.0') },
  documents: { person: personSchema, object: objectSchema, door: doorSchema },
  events: {
    /** Where someone is now, as movement tells. */
    seen: z.strictObject({ player: idSchema, x: z.int(), y: z.int(), zone: idSchema }),
    /** Someone left the world. */
    gone: z.strictObject({ player: idSchema }),
  },
  refusals: {
    'not-here': 'You are not in this world yet. Enter it first.',
    'unknown-object': 'There is no such thing here.',
    'not-usable': 'There is nothing to do with this.',
    'unknown-door': 'There is no such door here.',
    'out-of-reach': 'That is too far away. Walk up to it first.',
    'behind-wall': 'Something stands between you and it. Walk around first.',
    taken: 'Somebody else has this already. Wait until it is free, or find another.',
    'seat-taken': 'Its seat is taken. Wait until somebody gets up.',
    'nothing-held': 'You hold nothing that could be let go.',
    'role-needed': 'This door opens only for: {roles}.',
    'knock-needed': 'This door opens from the inside only. Ask somebody within to open it.',
    'doorway-taken': 'Somebody stands in the doorway. Wait until it is clear.',
  },
  views: {},
  settings: z.strictObject({}),
})
