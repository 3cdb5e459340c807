/** What a tile kind is: something to walk on, or something that stands on the ground. */
export interface TileKind {
  /** `ground` is walked on (or swum in); `standing` rises from the ground below it. */
  readonly role: 'ground' | 'standing'
  /** Whether it stops people by its nature. A layer's `collision` may overrule it. */
  readonly solid: boolean
  /** `water` is drawn as the animated surface, at the tile's height. */
  readonly water?: true
  /** A standing kind that light and eyes pass through. */
  readonly window?: true
}

const GROUND: TileKind = { role: 'ground', solid: false }
const SOLID_GROUND: TileKind = { role: 'ground', solid: true }
const STANDING: TileKind = { role: 'standing', solid: true }
const WINDOW: TileKind = { role: 'standing', solid: true, window: true }

/**
 * The closed palette of tiles. Names mean things, not pictures: the Client draws each in code. Everything that looks at
 * tiles (collision, drawing, import) reads this one table.
 */
export const TILE_KINDS = {
  grass: GROUND,
  meadow: GROUND,
  moss: GROUND,
  'forest-floor': GROUND,
  soil: GROUND,
  sand: GROUND,
  marsh: GROUND,
  snow: GROUND,
  path: GROUND,
  gravel: GROUND,
  cobble: GROUND,
  stone: GROUND,
  bridge: GROUND,
  'floor-wood': GROUND,
  'floor-stone': GROUND,
  'floor-tile': GROUND,
  carpet: GROUND,
  stairs: GROUND,
  /** Shallow enough to wade. */
  water: { role: 'ground', solid: false, water: true },
  'deep-water': { role: 'ground', solid: true, water: true },
  /** Bare rock and cliff: the ground itself, too steep to stand on. */
  rock: SOLID_GROUND,
  'wall-wood': STANDING,
  'wall-plaster': STANDING,
  'wall-stone': STANDING,
  'wall-brick': STANDING,
  'wall-glass': WINDOW,
  'window-wood': WINDOW,
  'window-plaster': WINDOW,
  'window-stone': WINDOW,
  'window-brick': WINDOW,
  hedge: STANDING,
  fence: STANDING,
  railing: STANDING,
  pillar: STANDING,
  /** Stops people where the picture says nothing more exact, for instance in imported maps. */
  barrier: STANDING,
} as const satisfies Readonly<Record<string, TileKind>>

export type TileKindName = keyof typeof TILE_KINDS
export const TILE_KIND_NAMES = Object.keys(TILE_KINDS) as [TileKindName, ...TileKindName[]]

/** The kind behind a name, with every optional mark readable. */
export const tileKind = (name: TileKindName): TileKind => TILE_KINDS[name]

/** True for walls and windows: what a room is made of, as opposed to hedges, fences and pillars. */
export const isWall = (name: TileKindName): boolean => name.startsWith('wall-') || name.startsWith('window-')
