import { footprintOf, isSolidObject } from './footprint.ts'
import { type Cells, DEFAULT_ZONE, type Doorway, type Geography, type Point } from './geography.ts'
import { floodFrom, nearestOpenTile, spawnCandidates } from './open-tiles.ts'
import { type TileKindName, tileKind } from './tile-kinds.ts'
import { middleOf, tileOf, toUnits } from './units.ts'
import { walk } from './walk.ts'
import { EMPTY_TILE, type Rect, type WorldFile } from './world-file.ts'
import { isMoreParticular } from './zone-order.ts'

const compiled = new WeakMap<WorldFile, Geography>()
/**
 * Regions and zones are painted tile by tile, at most this many maps' worth together. A valid file needs three; a file
 * of hundreds of map-sized zones must not stop the server while it is found invalid.
 */
const PAINT_MAPS_MAX = 16
const NO_DOORS: ReadonlySet<string> = new Set()

/** The geography of a World file, remembered per file object. The file should have passed `validateWorld`. */
export function compileGeography(file: WorldFile): Geography {
  const known = compiled.get(file)
  if (known) return known
  const geography = compile(file)
  compiled.set(file, geography)
  return geography
}

function compile(file: WorldFile): Geography {
  const { width, height } = file.map
  const tiles = layTiles(file)
  const zones = [DEFAULT_ZONE, ...file.zones.map(zone => zone.id)]
  const cells: Cells = {
    solid: tiles.solid,
    zone: new Uint16Array(width * height),
    region: new Uint16Array(width * height),
    door: new Uint16Array(width * height),
    reachable: new Uint8Array(width * height),
    height: tiles.heights,
  }
  for (const object of file.objects) {
    if (!isSolidObject(object)) continue
    eachTile(file, footprintOf(object), tile => {
      cells.solid[tile] = 1
    })
  }
  file.doors.forEach((door, index) => {
    eachTile(file, door.bounds, tile => {
      cells.door[tile] = index + 1
      cells.solid[tile] = 0
      tiles.standing[tile] = undefined
    })
  })
  const paintMax = PAINT_MAPS_MAX * width * height
  let painted = 0
  file.regions.forEach((region, index) => {
    for (const rect of region.bounds) {
      painted += rect.width * rect.height
      if (painted > paintMax) break
      // The first region in the file keeps a tile that two claim; validation reports the overlap.
      eachTile(file, rect, tile => {
        cells.region[tile] ||= index + 1
      })
    }
  })
  file.zones.forEach((zone, index) => {
    for (const rect of zone.bounds) {
      painted += rect.width * rect.height
      if (painted > paintMax) break
      eachTile(file, rect, tile => {
        const holder = file.zones[(cells.zone[tile] ?? 0) - 1]
        if (!holder || isMoreParticular(zone.type, holder.type)) cells.zone[tile] = index + 1
      })
    }
  })
  const starts = file.spawnPoints
    .filter(({ position }) => position.x < width && position.y < height)
    .map(({ position }) => ({ x: toUnits(position.x), y: toUnits(position.y) }))
  floodFrom(
    cells,
    width,
    height,
    starts.map(({ x, y }) => tileOf(y) * width + tileOf(x)),
  )

  const inside = (column: number, row: number) => column >= 0 && row >= 0 && column < width && row < height
  const byId = {
    zone: new Map(file.zones.map(zone => [zone.id, zone])),
    region: new Map(file.regions.map(region => [region.id, region])),
    object: new Map(file.objects.map(object => [object.id, object])),
  }
  const doors = file.doors.map((door): Doorway => ({ ...door, alongX: isAlongX(door.bounds, cells, width, height) }))
  const doorById = new Map(doors.map(door => [door.id, door]))
  let arrivals: readonly Point[] | undefined

  const geography: Geography = {
    file,
    width,
    height,
    cells,
    zones,
    doors,
    heightAt: (column, row) => (inside(column, row) ? (cells.height[row * width + column] ?? 0) : 0),
    isSolid: (column, row) => !inside(column, row) || cells.solid[row * width + column] === 1,
    groundAt: (column, row) => (inside(column, row) ? tiles.ground[row * width + column] : undefined),
    standingAt: (column, row) => (inside(column, row) ? tiles.standing[row * width + column] : undefined),
    zoneAt: (column, row) =>
      (inside(column, row) ? zones[cells.zone[row * width + column] ?? 0] : undefined) ?? DEFAULT_ZONE,
    regionAt: (column, row) =>
      (inside(column, row) ? file.regions[(cells.region[row * width + column] ?? 0) - 1]?.id : undefined) ?? '',
    doorAt: (column, row) =>
      inside(column, row) ? file.doors[(cells.door[row * width + column] ?? 0) - 1]?.id : undefined,
    zone: id => byId.zone.get(id),
    region: id => byId.region.get(id),
    door: id => doorById.get(id),
    object: id => byId.object.get(id),
    spawnFor(n) {
      arrivals ??= spawnCandidates(cells, width, height, starts)
      return arrivals[Math.max(0, n) % arrivals.length] ?? { x: middleOf(0), y: middleOf(0) }
    },
    nearestFree(x, y) {
      const here = { x, y }
      const isReachable = cells.reachable[tileOf(y) * width + tileOf(x)] === 1
      if (isReachable && walk(geography, here, here, NO_DOORS) === undefined) return here
      return nearestOpenTile(cells, width, height, x, y) ?? geography.spawnFor(0)
    },
  }
  return geography
}

/** Merges the layers: what one walks on, what stands on it, and whether it stops people. */
function layTiles(file: WorldFile) {
  const { width, height, layers } = file.map
  const ground = new Array<TileKindName | undefined>(width * height).fill(undefined)
  const standing = new Array<TileKindName | undefined>(width * height).fill(undefined)
  /** 1 where a standing tile or a whole layer stops people. */
  const blocked = new Uint8Array(width * height)
  const solid = new Uint8Array(width * height)
  const heights = new Uint8Array(width * height)
  for (const layer of layers) {
    for (let row = 0; row < height; row += 1) {
      const chars = layer.rows[row] ?? ''
      for (let column = 0; column < width; column += 1) {
        const char = chars[column] ?? EMPTY_TILE
        if (char === EMPTY_TILE) continue
        const name = layer.legend[char]
        if (!name) continue
        const tile = row * width + column
        const kind = tileKind(name)
        if (kind.role === 'ground') ground[tile] = name
        else standing[tile] = name
        if (layer.collision === true || (layer.collision !== false && kind.role === 'standing' && kind.solid)) {
          blocked[tile] = 1
        }
      }
    }
  }
  for (let tile = 0; tile < solid.length; tile += 1) {
    const floor = ground[tile]
    solid[tile] = blocked[tile] === 1 || floor === undefined || tileKind(floor).solid ? 1 : 0
    heights[tile] = heightOf(file.map.heights[Math.floor(tile / width)]?.[tile % width])
  }
  return { ground, standing, solid, heights }
}

/** 0–9, then a–z for 10–35. */
const heightOf = (char: string | undefined): number => (char === undefined ? 0 : Number.parseInt(char, 36))

function eachTile(file: WorldFile, rect: Rect, visit: (tile: number) => void): void {
  const { width, height } = file.map
  for (let row = Math.max(0, rect.y); row < Math.min(height, rect.y + rect.height); row += 1) {
    for (let column = Math.max(0, rect.x); column < Math.min(width, rect.x + rect.width); column += 1) {
      visit(row * width + column)
    }
  }
}

/** A wide doorway lies along its longer side; a single tile lies along the wall it interrupts. */
function isAlongX(bounds: Rect, cells: Cells, width: number, height: number): boolean {
  if (bounds.width !== bounds.height) return bounds.width > bounds.height
  const solid = (column: number, row: number) =>
    column < 0 || row < 0 || column >= width || row >= height || cells.solid[row * width + column] === 1
  const besides = Number(solid(bounds.x - 1, bounds.y)) + Number(solid(bounds.x + bounds.width, bounds.y))
  const above = Number(solid(bounds.x, bounds.y - 1)) + Number(solid(bounds.x, bounds.y + bounds.height))
  return besides >= above
}
