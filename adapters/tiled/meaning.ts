import {
  OBJECT_TYPES,
  type ObjectTypeName,
  TILE_KINDS,
  type TileKindName,
  tileKind,
} from '@worldloom/capabilities/geography'
import type { TileInfo } from './tilesets.ts'

/** Words in names of tiles, terrains, tilesets and layers, and the ground they mean. The first match counts. */
const GROUNDS: readonly (readonly [RegExp, TileKindName])[] = [
  [/bridge|pier|dock/, 'bridge'],
  [/shallow|ford/, 'water'],
  [/water|river|lake|pond|ocean|\bsea\b/, 'deep-water'],
  [/stair|steps/, 'stairs'],
  [/cliff|mountain|rock/, 'rock'],
  [/swamp|marsh|mud/, 'marsh'],
  [/snow|\bice\b/, 'snow'],
  [/sand|beach|desert/, 'sand'],
  [/cobble|brick/, 'cobble'],
  [/gravel/, 'gravel'],
  [/path|trail|road|street/, 'path'],
  [/dirt|soil|earth|field/, 'soil'],
  [/moss/, 'moss'],
  [/forest|leaves/, 'forest-floor'],
  [/meadow|flower/, 'meadow'],
  [/grass|lawn/, 'grass'],
  [/carpet|rug/, 'carpet'],
  [/wood|plank|parquet/, 'floor-wood'],
  [/marble|ceramic|tiles/, 'floor-tile'],
  [/concrete|pavement|paving/, 'floor-stone'],
  [/stone/, 'stone'],
]

const STANDINGS: readonly (readonly [RegExp, TileKindName])[] = [
  [/glass|window/, 'wall-glass'],
  [/hedge/, 'hedge'],
  [/fence/, 'fence'],
  [/railing|banister/, 'railing'],
  [/pillar|column/, 'pillar'],
  [/brick/, 'wall-brick'],
  [/stone|castle/, 'wall-stone'],
  [/wood|log/, 'wall-wood'],
]

const OBJECTS: readonly (readonly [RegExp, ObjectTypeName])[] = [
  [/pine|fir|conifer/, 'tree-pine'],
  [/birch/, 'tree-birch'],
  [/willow/, 'tree-willow'],
  [/tree|oak/, 'tree-oak'],
  [/bush|shrub/, 'bush'],
  [/boulder/, 'boulder'],
  [/sofa|couch/, 'sofa'],
  [/bench/, 'bench'],
  [/stool/, 'stool'],
  [/seat|chair/, 'chair'],
  [/desk/, 'desk'],
  [/table/, 'table'],
  [/computer|laptop/, 'computer'],
  [/whiteboard/, 'whiteboard'],
  [/screen|monitor|\btv\b/, 'screen'],
  [/lamp|torch/, 'lamp'],
  [/shelf|bookcase/, 'shelf'],
  [/barrel/, 'barrel'],
  [/crate|box/, 'crate'],
  [/plant|pot\b/, 'plant'],
  [/\bwell\b/, 'well'],
  [/fountain/, 'fountain'],
  [/sign/, 'signpost'],
  [/statue/, 'statue'],
]

const firstMatch = <T>(rules: readonly (readonly [RegExp, T])[], name: string): T | undefined => {
  const plain = name.toLowerCase().replace(/[_-]/g, ' ')
  return rules.find(([words]) => words.test(plain))?.[1]
}

/** The kind that a tile's property `kind` names outright. */
function givenKind(info: TileInfo | undefined): TileKindName | undefined {
  const given = info?.properties.get('kind')
  return typeof given === 'string' && Object.hasOwn(TILE_KINDS, given) ? (given as TileKindName) : undefined
}

const exactObject = (name: string): ObjectTypeName | undefined =>
  Object.hasOwn(OBJECT_TYPES, name) ? (name as ObjectTypeName) : undefined

export interface Meaning<T> {
  readonly is: T
  /** True when nothing but the layer suggested it. */
  readonly isGuess: boolean
}

/** What ground a tile is. Where terrains meet, the one at most corners counts; mixed water is shallow. */
export function groundOf(info: TileInfo | undefined, layer: string): Meaning<TileKindName> {
  const exact = givenKind(info)
  if (exact && tileKind(exact).role === 'ground') return { is: exact, isGuess: false }
  const terrain = terrainOf(info?.terrains ?? [])
  if (terrain) return { is: terrain, isGuess: false }
  for (const name of info?.names ?? []) {
    const kind = firstMatch(GROUNDS, name)
    if (kind) return { is: kind === 'deep-water' && info?.collides === false ? 'water' : kind, isGuess: false }
  }
  return {
    is: firstMatch(GROUNDS, layer) ?? (/floor|room|inside/i.test(layer) ? 'floor-wood' : 'grass'),
    isGuess: true,
  }
}

function terrainOf(terrains: readonly string[]): TileKindName | undefined {
  const counts = new Map<TileKindName, number>()
  for (const name of terrains) {
    const kind = firstMatch(GROUNDS, name)
    if (kind) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1])
  if (!most) return undefined
  return most[0] === 'deep-water' && counts.size > 1 ? 'water' : most[0]
}

/** What wall, hedge or fence a tile is, or undefined when it only ever is ground. */
export function standingOf(info: TileInfo | undefined, layer: string): Meaning<TileKindName> | undefined {
  const exact = givenKind(info)
  if (exact) return tileKind(exact).role === 'standing' ? { is: exact, isGuess: false } : undefined
  const isWallLayer = /wall|fence|hedge|window/i.test(layer)
  const named = info?.names.find(name => /wall|fence|hedge|pillar|window/i.test(name))
  if (named) return { is: firstMatch(STANDINGS, named) ?? 'wall-plaster', isGuess: false }
  return isWallLayer ? { is: firstMatch(STANDINGS, layer) ?? 'wall-plaster', isGuess: true } : undefined
}

/** What object a name means, or undefined. */
export const objectOf = (names: readonly string[]): ObjectTypeName | undefined =>
  names.map(exactObject).find(type => type !== undefined) ??
  names.map(name => firstMatch(OBJECTS, name)).find(type => type !== undefined)

export const isSeat = (type: ObjectTypeName): boolean =>
  type === 'chair' || type === 'stool' || type === 'bench' || type === 'sofa' || type === 'cushion'
