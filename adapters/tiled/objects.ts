import {
  DIRECTIONS,
  type Direction,
  DOORS_MAX,
  OBJECTS_MAX,
  type ObjectTypeName,
  SPAWN_POINTS_MAX,
  type WorldDoor,
  type WorldObject,
} from '@worldloom/capabilities/geography'
import { type Area, idFor, zoneTypeOf } from './areas.ts'
import { isSet, plainName, propertiesOf, type TiledMap, type TiledObject } from './document.ts'
import type { Grid } from './grid.ts'
import type { FlatLayers } from './layers.ts'
import { isSeat, objectOf } from './meaning.ts'
import type { TakeNote } from './note.ts'
import { lineText } from './texts.ts'
import { type TileInfo, withoutFlips } from './tilesets.ts'

/** What the object layers hold, in terms of the grid. */
export interface Placed {
  readonly areas: readonly Area[]
  /** Middles of starts, in tiles. */
  readonly starts: readonly { readonly id: string; readonly x: number; readonly y: number }[]
  readonly objects: readonly WorldObject[]
  readonly doors: readonly WorldDoor[]
  /** Tiles that shapes in collision layers cover. */
  readonly blocked: readonly number[]
}

/** Properties that say what an object or area is, and are used; all others are noted. */
const USED_PROPERTIES: ReadonlySet<string> = new Set([
  'name',
  'zonetype',
  'private',
  'silent',
  'start',
  'kind',
  'facing',
])

/** Areas are taken tile by tile, at most this many maps' worth: a file of map-sized areas must not stop the importer. */
const COVERS_MAX = 16

/** Sorts the objects of all object layers: starts, areas, doors, things, collision shapes; the rest is noted. */
export function readObjects(
  map: TiledMap,
  layers: FlatLayers['objects'],
  grid: Grid,
  lookUp: (gid: number) => TileInfo | undefined,
  note: TakeNote,
): Placed {
  const areas: Area[] = []
  const starts: { id: string; x: number; y: number }[] = []
  const objects = new Map<string, WorldObject>()
  const doors = new Map<string, WorldDoor>()
  const blocked: number[] = []
  let tilesLeft = COVERS_MAX * grid.width * grid.height
  // Isometric maps measure both axes of objects in tile heights.
  const unitX = map.orientation === 'isometric' ? map.tileheight : map.tilewidth
  const unitY = map.tileheight

  for (const { layer, path, isVisible, offsetX, offsetY } of layers) {
    const isCollision = /collision|collide|blocked|obstacle/i.test(path)
    if (!isVisible && !isCollision) {
      note('layer-hidden', `layer ${path}`, 'The layer is hidden.')
      continue
    }
    for (const object of layer.objects) sort(object, path, isCollision, offsetX, offsetY)
  }
  return { areas, starts, objects: [...objects.values()], doors: [...doors.values()], blocked }

  function sort(object: TiledObject, path: string, isCollision: boolean, offsetX: number, offsetY: number): void {
    const where = `object ${object.name || object.id} in ${path}`
    const properties = propertiesOf(object.properties)
    const type = plainName(object.class ?? object.type ?? '')
    const box = boxOf(object, offsetX, offsetY)
    const tiles = tilesLeft > 0 ? tilesIn(box) : []
    tilesLeft -= tiles.length
    if (object.template !== undefined) note('object-dropped', where, `The template ${object.template} is not read.`)
    if (object.polygon || object.polyline || object.ellipse)
      note('shape-simplified', where, 'The box around it is used.')
    if (object.rotation !== 0) note('shape-simplified', where, `Turned by ${object.rotation}°: it lies straight now.`)
    if (isCollision) {
      blocked.push(...tiles)
      return
    }
    const exit = [...properties.keys()].find(name => name === 'exiturl' || name === 'exitsceneurl')
    const unused = [...properties.keys()].filter(
      name =>
        !USED_PROPERTIES.has(name) &&
        name !== exit &&
        !/jitsiroom|livekit|bbbmeeting|bigbluebutton|meetingroom/.test(name),
    )
    if (unused.length > 0) note('property-dropped', where, unused.join(', '))
    if (exit !== undefined) note('exit-dropped', where, String(properties.get(exit)))
    const isStart = isSet(properties.get('start')) || /^(start|spawn|spawnpoint)$/.test(type)
    if (isStart || (object.point && /^(start|spawn)/i.test(object.name))) {
      if (starts.length === SPAWN_POINTS_MAX) {
        note('object-dropped', where, `A start beyond the limit of ${SPAWN_POINTS_MAX}.`)
        return
      }
      const id = idFor(object.name, 'start', new Set(starts.map(start => start.id)))
      starts.push({ id, x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 })
      return
    }
    if (zoneTypeOf(properties)) {
      if (tiles.length === 0)
        note('area-dropped', where, 'It lies outside the map, or the areas cover the map too often.')
      else areas.push({ where, name: lineText(object.name), properties, tiles: new Set(tiles) })
      return
    }
    if (exit !== undefined) return
    if (type === 'door' && doors.size < DOORS_MAX) {
      const id = idFor(object.name, 'door', new Set(doors.keys()))
      const bounds = { x: box.column, y: box.row, width: box.columns, height: box.rows }
      doors.set(id, { id, bounds, leadsToZone: 'default', access: { type: 'open' }, open: false })
      return
    }
    const info = object.gid === undefined ? undefined : lookUp(withoutFlips(object.gid))
    const thing = type === 'area' ? undefined : objectOf([type, object.name, ...(info?.names ?? [])])
    if (thing && objects.size < OBJECTS_MAX) placeThing(thing, object, info, box)
    else if (type === 'area' || (!object.gid && !object.point && object.text === undefined)) {
      note('area-dropped', where, 'No property says what happens there.')
    } else note('object-dropped', where, object.text === undefined ? 'It is of no known type.' : 'A text.')
  }

  function placeThing(type: ObjectTypeName, object: TiledObject, info: TileInfo | undefined, box: Box): void {
    const id = idFor(object.name, type, new Set(objects.keys()))
    const name = lineText(object.name)
    const facing = DIRECTIONS.find(direction => direction === propertiesOf(object.properties).get('facing'))
    objects.set(id, {
      ...thingAt(id, type, (box.left + box.right) / 2, (box.top + box.bottom) / 2, info?.collides, facing),
      ...(name === '' ? {} : { name }),
    })
  }

  interface Box {
    readonly left: number
    readonly top: number
    readonly right: number
    readonly bottom: number
    readonly column: number
    readonly row: number
    readonly columns: number
    readonly rows: number
  }

  /** Around the object, in tiles of the grid. Tile objects hang from their lower edge. */
  function boxOf(object: TiledObject, offsetX: number, offsetY: number): Box {
    const points = object.polygon ??
      object.polyline ?? [
        { x: 0, y: 0 },
        { x: object.width, y: object.height },
      ]
    const isTile = object.gid !== undefined
    const isIsometric = map.orientation === 'isometric'
    const shiftX = offsetX + object.x - (isTile && isIsometric ? map.tileheight : 0)
    const shiftY = offsetY + object.y - (isTile ? (isIsometric ? map.tileheight : object.height) : 0)
    const size =
      isTile && isIsometric
        ? [
            { x: 0, y: 0 },
            { x: map.tileheight, y: map.tileheight },
          ]
        : points
    const xs = size.map(({ x }) => (shiftX + x) / unitX - grid.x0)
    const ys = size.map(({ y }) => (shiftY + y) / unitY - grid.y0)
    const [left, right] = [Math.min(...xs), Math.max(...xs)]
    const [top, bottom] = [Math.min(...ys), Math.max(...ys)]
    // A hundredth of a tile of slack: boxes drawn by hand overshoot the grid by fractions of a pixel.
    const column = Math.floor(left + 0.01)
    const row = Math.floor(top + 0.01)
    const columns = Math.max(1, Math.ceil(right - 0.01) - column)
    const rows = Math.max(1, Math.ceil(bottom - 0.01) - row)
    return { left, top, right, bottom, column, row, columns, rows }
  }

  function tilesIn({ column, row, columns, rows }: Box): number[] {
    const tiles: number[] = []
    for (let y = Math.max(0, row); y < Math.min(grid.height, row + rows); y += 1) {
      for (let x = Math.max(0, column); x < Math.min(grid.width, column + columns); x += 1)
        tiles.push(y * grid.width + x)
    }
    return tiles
  }
}

/** An object of a type at a place in tiles, rounded to 1/64; seats that one can reach can be sat on. */
export function thingAt(
  id: string,
  type: ObjectTypeName,
  x: number,
  y: number,
  collides: boolean | undefined,
  facing?: Direction,
): WorldObject {
  return {
    id,
    type,
    position: { x: Math.round(x * 64) / 64, y: Math.round(y * 64) / 64 },
    ...(facing ? { facing } : {}),
    ...(collides === undefined ? {} : { solid: collides }),
    ...(isSeat(type) && !collides ? { interaction: { action: 'sit' as const }, occupancy: 'single' as const } : {}),
  }
}
