import {
  type Direction,
  type ObjectTypeName,
  type Rect,
  type TileKindName,
  type Tone,
  tileKind,
  type WorldDoor,
  type WorldFile,
  type WorldObject,
  type WorldZone,
  writeLayer,
  writeRows,
} from '@worldloom/capabilities/geography'

/** Tile layers of an authored map, lowest first: the land, what people laid on it, what rises from it. */
export interface Canvas {
  readonly width: number
  readonly height: number
  readonly ground: TileKindName[]
  readonly built: (TileKindName | undefined)[]
  readonly standing: (TileKindName | undefined)[]
  /** In steps of half a tile. */
  readonly heights: number[]
  readonly doors: WorldDoor[]
  readonly zones: WorldZone[]
  readonly objects: Map<string, WorldObject>
  /** Tiles that nothing more may be put on. */
  readonly taken: Set<number>
}

export function createCanvas(width: number, height: number, ground: TileKindName, level: number): Canvas {
  return {
    width,
    height,
    ground: new Array<TileKindName>(width * height).fill(ground),
    built: new Array<TileKindName | undefined>(width * height).fill(undefined),
    standing: new Array<TileKindName | undefined>(width * height).fill(undefined),
    heights: new Array<number>(width * height).fill(level),
    doors: [],
    zones: [],
    objects: new Map(),
    taken: new Set(),
  }
}

export const isInside = (canvas: Canvas, x: number, y: number): boolean =>
  x >= 0 && y >= 0 && x < canvas.width && y < canvas.height

/** The index of a tile inside the map. Throws a RangeError outside: an author's slip, seen at once. */
export function tileAt(canvas: Canvas, x: number, y: number): number {
  if (!isInside(canvas, x, y)) throw new RangeError(`tile (${x}, ${y}) is outside the map`)
  return y * canvas.width + x
}

export function eachTile(rect: Rect, visit: (x: number, y: number) => void): void {
  for (let y = rect.y; y < rect.y + rect.height; y += 1) {
    for (let x = rect.x; x < rect.x + rect.width; x += 1) visit(x, y)
  }
}

export const wholeMap = ({ width, height }: Canvas): Rect => ({ x: 0, y: 0, width, height })

/** Lays a kind where people made something: paths, floors, bridges. Keeps plants off it. */
export function build(canvas: Canvas, rect: Rect, kind: TileKindName): void {
  eachTile(rect, (x, y) => {
    const tile = tileAt(canvas, x, y)
    canvas.built[tile] = kind
    canvas.taken.add(tile)
  })
}

export function raise(canvas: Canvas, rect: Rect, kind: TileKindName): void {
  eachTile(rect, (x, y) => {
    const tile = tileAt(canvas, x, y)
    canvas.standing[tile] = kind
    canvas.taken.add(tile)
  })
}

/** What one would walk on. */
export const surfaceAt = (canvas: Canvas, x: number, y: number): TileKindName =>
  canvas.built[tileAt(canvas, x, y)] ?? canvas.ground[tileAt(canvas, x, y)] ?? 'grass'

export const isWater = (canvas: Canvas, x: number, y: number): boolean =>
  tileKind(surfaceAt(canvas, x, y)).water === true

export interface Placing {
  readonly facing?: Direction
  readonly tone?: Tone
  readonly name?: string
  readonly size?: { readonly width: number; readonly height: number }
  readonly interaction?: WorldObject['interaction']
  readonly occupancy?: WorldObject['occupancy']
  readonly linkedObjects?: readonly string[]
}

/** Puts an object down with its middle at (x, y), in tiles. Its id must be new: ids are permanent. */
export function place(
  canvas: Canvas,
  id: string,
  type: ObjectTypeName,
  x: number,
  y: number,
  placing: Placing = {},
): void {
  if (canvas.objects.has(id)) throw new RangeError(`object "${id}" is placed twice`)
  canvas.objects.set(id, { id, type, position: { x, y }, ...placing })
  canvas.taken.add(tileAt(canvas, Math.floor(x), Math.floor(y)))
}

/** Somewhere to sit, for one. */
export const seat = (canvas: Canvas, id: string, type: ObjectTypeName, x: number, y: number, facing: Direction): void =>
  place(canvas, id, type, x, y, { facing, interaction: { action: 'sit' }, occupancy: 'single' })

/** Somewhere to sit together. */
export const sharedSeat = (
  canvas: Canvas,
  id: string,
  type: ObjectTypeName,
  x: number,
  y: number,
  facing: Direction,
): void => place(canvas, id, type, x, y, { facing, interaction: { action: 'sit' }, occupancy: 'multiple' })

/** The canvas as the map part of a World file. */
export function writeMap(canvas: Canvas): WorldFile['map'] {
  return {
    width: canvas.width,
    height: canvas.height,
    layers: [
      writeLayer('ground', canvas.width, canvas.ground),
      writeLayer('built', canvas.width, canvas.built),
      writeLayer('standing', canvas.width, canvas.standing),
    ],
    heights: writeRows(canvas.width, canvas.heights, height => height.toString(36)),
  }
}
