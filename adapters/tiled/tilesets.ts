import { Fault } from '@worldloom/contract'
import { isSet, type Properties, propertiesOf, type TiledMap, type Tileset, tilesetSchema } from './document.ts'
import type { TakeNote } from './note.ts'
import { parseTiledFile } from './parsing.ts'

/** Reads a file named in the map, relative to it. */
export type ReadFile = (path: string) => Promise<Uint8Array>

/** Largest external tileset that is read. */
export const TILESET_BYTES_MAX = 8 * 1024 * 1024

/** What the tilesets say about one tile. */
export interface TileInfo {
  readonly tileset: string
  /** Texts that may say what it is, the most telling first. */
  readonly names: readonly string[]
  /** Names of the terrains at its corners and edges, one entry each. */
  readonly terrains: readonly string[]
  readonly properties: Properties
  /** By its own property or shape; undefined when neither says anything. */
  readonly collides: boolean | undefined
  readonly hasPartialShape: boolean
}

const FLIPS = 0xf000_0000

export const isFlipped = (gid: number): boolean => (gid & FLIPS) !== 0
export const withoutFlips = (gid: number): number => (gid & ~FLIPS) >>> 0

/** Looks up tiles by global id, external tilesets read where possible. */
export async function openTilesets(
  map: TiledMap,
  readFile: ReadFile | undefined,
  note: TakeNote,
): Promise<(gid: number) => TileInfo | undefined> {
  const tilesets: Tileset[] = []
  for (const tileset of map.tilesets) {
    tilesets.push(tileset.source === undefined ? tileset : await readExternal(tileset, readFile, note))
  }
  for (const { name, tiles } of tilesets) {
    const animated = tiles.filter(({ animation }) => animation !== undefined).length
    if (animated > 0) note('animation-dropped', `tileset ${name}`, `${animated} animated tiles stand still.`)
  }
  if (tilesets.length > 0) {
    note('pictures-dropped', 'map', `Pictures of ${tilesets.length} tilesets: tiles are drawn from what they mean.`)
  }
  const sorted = tilesets.toSorted((a, b) => b.firstgid - a.firstgid).map(indexTileset)
  const known = new Map<number, TileInfo | undefined>()
  return gid => {
    if (!known.has(gid)) known.set(gid, infoOf(sorted, gid))
    return known.get(gid)
  }
}

async function readExternal(tileset: Tileset, readFile: ReadFile | undefined, note: TakeNote): Promise<Tileset> {
  const source = tileset.source ?? ''
  const missing = (why: string): Tileset => {
    note('tileset-missing', `tileset ${source}`, why)
    return { ...tileset, name: source.replace(/^.*[\\/]/, '').replace(/\.\w+$/, '') }
  }
  if (!readFile) return missing('External tilesets are not read here.')
  // The map chooses the path, so only what looks like a tileset beside it is opened.
  if (!/\.(tsx|tsj|json|xml)$/i.test(source) || /^([a-z]+:|[\\/])/i.test(source)) {
    return missing('Only tileset files named relative to the map are read.')
  }
  try {
    const bytes = await readFile(source)
    if (bytes.length > TILESET_BYTES_MAX) return missing(`The file is larger than ${TILESET_BYTES_MAX} bytes.`)
    const read = tilesetSchema.safeParse(parseTiledFile(bytes))
    return read.success ? { ...read.data, firstgid: tileset.firstgid } : missing('The file is no tileset.')
  } catch (error) {
    return missing(error instanceof Fault ? error.message : 'The file cannot be opened.')
  }
}

interface Indexed {
  readonly tileset: Tileset
  readonly tiles: ReadonlyMap<number, Tileset['tiles'][number]>
  readonly terrains: ReadonlyMap<number, readonly string[]>
}

function indexTileset(tileset: Tileset): Indexed {
  const terrains = new Map<number, readonly string[]>()
  for (const { id, terrain } of tileset.tiles) {
    if (terrain)
      terrains.set(
        id,
        terrain.flatMap(index => tileset.terrains[index]?.name ?? []),
      )
  }
  for (const { colors, wangtiles } of tileset.wangsets) {
    for (const { tileid, wangid } of wangtiles) {
      terrains.set(
        tileid,
        wangid.flatMap(color => colors[color - 1]?.name ?? []),
      )
    }
  }
  return { tileset, tiles: new Map(tileset.tiles.map(tile => [tile.id, tile])), terrains }
}

function infoOf(sorted: readonly Indexed[], gid: number): TileInfo | undefined {
  const owner = sorted.find(({ tileset }) => gid >= tileset.firstgid)
  if (!owner) return undefined
  const { tileset } = owner
  const local = gid - tileset.firstgid
  if (tileset.tilecount > 0 && local >= tileset.tilecount && !owner.tiles.has(local)) return undefined
  const tile = owner.tiles.get(local)
  const properties = propertiesOf([...tileset.properties, ...(tile?.properties ?? [])])
  const own = [properties.get('kind'), properties.get('name'), tile?.class, tile?.type, tile?.image]
  const names = [...own, tileset.class, tileset.name].filter(
    name => typeof name === 'string' && name !== '',
  ) as string[]
  const shape = shapeOf(tile?.objectgroup?.objects ?? [], tileset)
  const said = properties.get('collides') ?? properties.get('collision') ?? properties.get('solid')
  return {
    tileset: tileset.name,
    names,
    terrains: owner.terrains.get(local) ?? [],
    properties,
    collides: said === undefined ? (shape === 'whole' ? true : undefined) : isSet(said),
    hasPartialShape: said === undefined && shape === 'partial',
  }
}

/** Collision shapes drawn on a tile count when the box around one of them covers the middle of the tile. */
function shapeOf(
  shapes: NonNullable<Tileset['tiles'][number]['objectgroup']>['objects'],
  { tilewidth, tileheight }: Tileset,
): 'none' | 'partial' | 'whole' {
  if (shapes.length === 0) return 'none'
  const coversMiddle = shapes.some(({ x, y, width, height, polygon, polyline }) => {
    const points = polygon ??
      polyline ?? [
        { x: 0, y: 0 },
        { x: width, y: height },
      ]
    const xs = points.map(point => x + point.x)
    const ys = points.map(point => y + point.y)
    const isAround = (values: readonly number[], middle: number) =>
      values.some(value => value <= middle) && values.some(value => value >= middle)
    return isAround(xs, tilewidth / 2) && isAround(ys, tileheight / 2)
  })
  return coversMiddle ? 'whole' : 'partial'
}
