import { defineCapability, EVERYONE, event, idSchema, query, z } from '@worldloom/contract'

export const regionLineSchema = z.strictObject({
  region: idSchema,
  name: z.string(),
  neighbours: z.array(idSchema),
  /** Zones of this region, in file order. */
  zones: z.array(z.strictObject({ zone: idSchema, name: z.string(), type: z.string() })),
})
export type RegionLine = z.output<typeof regionLineSchema>

/** The world's geography by name: regions, their neighbours, and the zones in them. Ids are permanent. */
export const regions = defineCapability({
  id: 'world.regions',
  version: '1.0.0',
  scope: 'world',
  queries: { list: query({ input: z.strictObject({}), answer: z.array(regionLineSchema), roles: EVERYONE }) },
  events: {
    /** A region is on the map for the first time, again, or with other zones or neighbours. */
    charted: event({ data: regionLineSchema, audience: 'world' }),
    /** A region is no longer on the map. Its state rests; its id is never given to another. */
    retired: event({ data: z.strictObject({ region: idSchema }), audience: 'world' }),
  },
})
