import { z } from '@worldloom/contract'

/** Bounds of what is read, far above any map that fits a World file. */
export const LAYERS_READ_MAX = 512
export const OBJECTS_READ_MAX = 20_000
export const TILESETS_READ_MAX = 256
export const CHUNKS_READ_MAX = 4_096
export const NESTING_MAX = 64

const number = z.number().min(-1_000_000_000).max(1_000_000_000)
const text = z.string().max(10_000)
const count = z.int().min(0).max(1_000_000)
const gid = z.int().min(0).max(0xffff_ffff)

const propertySchema = z.object({ name: text, value: z.unknown() })
const properties = z.array(propertySchema).max(1_000).default([])

export const objectSchema = z.object({
  id: count.default(0),
  name: text.default(''),
  type: text.optional(),
  class: text.optional(),
  x: number.default(0),
  y: number.default(0),
  width: number.default(0),
  height: number.default(0),
  rotation: number.default(0),
  gid: gid.optional(),
  visible: z.boolean().default(true),
  point: z.boolean().default(false),
  ellipse: z.boolean().default(false),
  polygon: z
    .array(z.object({ x: number, y: number }))
    .max(10_000)
    .optional(),
  polyline: z
    .array(z.object({ x: number, y: number }))
    .max(10_000)
    .optional(),
  text: z.unknown().optional(),
  template: text.optional(),
  properties,
})
export type TiledObject = z.output<typeof objectSchema>

const data = z.union([z.string(), z.array(gid)])

const common = {
  name: text.default(''),
  class: text.optional(),
  visible: z.boolean().default(true),
  opacity: number.default(1),
  tintcolor: text.optional(),
  parallaxx: number.default(1),
  parallaxy: number.default(1),
  offsetx: number.default(0),
  offsety: number.default(0),
  properties,
}

const tileLayerSchema = z.object({
  type: z.literal('tilelayer'),
  ...common,
  width: count.default(0),
  height: count.default(0),
  encoding: z.enum(['csv', 'base64']).optional(),
  compression: z.enum(['', 'gzip', 'zlib', 'zstd']).optional(),
  data: data.optional(),
  chunks: z
    .array(z.object({ x: number, y: number, width: count, height: count, data }))
    .max(CHUNKS_READ_MAX)
    .optional(),
})
const objectLayerSchema = z.object({
  type: z.literal('objectgroup'),
  ...common,
  objects: z.array(objectSchema).max(OBJECTS_READ_MAX).default([]),
})
const imageLayerSchema = z.object({ type: z.literal('imagelayer'), ...common })
const groupSchema = z.object({
  type: z.literal('group'),
  ...common,
  get layers() {
    return z.array(layerSchema).max(LAYERS_READ_MAX).default([])
  },
})
const layerSchema: z.ZodType<TiledLayer> = z.lazy(() =>
  z.discriminatedUnion('type', [tileLayerSchema, objectLayerSchema, imageLayerSchema, groupSchema]),
)

export type TileLayer = z.output<typeof tileLayerSchema>
export type ObjectLayer = z.output<typeof objectLayerSchema>
type Group = Omit<z.output<typeof imageLayerSchema>, 'type'> & {
  readonly type: 'group'
  readonly layers: readonly TiledLayer[]
}
export type TiledLayer = TileLayer | ObjectLayer | z.output<typeof imageLayerSchema> | Group

const tileSchema = z.object({
  id: count,
  type: text.optional(),
  class: text.optional(),
  image: text.optional(),
  animation: z.array(z.unknown()).max(1_000).optional(),
  objectgroup: z.object({ objects: z.array(objectSchema).max(1_000).default([]) }).optional(),
  terrain: z.array(z.int()).max(4).optional(),
  properties,
})

export const tilesetSchema = z.object({
  firstgid: count.default(1),
  name: text.default(''),
  class: text.optional(),
  source: text.optional(),
  tilecount: count.default(0),
  tilewidth: count.default(0),
  tileheight: count.default(0),
  properties,
  tiles: z.array(tileSchema).max(100_000).default([]),
  terrains: z
    .array(z.object({ name: text }))
    .max(1_000)
    .default([]),
  wangsets: z
    .array(
      z.object({
        name: text.default(''),
        colors: z
          .array(z.object({ name: text }))
          .max(1_000)
          .default([]),
        wangtiles: z
          .array(z.object({ tileid: count, wangid: z.array(count).max(8) }))
          .max(100_000)
          .default([]),
      }),
    )
    .max(1_000)
    .default([]),
})
export type Tileset = z.output<typeof tilesetSchema>

/** A Tiled map as its JSON has it; XML is brought to the same form first. Unknown fields fall away. */
export const mapSchema = z.object({
  orientation: z.string(),
  width: count,
  height: count,
  tilewidth: z.int().min(1).max(10_000),
  tileheight: z.int().min(1).max(10_000),
  infinite: z.boolean().default(false),
  properties,
  tilesets: z.array(tilesetSchema).max(TILESETS_READ_MAX).default([]),
  layers: z.array(layerSchema).max(LAYERS_READ_MAX).default([]),
})
export type TiledMap = z.output<typeof mapSchema>

export type Properties = ReadonlyMap<string, unknown>

/** Property names compare without regard to case, spaces, dashes and underscores. */
export const propertiesOf = (list: readonly { readonly name: string; readonly value?: unknown }[]): Properties =>
  new Map(list.map(({ name, value }) => [plainName(name), value]))

export const plainName = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '')

/** True for true, and for the texts and numbers that old maps write instead. */
export const isSet = (value: unknown): boolean => value === true || value === 'true' || value === 1 || value === '1'
