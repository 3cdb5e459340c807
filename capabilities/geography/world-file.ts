import { idSchema, ROLES, textSchema, z } from '@worldloom/contract'
import { OBJECT_TYPE_NAMES } from './object-types.ts'
import { TILE_KIND_NAMES } from './tile-kinds.ts'

export const WORLD_FORMAT_VERSION = 1

/** Bounds of a World file. Tiles are one metre. */
export const WORLD_FILE_BYTES_MAX = 4 * 1024 * 1024
export const MAP_TILES_MAX = 512
export const LAYERS_MAX = 8
export const REGIONS_MAX = 64
export const ZONES_MAX = 512
export const DOORS_MAX = 512
export const OBJECTS_MAX = 4_000
export const SPAWN_POINTS_MAX = 64
export const RECTS_MAX = 64
export const LINKS_MAX = 16
export const TITLE_CHARS_MAX = 80
export const DESCRIPTION_CHARS_MAX = 1_000
export const OBJECT_TILES_MAX = 32
export const DOOR_TILES_MAX = 8

/** What happens inside a zone. The type is the only authority on that; looks never are. */
export const ZONE_TYPES = ['OpenArea', 'TeamArea', 'MeetingRoom', 'PrivateRoom', 'Wild'] as const
export type ZoneType = (typeof ZONE_TYPES)[number]

/** Facing in eighths of a turn, clockwise from north (−y): the index is the number used in poses. */
export const DIRECTIONS = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const
export type Direction = (typeof DIRECTIONS)[number]

/** Named colours of the palette, for roofs, banners, cushions. */
export const TONES = ['clay', 'moss', 'pine', 'sand', 'slate', 'sun', 'water', 'song', 'paper', 'ink'] as const
export type Tone = (typeof TONES)[number]

/** A row character that means: this layer has no tile here. Never in a legend. */
export const EMPTY_TILE = '.'

const title = textSchema(TITLE_CHARS_MAX)
  .min(1)
  .refine(text => !text.includes('\n'), 'must be one line')

/** In tiles, in steps of 1/64; x to the east, y to the south; the middle of the north-west tile is 0.5, 0.5. */
const coordinate = z
  .number()
  .min(0)
  .max(MAP_TILES_MAX)
  .multipleOf(1 / 64)
const positionSchema = z.strictObject({ x: coordinate, y: coordinate })

/** A rectangle of whole tiles. */
export const rectSchema = z.strictObject({
  x: z.int().min(0).max(MAP_TILES_MAX),
  y: z.int().min(0).max(MAP_TILES_MAX),
  width: z.int().min(1).max(MAP_TILES_MAX),
  height: z.int().min(1).max(MAP_TILES_MAX),
})
const boundsSchema = z.array(rectSchema).min(1).max(RECTS_MAX)

const row = z.string().min(1).max(MAP_TILES_MAX)
const rows = z.array(row).min(1).max(MAP_TILES_MAX)

/** Layers lie on one another in file order: the last ground tile is what one walks on, standing tiles rise from it. */
export const layerSchema = z.strictObject({
  id: idSchema,
  /** One printable ASCII character each, `.` excepted. */
  legend: z.record(z.string().regex(/^[!-~]$/, 'must be one printable character'), z.enum(TILE_KIND_NAMES)),
  /** One string per row of tiles, one character per tile. */
  rows,
  /** Absent: each kind decides. True: every tile of the layer stops people. False: none does. */
  collision: z.boolean().optional(),
})

export const mapSchema = z.strictObject({
  width: z.int().min(1).max(MAP_TILES_MAX),
  height: z.int().min(1).max(MAP_TILES_MAX),
  layers: z.array(layerSchema).min(1).max(LAYERS_MAX),
  /** Ground height per tile in steps of half a tile, one character 0–9a–z. A water tile's height is its surface. */
  heights: z
    .array(row.regex(/^[0-9a-z]+$/, 'must be digits or lower-case letters'))
    .min(1)
    .max(MAP_TILES_MAX),
})

/** Geography with a state of its own (harmony, weather, …). */
export const regionSchema = z.strictObject({
  id: idSchema,
  name: title,
  /** One line for the person who enters. */
  mood: title.optional(),
  bounds: boundsSchema,
  /** Regions that touch this one; mutual. */
  neighbours: z.array(idSchema).max(REGIONS_MAX),
  /** The harmony level this region drifts to by itself, 30–60. */
  ground: z.int().min(30).max(60),
})

/** A place with its own rules of presence and media. */
export const zoneSchema = z.strictObject({
  id: idSchema,
  name: title,
  type: z.enum(ZONE_TYPES),
  region: idSchema,
  bounds: boundsSchema,
  /** Departures from what the type says. */
  overrides: z.strictObject({
    audio: z.enum(['off']).optional(),
    video: z.enum(['off', 'optional']).optional(),
    screenShare: z.enum(['off', 'allowed']).optional(),
  }),
})

export const doorSchema = z.strictObject({
  id: idSchema,
  /** The tiles of the doorway. It may cut a wall: what stands on these tiles stops nobody. */
  bounds: z.strictObject({
    ...rectSchema.shape,
    width: z.int().min(1).max(DOOR_TILES_MAX),
    height: z.int().min(1).max(DOOR_TILES_MAX),
  }),
  /** The zone behind it, or `default`. */
  leadsToZone: idSchema,
  access: z.strictObject({
    type: z.enum(['open', 'role', 'knock']),
    allowedRoles: z.array(z.enum(ROLES)).min(1).max(ROLES.length).optional(),
  }),
  /** Whether it stands open when the world wakes. */
  open: z.boolean(),
})

export const objectSchema = z.strictObject({
  id: idSchema,
  type: z.enum(OBJECT_TYPE_NAMES),
  /** The middle of its footprint. */
  position: positionSchema,
  facing: z.enum(DIRECTIONS).optional(),
  linkedObjects: z.array(idSchema).max(LINKS_MAX).optional(),
  interaction: z
    .strictObject({
      action: z.enum(['sit', 'use', 'attach']),
      /** An object that is taken along with this one, such as the chair of a computer. */
      requires: idSchema.optional(),
    })
    .optional(),
  /** `single`: one person at a time. */
  occupancy: z.enum(['single', 'multiple']).optional(),
  /** Overrules the type. */
  solid: z.boolean().optional(),
  name: title.optional(),
  /** Footprint in tiles. */
  size: z
    .strictObject({
      width: z.int().min(1).max(OBJECT_TILES_MAX),
      height: z.int().min(1).max(OBJECT_TILES_MAX),
    })
    .optional(),
  tone: z.enum(TONES).optional(),
})

export const spawnPointSchema = z.strictObject({
  id: idSchema,
  position: positionSchema,
  /** The zone one arrives in; checked against the position. */
  zone: idSchema.optional(),
})

/** The World file, newest format. Older formats are brought here by `upcast`. */
export const worldFileSchema = z.strictObject({
  formatVersion: z.literal(WORLD_FORMAT_VERSION),
  /** Permanent. */
  id: idSchema,
  /** For people. Never affects behaviour. */
  meta: z.strictObject({
    name: title,
    description: textSchema(DESCRIPTION_CHARS_MAX).optional(),
    author: title.optional(),
    licence: title.optional(),
  }),
  map: mapSchema,
  regions: z.array(regionSchema).max(REGIONS_MAX),
  zones: z.array(zoneSchema).max(ZONES_MAX),
  doors: z.array(doorSchema).max(DOORS_MAX),
  objects: z.array(objectSchema).max(OBJECTS_MAX),
  spawnPoints: z.array(spawnPointSchema).max(SPAWN_POINTS_MAX),
})

/** Deeply read-only, because compiled forms are remembered per object. */
type Immutable<T> = T extends object ? { readonly [K in keyof T]: Immutable<T[K]> } : T

export type WorldFile = Immutable<z.output<typeof worldFileSchema>>
export type WorldLayer = WorldFile['map']['layers'][number]
export type WorldRegion = WorldFile['regions'][number]
export type WorldZone = WorldFile['zones'][number]
export type WorldDoor = WorldFile['doors'][number]
export type WorldObject = WorldFile['objects'][number]
export type SpawnPoint = WorldFile['spawnPoints'][number]
export type Rect = Immutable<z.output<typeof rectSchema>>
