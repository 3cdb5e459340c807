import { MAP_TILES_MAX, type ObjectTypeName, type TileKindName, tileKind } from '@worldloom/capabilities/geography'
import { Fault } from '@worldloom/contract'
import type { TiledMap } from './document.ts'
import { type Block, unpackLayer } from './layer-data.ts'
import { type FlatLayers, type LayerRole, roleOf } from './layers.ts'
import { groundOf, objectOf, standingOf } from './meaning.ts'
import type { TakeNote } from './note.ts'
import { isFlipped, type TileInfo, withoutFlips } from './tilesets.ts'

/** Tiles unpacked at once, over all layers: 64 MiB. Compressed layers of nothing must not fill the memory. */
export const TILES_READ_MAX = 16 * 1024 * 1024

/** The map's tile layers laid on one another. Index: row × width + column. */
export interface Grid {
  /** The map's tile that is (0, 0) here; not zero for infinite maps. */
  readonly x0: number
  readonly y0: number
  readonly width: number
  readonly height: number
  readonly ground: (TileKindName | undefined)[]
  readonly standing: (TileKindName | undefined)[]
  /** 1 where the map itself says that people are stopped. */
  readonly collides: Uint8Array
  /** Furniture drawn as tiles. */
  readonly things: Map<number, ObjectTypeName>
  readonly starts: number[]
  /** Tiles of layers whose properties make them an area, by layer. */
  readonly areas: readonly { readonly path: string; readonly tiles: readonly number[]; readonly layer: number }[]
}

interface OpenLayer {
  readonly index: number
  readonly path: string
  readonly role: LayerRole
  readonly blocks: readonly Block[]
}

/** Reads, unpacks and merges all tile layers. */
export function readGrid(
  map: TiledMap,
  layers: FlatLayers['tiles'],
  lookUp: (gid: number) => TileInfo | undefined,
  note: TakeNote,
): Grid {
  const open = openLayers(map, layers, note)
  const frame = map.infinite ? frameOf(open) : { x0: 0, y0: 0, width: map.width, height: map.height }
  if (frame.width < 1 || frame.height < 1) throw new Fault('map-empty', 'The map has no tiles.')
  if (frame.width > MAP_TILES_MAX || frame.height > MAP_TILES_MAX) {
    throw new Fault(
      'map-too-large',
      `The map is ${frame.width} × ${frame.height} tiles; at most ${MAP_TILES_MAX} × ${MAP_TILES_MAX} can be imported.`,
    )
  }
  return mergeLayers(open, frame, lookUp, note)
}

function openLayers(map: TiledMap, layers: FlatLayers['tiles'], note: TakeNote): OpenLayer[] {
  let tiles = 0
  return layers.flatMap((flat, index) => {
    const { layer, path } = flat
    const where = `layer ${path}`
    const role = roleOf(flat)
    if (!flat.isVisible && role !== 'collision' && role !== 'start' && role !== 'area') {
      note('layer-hidden', where, 'The layer is hidden.')
      return []
    }
    if (role === 'above') {
      note('layer-above-dropped', where, 'The layer is drawn above people.')
      return []
    }
    const sizes = layer.chunks ?? [layer]
    tiles += sizes.reduce((sum, { width, height }) => sum + width * height, 0)
    if (tiles > TILES_READ_MAX) throw new Fault('map-too-large', `The layers hold more than ${TILES_READ_MAX} tiles.`)
    const dx = Math.round(flat.offsetX / map.tilewidth)
    const dy = Math.round(flat.offsetY / map.tileheight)
    if (dx * map.tilewidth !== flat.offsetX || dy * map.tileheight !== flat.offsetY) {
      note('offset-rounded', where, `Shifted by (${flat.offsetX}, ${flat.offsetY}) pixels.`)
    }
    const blocks = unpackLayer(layer).map(block => ({ ...block, x: block.x + dx, y: block.y + dy }))
    return [{ index, path, role, blocks }]
  })
}

/** The smallest rectangle around all tiles of an infinite map. */
function frameOf(layers: readonly OpenLayer[]) {
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -1 / 0, -1 / 0]
  for (const block of layers.flatMap(({ blocks }) => blocks)) {
    block.gids.forEach((gid, index) => {
      if (gid === 0) return
      const x = block.x + (index % block.width)
      const y = block.y + Math.floor(index / block.width)
      left = Math.min(left, x)
      top = Math.min(top, y)
      right = Math.max(right, x)
      bottom = Math.max(bottom, y)
    })
  }
  if (right < left) return { x0: 0, y0: 0, width: 0, height: 0 }
  return { x0: left, y0: top, width: right - left + 1, height: bottom - top + 1 }
}

function mergeLayers(
  layers: readonly OpenLayer[],
  frame: { readonly x0: number; readonly y0: number; readonly width: number; readonly height: number },
  lookUp: (gid: number) => TileInfo | undefined,
  note: TakeNote,
): Grid {
  const { x0, y0, width, height } = frame
  const ground = new Array<TileKindName | undefined>(width * height).fill(undefined)
  const standing = new Array<TileKindName | undefined>(width * height).fill(undefined)
  const collides = new Uint8Array(width * height)
  const things = new Map<number, ObjectTypeName>()
  const starts: number[] = []
  const areas: { path: string; tiles: number[]; layer: number }[] = []
  let saysCollision = false

  for (const { index, path, role, blocks } of layers) {
    const where = `layer ${path}`
    const tally = createTally()
    const area = { path, tiles: [] as number[], layer: index }
    for (const block of blocks) {
      block.gids.forEach((raw, at) => {
        const column = block.x - x0 + (at % block.width)
        const row = block.y - y0 + Math.floor(at / block.width)
        if (raw === 0 || column < 0 || row < 0 || column >= width || row >= height) return
        const tile = row * width + column
        const info = lookUp(withoutFlips(raw))
        tally.add('tiles')
        if (isFlipped(raw)) tally.add('flips')
        if (!info) tally.add('unknown')
        if (info?.hasPartialShape) tally.add('partial')
        if (info?.collides !== undefined) saysCollision = true
        if (info?.collides) collides[tile] = 1
        if (role === 'collision') {
          saysCollision = true
          collides[tile] = 1
        } else if (role === 'start') starts.push(tile)
        else if (role === 'area') area.tiles.push(tile)
        else if (role !== 'exit') lay(tile, info, role, path, tally)
      })
    }
    if (area.tiles.length > 0) areas.push(area)
    tally.report(role, where, note)
  }
  if (saysCollision) obeyCollision()
  else note('collision-assumed', 'map', 'No tile, layer or shape says what stops people: walls and water do.')
  layFloorUnderWalls()
  return { x0, y0, width, height, ground, standing, collides, things, starts, areas }

  function lay(tile: number, info: TileInfo | undefined, role: LayerRole, path: string, tally: Tally): void {
    const wall = standingOf(info, path)
    const floor = groundOf(info, path)
    const thing = info && (role === 'furniture' || floor.isGuess) && !wall ? objectOf(info.names) : undefined
    if (thing) things.set(tile, thing)
    else if (role === 'furniture') tally.add(`furniture of ${info?.tileset ?? 'no tileset'}`)
    else if (wall) {
      standing[tile] = wall.is
      if (wall.isGuess) tally.add(`guess ${wall.is}`)
    } else {
      ground[tile] = floor.is
      if (floor.isGuess) tally.add(`guess ${floor.is}`)
    }
  }

  /** A wall tile hides what is below it; a door cut into the wall later needs a floor, so it goes on from beside. */
  function layFloorUnderWalls(): void {
    const drawn = [...ground]
    standing.forEach((wall, tile) => {
      if (wall === undefined || drawn[tile] !== undefined) return
      const west = tile % width > 0 ? drawn[tile - 1] : undefined
      const east = tile % width < width - 1 ? drawn[tile + 1] : undefined
      const beside = [west, east, drawn[tile - width], drawn[tile + width]]
      ground[tile] = beside.find(kind => kind !== undefined && !tileKind(kind).solid) ?? 'floor-stone'
    })
  }

  /** Where the map says what stops people, pictures of walls and water do not. */
  function obeyCollision(): void {
    let walkable = 0
    for (let tile = 0; tile < collides.length; tile += 1) {
      const floor = ground[tile]
      if (collides[tile] === 1) {
        if (floor === 'water') ground[tile] = 'deep-water'
        const isSolid =
          floor === undefined || tileKind(floor).solid || floor === 'water' || standing[tile] !== undefined
        if (!isSolid && !things.has(tile)) standing[tile] = 'barrier'
        continue
      }
      if (standing[tile] !== undefined) {
        walkable += 1
        standing[tile] = undefined
        ground[tile] ??= 'floor-stone'
      }
      if (floor === 'deep-water') ground[tile] = 'water'
      if (floor === 'rock') ground[tile] = 'stone'
    }
    if (walkable > 0) note('wall-walkable', 'map', `${walkable} tiles of walls have no collision.`)
  }
}

type Tally = ReturnType<typeof createTally>

/** Counts what one layer loses, so that a note says how many and not one per tile. */
function createTally() {
  const counts = new Map<string, number>()
  return {
    add: (what: string) => void counts.set(what, (counts.get(what) ?? 0) + 1),
    report(role: LayerRole, where: string, note: TakeNote): void {
      const of = (what: string) => counts.get(what) ?? 0
      if (of('tiles') === 0) note('layer-empty', where, 'The layer has no tiles.')
      if (of('flips') > 0)
        note('flips-dropped', where, `${of('flips')} flipped or turned tiles lie as they were drawn.`)
      if (of('unknown') > 0) note('tile-unknown', where, `${of('unknown')} tiles belong to no known tileset.`)
      if (of('partial') > 0) note('collision-partial', where, `${of('partial')} tiles are only partly blocked.`)
      if (role === 'exit' && of('tiles') > 0) note('exit-dropped', where, `${of('tiles')} tiles lead to another map.`)
      for (const [what, count] of counts) {
        if (what.startsWith('guess ')) note('kind-guessed', where, `${count} tiles became "${what.slice(6)}".`)
        if (what.startsWith('furniture ')) note('furniture-dropped', where, `${count} tiles ${what.slice(10)}.`)
      }
    },
  }
}
