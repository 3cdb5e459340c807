import {
  compileGeography,
  DESCRIPTION_CHARS_MAX,
  middleOf,
  OBJECTS_MAX,
  SPAWN_POINTS_MAX,
  type SpawnPoint,
  validateWorld,
  WORLD_FORMAT_VERSION,
  type WorldFile,
  writeLayer,
} from '@worldloom/capabilities/geography'
import { Fault, ID_CHARS_MAX, idSchema } from '@worldloom/contract'
import { type Area, idFor, zonesFrom } from './areas.ts'
import { mapSchema, propertiesOf, type TiledMap } from './document.ts'
import { type Grid, readGrid } from './grid.ts'
import { type FlatLayers, flattenLayers } from './layers.ts'
import { createNotebook, type Note, type TakeNote } from './note.ts'
import { type Placed, readObjects, thingAt } from './objects.ts'
import { parseTiledFile } from './parsing.ts'
import { cleanText, lineText } from './texts.ts'
import { openTilesets, type ReadFile } from './tilesets.ts'

export type { ReadFile } from './tilesets.ts'

/** Largest map that is read. */
export const MAP_FILE_BYTES_MAX = 32 * 1024 * 1024

/** Starts made from a layer or area of many tiles. */
const STARTS_MAX = 8
const REGION = 'all'
const REGION_GROUND = 45

export interface Imported {
  /** Valid: `validateWorld` finds nothing. */
  readonly world: WorldFile
  /** What the map has and the world has not, or has differently. */
  readonly notes: readonly Note[]
}

/**
 * A World file from a Tiled map, as JSON or XML, orthogonal or isometric. External tilesets are read through `readFile`,
 * by their path relative to the map. Faults: `map-unreadable`, `map-too-large`, `map-empty`, `orientation-unsupported`,
 * `map-without-floor`, `world-id-invalid`.
 */
export async function importTiled(
  bytes: Uint8Array,
  { id, name }: { readonly id: string; readonly name: string },
  readFile?: ReadFile,
): Promise<Imported> {
  if (!idSchema.safeParse(id).success) {
    throw new Fault(
      'world-id-invalid',
      `"${id.slice(0, ID_CHARS_MAX)}" cannot be the id of a world. Use letters, digits and dashes.`,
    )
  }
  if (bytes.length > MAP_FILE_BYTES_MAX) {
    throw new Fault('map-too-large', `The map file is larger than ${MAP_FILE_BYTES_MAX / 1024 / 1024} MiB.`)
  }
  const map = readMap(bytes)
  const { note, notes } = createNotebook()
  const layers = flattenLayers(map.layers, note)
  const lookUp = await openTilesets(map, readFile, note)
  const grid = readGrid(map, layers.tiles, lookUp, note)
  const placed = readObjects(map, layers.objects, grid, lookUp, note)
  for (const tile of placed.blocked) if (grid.ground[tile] !== undefined) grid.standing[tile] ??= 'barrier'
  const draft = composeWorld(map, { id, name }, layers, grid, placed, note)
  return { world: mend(draft, note), notes: notes() }
}

function readMap(bytes: Uint8Array): TiledMap {
  const parsed = mapSchema.safeParse(parseTiledFile(bytes))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new Fault('map-unreadable', `This is no Tiled map: ${issue?.path.join('.') || 'map'}: ${issue?.message}.`)
  }
  const { orientation } = parsed.data
  if (orientation !== 'orthogonal' && orientation !== 'isometric') {
    throw new Fault(
      'orientation-unsupported',
      `The map is ${orientation.slice(0, 40)}; only orthogonal and isometric maps can be imported.`,
    )
  }
  return parsed.data
}

function composeWorld(
  map: TiledMap,
  { id, name }: { readonly id: string; readonly name: string },
  layers: FlatLayers,
  grid: Grid,
  placed: Placed,
  note: TakeNote,
): WorldFile {
  const { width, height } = grid
  const ids = new Set(placed.objects.map(object => object.id))
  const things = [...grid.things].slice(0, OBJECTS_MAX - ids.size).map(([tile, type]) => {
    const column = tile % width
    const row = Math.floor(tile / width)
    const thingId = idFor(`${type}-${column}-${row}`, type, ids)
    return thingAt(thingId, type, column + 0.5, row + 0.5, grid.collides[tile] === 1)
  })
  if (things.length < grid.things.size) {
    note('object-dropped', 'map', `${grid.things.size - things.length} things beyond the limit of ${OBJECTS_MAX}.`)
  }
  const layerAreas = grid.areas.map(({ path, tiles, layer }): Area => {
    const properties = layers.tiles[layer]?.properties ?? propertiesOf([])
    return { where: `layer ${path}`, name: lineText(path), properties, tiles: new Set(tiles) }
  })
  const layerStarts = spread(grid.starts, STARTS_MAX).map(tile => ({
    id: `start-${tile % width}-${Math.floor(tile / width)}`,
    x: (tile % width) + 0.5,
    y: Math.floor(tile / width) + 0.5,
  }))
  const world: WorldFile = {
    formatVersion: WORLD_FORMAT_VERSION,
    id,
    meta: { name: lineText(name) || id, ...descriptionOf(map, note) },
    map: {
      width,
      height,
      layers: [writeLayer('ground', width, grid.ground), writeLayer('standing', width, grid.standing)],
      heights: Array.from({ length: height }, () => '0'.repeat(width)),
    },
    regions: [
      {
        id: REGION,
        name: lineText(name) || id,
        bounds: [{ x: 0, y: 0, width, height }],
        neighbours: [],
        ground: REGION_GROUND,
      },
    ],
    zones: zonesFrom([...placed.areas, ...layerAreas], width, REGION, note),
    doors: placed.doors,
    objects: [...placed.objects, ...things],
    spawnPoints: [],
  }
  return {
    ...world,
    spawnPoints: startsFor(world, [...layerStarts, ...placed.starts].slice(0, SPAWN_POINTS_MAX), note),
  }
}

function descriptionOf(map: TiledMap, note: TakeNote): { description?: string } {
  const properties = propertiesOf(map.properties)
  const parts = ['mapdescription', 'mapcopyright'].flatMap(key => properties.get(key) ?? []).map(String)
  const whole = parts.join('\n')
  const description = cleanText(whole, DESCRIPTION_CHARS_MAX)
  if (whole.length > DESCRIPTION_CHARS_MAX) note('text-shortened', 'map', 'Description and copyright.')
  const unused = [...properties.keys()].filter(key => !['mapname', 'mapdescription', 'mapcopyright'].includes(key))
  if (unused.length > 0) note('property-dropped', 'map', unused.join(', '))
  return description === '' ? {} : { description }
}

/** At most `max` of a list, evenly spread over it. */
const spread = <T>(list: readonly T[], max: number): readonly T[] =>
  list.length <= max
    ? list
    : list.filter(
        (_, index) => Math.floor((index * max) / list.length) !== Math.floor(((index - 1) * max) / list.length),
      )

/** Spawn points on free tiles of the largest connected part of the map; one in its middle when the map names none. */
function startsFor(
  world: WorldFile,
  starts: readonly { readonly id: string; readonly x: number; readonly y: number }[],
  note: TakeNote,
): readonly SpawnPoint[] {
  const { width, height } = world.map
  const tile = largestPartTile(world)
  if (tile === undefined) throw new Fault('map-without-floor', 'Nobody can stand anywhere on this map.')
  const anywhere = { id: 'start', position: { x: (tile % width) + 0.5, y: Math.floor(tile / width) + 0.5 } }
  // Compiled from one sure tile, so that "reachable" means the part people will live in.
  const geography = compileGeography({ ...world, spawnPoints: [anywhere] })
  const wanted = starts.length > 0 ? starts : [{ id: 'start', x: width / 2, y: height / 2 }]
  if (starts.length === 0) note('spawn-added', 'map', 'People arrive near the middle of the map.')
  const taken = new Set<string>()
  return wanted.map(start => {
    const x = middleOf(Math.floor(start.x))
    const y = middleOf(Math.floor(start.y))
    const free = geography.nearestFree(x, y)
    if (starts.length > 0 && (free.x !== x || free.y !== y)) {
      note('spawn-moved', `start ${start.id}`, `From (${start.x}, ${start.y}) to (${free.x / 64}, ${free.y / 64}).`)
    }
    const id = idFor(start.id, 'start', taken)
    taken.add(id)
    return { id, position: { x: free.x / 64, y: free.y / 64 } }
  })
}

/** A tile of the largest part of the map whose free tiles hang together. */
function largestPartTile(world: WorldFile): number | undefined {
  const { cells, width } = compileGeography(world)
  const seen = new Uint8Array(cells.solid)
  let best: number | undefined
  let bestSize = 0
  for (let start = 0; start < seen.length; start += 1) {
    if (seen[start] === 1) continue
    const part = [start]
    seen[start] = 1
    for (const tile of part) {
      const besides = [tile - width, tile + width]
      if (tile % width > 0) besides.push(tile - 1)
      if (tile % width < width - 1) besides.push(tile + 1)
      for (const next of besides) {
        if (next < 0 || next >= seen.length || seen[next] === 1) continue
        seen[next] = 1
        part.push(next)
      }
    }
    if (part.length > bestSize) {
      best = start
      bestSize = part.length
    }
  }
  return best
}

/** Removing one thing may break what refers to it, and that again: links are at most this deep here. */
const MEND_ROUNDS_MAX = 500

/** Leaves out what breaks a rule of World files, each with a note, until none is broken. */
function mend(draft: WorldFile, note: TakeNote): WorldFile {
  let world = draft
  for (let round = 0; round < MEND_ROUNDS_MAX; round += 1) {
    const problems = validateWorld(world)
    if (problems.length === 0) return world
    const broken = new Map<string, string>()
    for (const { path, message } of problems) {
      const place = /^(zones|doors|objects)\[(\d+)\]/.exec(path)?.[0]
      if (place === undefined)
        throw new Fault('map-unreadable', `The map cannot be brought into a valid world: ${message}`)
      broken.set(place, message)
    }
    for (const [place, message] of broken) note('object-removed', place.replace(/s\[.*/, ''), message)
    const kept = <T>(kind: string, list: readonly T[]) => list.filter((_, index) => !broken.has(`${kind}[${index}]`))
    world = {
      ...world,
      zones: kept('zones', world.zones),
      doors: kept('doors', world.doors),
      objects: kept('objects', world.objects),
    }
  }
  throw new Fault('map-unreadable', 'The map cannot be brought into a valid world.')
}
