import { isWall, type TileKindName, tileKind } from '@worldloom/capabilities/geography'
import type { Land } from './land.ts'
import { KIND, type MeshBuilder, PATTERN } from './mesh-builder.ts'
import { hash } from './noise.ts'
import { BRICK, type Colour, colour, GLASS, PLASTER, STONE, scale, vary, WOOD } from './palette.ts'
import type { Rooms } from './rooms.ts'
import { blob, box, lathe } from './solids.ts'

/** Walls under a roof carry it; walls under the sky stay low, so that one sees into the place. */
export const ROOFED_HEIGHT = 2.4
export const OPEN_HEIGHT = 1.25
export const WALL_THICKNESS = 0.36
const HALF = WALL_THICKNESS / 2
const SILL = 0.82
const HEAD = 1.78
export const DOOR_HEAD = 2.02

interface Finish {
  readonly c: Colour
  readonly pattern: number
  readonly trim: Colour
  readonly course: Colour | undefined
}

function finishOf(kind: TileKindName): Finish {
  if (kind.endsWith('wood')) return { c: WOOD.warm, pattern: PATTERN.planks, trim: WOOD.dark, course: STONE.dark }
  if (kind.endsWith('stone')) return { c: STONE.light, pattern: PATTERN.slabs, trim: STONE.mid, course: undefined }
  if (kind.endsWith('brick')) return { c: BRICK, pattern: PATTERN.brick, trim: PLASTER, course: STONE.mid }
  if (kind === 'wall-glass') return { c: GLASS, pattern: PATTERN.none, trim: colour('#5C6670'), course: undefined }
  return { c: PLASTER, pattern: PATTERN.soft, trim: WOOD.dark, course: STONE.mid }
}

/** What stands on the tiles of a rectangle: walls and windows joined to their neighbours, hedges, fences, railings, pillars. */
export function buildStanding(
  mesh: MeshBuilder,
  land: Land,
  rooms: Rooms,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
): void {
  mesh.object = 0
  for (let row = y0; row < y1; row += 1) {
    for (let column = x0; column < x1; column += 1) {
      const kind = land.geography.standingAt(column, row)
      mesh.room = rooms.at(column, row)
      const base = land.deckAt(column, row) ?? land.surfaceAt(column, row) ?? Math.max(-4, land.topAt(column, row))
      mesh.place(column + 0.5, base, row + 0.5)
      if (kind) stand(mesh, land, rooms, kind, column, row)
      else if (land.geography.doorAt(column, row)) doorway(mesh, land, rooms, column, row)
    }
  }
  mesh.room = 0
}

function stand(mesh: MeshBuilder, land: Land, rooms: Rooms, kind: TileKindName, column: number, row: number): void {
  const alike = (dx: number, dy: number) => {
    const other = land.geography.standingAt(column + dx, row + dy)
    if (isWall(kind))
      return (other !== undefined && isWall(other)) || land.geography.doorAt(column + dx, row + dy) !== undefined
    return other !== undefined && (other === kind || isWall(other))
  }
  const joins = { n: alike(0, -1), e: alike(1, 0), s: alike(0, 1), w: alike(-1, 0) }
  if (isWall(kind)) {
    const height = rooms.at(column, row) > 0 ? ROOFED_HEIGHT : OPEN_HEIGHT
    if (tileKind(kind).window) window(mesh, kind, joins, height)
    else wall(mesh, finishOf(kind), joins, height, hash(column, row, 41))
    return
  }
  mesh.as(KIND.low)
  if (kind === 'hedge') hedge(mesh, joins, column, row)
  else if (kind === 'pillar') pillar(mesh)
  else if (kind === 'barrier') box(mesh, [0, 0, 0], [0.9, 0.5, 0.9], STONE.mid, { bevel: 0.08 })
  else fence(mesh, joins, kind === 'railing')
}

interface Joins {
  readonly n: boolean
  readonly e: boolean
  readonly s: boolean
  readonly w: boolean
}

/** A wall from `x0,z0` to `x1,z1` (local), faces where they can be seen. `ends`: west, east, north, south. */
function slab(
  mesh: MeshBuilder,
  [x0, z0, x1, z1]: readonly [number, number, number, number],
  y0: number,
  y1: number,
  c: Colour,
  faces: { readonly w: boolean; readonly e: boolean; readonly n: boolean; readonly s: boolean; readonly top?: Colour },
): void {
  const foot = y0 < 0.05 ? 0.66 : 0.9
  const ao = [foot, foot, 1, 1]
  if (faces.s)
    mesh.face(
      [
        [x0, y0, z1],
        [x1, y0, z1],
        [x1, y1, z1],
        [x0, y1, z1],
      ],
      [0, 0, 1],
      c,
      ao,
    )
  if (faces.n)
    mesh.face(
      [
        [x1, y0, z0],
        [x0, y0, z0],
        [x0, y1, z0],
        [x1, y1, z0],
      ],
      [0, 0, -1],
      c,
      ao,
    )
  if (faces.e)
    mesh.face(
      [
        [x1, y0, z1],
        [x1, y0, z0],
        [x1, y1, z0],
        [x1, y1, z1],
      ],
      [1, 0, 0],
      c,
      ao,
    )
  if (faces.w)
    mesh.face(
      [
        [x0, y0, z0],
        [x0, y0, z1],
        [x0, y1, z1],
        [x0, y1, z0],
      ],
      [-1, 0, 0],
      c,
      ao,
    )
  mesh.face(
    [
      [x0, y1, z1],
      [x1, y1, z1],
      [x1, y1, z0],
      [x0, y1, z0],
    ],
    [0, 1, 0],
    faces.top ?? scale(c, 1.1),
    1,
  )
}

/** The plan of a wall tile: a middle square and an arm to each neighbour it joins. */
function plan(mesh: MeshBuilder, joins: Joins, half: number, y0: number, y1: number, c: Colour, top?: Colour): void {
  const cap = top ? { top } : {}
  const isRunX = joins.e && joins.w && !joins.n && !joins.s
  const isRunZ = joins.n && joins.s && !joins.e && !joins.w
  if (isRunX) {
    slab(mesh, [-0.5, -half, 0.5, half], y0, y1, c, { n: true, s: true, e: false, w: false, ...cap })
    return
  }
  if (isRunZ) {
    slab(mesh, [-half, -0.5, half, 0.5], y0, y1, c, { n: false, s: false, e: true, w: true, ...cap })
    return
  }
  slab(mesh, [-half, -half, half, half], y0, y1, c, { n: !joins.n, s: !joins.s, e: !joins.e, w: !joins.w, ...cap })
  if (joins.e) slab(mesh, [half, -half, 0.5, half], y0, y1, c, { n: true, s: true, e: false, w: false, ...cap })
  if (joins.w) slab(mesh, [-0.5, -half, -half, half], y0, y1, c, { n: true, s: true, e: false, w: false, ...cap })
  if (joins.s) slab(mesh, [-half, half, half, 0.5], y0, y1, c, { n: false, s: false, e: true, w: true, ...cap })
  if (joins.n) slab(mesh, [-half, -0.5, half, -half], y0, y1, c, { n: false, s: false, e: true, w: true, ...cap })
}

function wall(mesh: MeshBuilder, finish: Finish, joins: Joins, height: number, n: number): void {
  mesh.as(KIND.wall, finish.pattern)
  plan(mesh, joins, HALF, -0.3, height, vary(finish.c, n, 0.04), finish.trim)
  if (finish.course) {
    mesh.as(KIND.wall, PATTERN.slabs)
    plan(mesh, joins, HALF + 0.04, -0.3, 0.34, finish.course)
  }
  mesh.as(KIND.wall, PATTERN.none)
  if (height === ROOFED_HEIGHT && finish.trim === WOOD.dark)
    plan(mesh, joins, HALF + 0.02, height - 0.16, height, finish.trim)
  const isCorner = !((joins.e && joins.w && !joins.n && !joins.s) || (joins.n && joins.s && !joins.e && !joins.w))
  if (isCorner && finish.course)
    box(mesh, [0, 0, 0], [WALL_THICKNESS + 0.07, height, WALL_THICKNESS + 0.07], finish.trim)
}

function window(mesh: MeshBuilder, kind: TileKindName, joins: Joins, height: number): void {
  const finish = finishOf(kind)
  const isAlongX = joins.e || joins.w || !(joins.n || joins.s)
  const along: Joins = isAlongX ? { n: false, s: false, e: true, w: true } : { n: true, s: true, e: false, w: false }
  const sill = kind === 'wall-glass' ? 0.12 : Math.min(SILL, height * 0.5)
  const head = Math.min(HEAD, height - 0.14)
  mesh.as(KIND.wall, finish.pattern)
  plan(mesh, along, HALF, -0.3, sill, finish.c, finish.trim)
  plan(mesh, along, HALF, head, height, finish.c, finish.trim)
  if (finish.course) {
    mesh.as(KIND.wall, PATTERN.slabs)
    plan(mesh, along, HALF + 0.04, -0.3, 0.34, finish.course)
  }
  const put = (a: number, y: number, b: number, size: readonly [number, number, number], c: Colour) =>
    box(mesh, isAlongX ? [a, y, b] : [b, y, a], isAlongX ? size : [size[2], size[1], size[0]], c)
  mesh.as(KIND.wall, PATTERN.none)
  if (height === ROOFED_HEIGHT && finish.trim === WOOD.dark)
    plan(mesh, along, HALF + 0.02, height - 0.16, height, finish.trim)
  const reveal = kind === 'wall-glass' ? 0.03 : 0.1
  for (const side of [-1, 1]) put(side * (0.5 - reveal / 2), sill, 0, [reveal, head - sill, WALL_THICKNESS], finish.c)
  put(0, sill, 0, [0.92, 0.07, WALL_THICKNESS + 0.16], finish.trim)
  put(0, head - 0.06, 0, [0.9, 0.07, WALL_THICKNESS + 0.1], finish.trim)
  if (kind !== 'wall-glass') {
    put(0, sill + 0.07, 0, [0.05, head - sill - 0.1, 0.16], finish.trim)
    put(0, (sill + head) / 2, 0, [0.78, 0.045, 0.16], finish.trim)
  }
  mesh.as(KIND.glass, kind === 'wall-glass' ? 24 : 115)
  put(0, sill + 0.05, 0, [0.82, head - sill - 0.08, 0.09], GLASS)
}

/** The frame a door hangs in, and the wall above it. */
function doorway(mesh: MeshBuilder, land: Land, rooms: Rooms, column: number, row: number): void {
  const door = land.geography.door(land.geography.doorAt(column, row) ?? '')
  if (!door) return
  const kindBeside = [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ]
    .map(([dx, dy]) => land.geography.standingAt(column + (dx ?? 0), row + (dy ?? 0)))
    .find(kind => kind !== undefined && isWall(kind))
  const finish = finishOf(kindBeside ?? 'wall-plaster')
  const height = mesh.room > 0 ? ROOFED_HEIGHT : OPEN_HEIGHT
  const joins: Joins = door.alongX ? { n: false, s: false, e: true, w: true } : { n: true, s: true, e: false, w: false }
  const isFirst = column === door.bounds.x && row === door.bounds.y
  const isLast = column === door.bounds.x + door.bounds.width - 1 && row === door.bounds.y + door.bounds.height - 1
  const put = (a: number, y: number, size: readonly [number, number, number], c: Colour) =>
    box(mesh, door.alongX ? [a, y, 0] : [0, y, a], door.alongX ? size : [size[2], size[1], size[0]], c)
  mesh.as(KIND.wall, finish.pattern)
  if (rooms.at(column, row) > 0) {
    plan(mesh, joins, HALF, DOOR_HEAD, height, finish.c, finish.trim)
    mesh.as(KIND.wall, PATTERN.none)
    put(0, DOOR_HEAD - 0.02, [1, 0.12, WALL_THICKNESS + 0.1], finish.trim)
  }
  mesh.as(KIND.wall, PATTERN.none)
  const tall = rooms.at(column, row) > 0 ? DOOR_HEAD : Math.max(height, 1.4)
  if (isFirst) put(-0.45, 0, [0.1, tall, WALL_THICKNESS + 0.08], finish.trim)
  if (isLast) put(0.45, 0, [0.1, tall, WALL_THICKNESS + 0.08], finish.trim)
  mesh.as(KIND.low)
  put(0, 0, [1, 0.04, WALL_THICKNESS + 0.3], STONE.light)
}

function hedge(mesh: MeshBuilder, joins: Joins, column: number, row: number): void {
  mesh.sway = 40
  const n = hash(column, row, 17)
  const tones = { low: vary(colour('#3F6645'), n, 0.12), high: vary(colour('#7BA65B'), n, 0.12) }
  const reach = (joined: boolean) => (joined ? 0.5 : 0.4)
  const [w, e, s, k] = [reach(joins.w), reach(joins.e), reach(joins.s), reach(joins.n)]
  const c = tones.low
  box(mesh, [(e - w) / 2, -0.1, (s - k) / 2], [e + w, 0.82, s + k], c, { bevel: 0.14, top: tones.high, foot: 0.5 })
  for (let i = 0; i < 3; i += 1) {
    const [x, z] = [(hash(column, row, 50 + i) - 0.5) * 0.6, (hash(column, row, 60 + i) - 0.5) * 0.6]
    blob(mesh, [x, 0.66, z], [0.26, 0.16, 0.26], tones, {
      segments: 6,
      rings: 4,
      seed: column * 7 + row + i,
      shade: 0.75,
    })
  }
}

function pillar(mesh: MeshBuilder): void {
  mesh.as(KIND.tall)
  box(mesh, [0, 0, 0], [0.7, 0.18, 0.7], STONE.mid, { bevel: 0.05 })
  lathe(
    mesh,
    0,
    0,
    [
      { y: 0.18, r: 0.27, c: STONE.mid, ao: 0.8 },
      { y: 0.32, r: 0.22, c: STONE.light },
      { y: 1.9, r: 0.19, c: STONE.light },
      { y: 2.05, r: 0.28, c: STONE.light },
    ],
    10,
  )
  box(mesh, [0, 2.05, 0], [0.64, 0.16, 0.64], STONE.light, { bevel: 0.05 })
}

function fence(mesh: MeshBuilder, joins: Joins, isRailing: boolean): void {
  const c = isRailing ? colour('#8A7F78') : WOOD.light
  const height = isRailing ? 0.95 : 0.82
  box(mesh, [0, -0.1, 0], [0.13, height + 0.18, 0.13], scale(c, 0.92), { bevel: 0.04 })
  const arm = (dx: number, dz: number) => {
    for (const y of isRailing ? [0.86] : [0.32, 0.62]) {
      const size: [number, number, number] = dx !== 0 ? [0.5, 0.09, 0.06] : [0.06, 0.09, 0.5]
      box(mesh, [dx * 0.25, y, dz * 0.25], size, c, { foot: 0.95, floating: true })
    }
    const at = 0.26
    if (isRailing) box(mesh, [dx * at, 0, dz * at], [0.05, 0.88, 0.05], c)
    else box(mesh, [dx * at, 0, dz * at], dx !== 0 ? [0.1, 0.76, 0.05] : [0.05, 0.76, 0.1], scale(c, 1.05))
  }
  if (joins.e) arm(1, 0)
  if (joins.w) arm(-1, 0)
  if (joins.s) arm(0, 1)
  if (joins.n) arm(0, -1)
}
