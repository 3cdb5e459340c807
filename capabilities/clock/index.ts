import { defineCapability, EVERYONE, event, query, z } from '@worldloom/contract'

/** Milliseconds of world time. */
export const WORLD_DAY_MS = 86_400_000
export const WORLD_HOUR_MS = 3_600_000

export const PHASES = ['night', 'dawn', 'day', 'dusk'] as const
export type Phase = (typeof PHASES)[number]

/** Which light it is at a world time: dawn 5–7, day 7–19, dusk 19–21, otherwise night. */
export function phaseAt(world: number): Phase {
  const hour = Math.floor((world % WORLD_DAY_MS) / WORLD_HOUR_MS)
  if (hour >= 5 && hour < 7) return 'dawn'
  if (hour >= 7 && hour < 19) return 'day'
  if (hour >= 19 && hour < 21) return 'dusk'
  return 'night'
}

const reading = z.strictObject({
  /** Real moment (UTC ms), the world time then, and world ms per 1000 real ms. */
  at: z.int(),
  world: z.int(),
  rate: z.int(),
  phase: z.enum(PHASES),
})

/** World time, and the light that goes with it. */
export const clock = defineCapability({
  id: 'world.clock',
  version: '1.0.0',
  scope: 'world',
  queries: { now: query({ input: z.strictObject({}), answer: reading, roles: EVERYONE }) },
  events: {
    'phase-changed': event({ data: z.strictObject({ phase: z.enum(PHASES), world: z.int() }), audience: 'world' }),
  },
})
