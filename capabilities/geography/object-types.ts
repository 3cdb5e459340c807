/** What an object type is by itself; an object in a file may overrule `solid` and give a `size`. */
export interface ObjectType {
  /** Whether it fills the tiles it stands on. */
  readonly solid: boolean
  /** Footprint in tiles when the object gives none. */
  readonly width: number
  readonly height: number
}

const SMALL: ObjectType = { solid: false, width: 1, height: 1 }
const BLOCK: ObjectType = { solid: true, width: 1, height: 1 }
const WIDE: ObjectType = { solid: true, width: 2, height: 1 }

/**
 * The closed palette of objects, drawn by the Client in code. A `house` is its roof: the walls, windows, floor and door
 * below it are tiles and doors of the map, so that what one sees and what one walks into cannot disagree.
 */
export const OBJECT_TYPES = {
  'tree-oak': BLOCK,
  'tree-birch': BLOCK,
  'tree-pine': BLOCK,
  'tree-willow': BLOCK,
  bush: SMALL,
  flower: SMALL,
  'grass-tuft': SMALL,
  reed: SMALL,
  mushroom: SMALL,
  plant: SMALL,
  rock: BLOCK,
  boulder: { solid: true, width: 2, height: 2 },
  log: WIDE,
  stump: BLOCK,
  bench: { solid: false, width: 2, height: 1 },
  chair: SMALL,
  stool: SMALL,
  sofa: { solid: false, width: 2, height: 1 },
  cushion: SMALL,
  table: BLOCK,
  desk: WIDE,
  counter: BLOCK,
  shelf: BLOCK,
  bed: { solid: true, width: 1, height: 2 },
  hearth: BLOCK,
  rug: SMALL,
  computer: SMALL,
  screen: SMALL,
  whiteboard: SMALL,
  lamp: SMALL,
  lantern: SMALL,
  campfire: BLOCK,
  well: BLOCK,
  fountain: { solid: true, width: 2, height: 2 },
  house: { solid: false, width: 5, height: 4 },
  signpost: SMALL,
  banner: SMALL,
  barrel: BLOCK,
  crate: BLOCK,
  cart: WIDE,
  'market-stall': WIDE,
  boat: { solid: true, width: 1, height: 2 },
  'shrine-stone': BLOCK,
  altar: BLOCK,
  bell: BLOCK,
  statue: BLOCK,
  arch: { solid: false, width: 2, height: 1 },
} as const satisfies Readonly<Record<string, ObjectType>>

export type ObjectTypeName = keyof typeof OBJECT_TYPES
export const OBJECT_TYPE_NAMES = Object.keys(OBJECT_TYPES) as [ObjectTypeName, ...ObjectTypeName[]]
