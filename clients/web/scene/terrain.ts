import type { TileKindName } from '@worldloom/capabilities/geography'
import type { Land } from './land.ts'
import { KIND, type MeshBuilder, PATTERN } from './mesh-builder.ts'
import { hash, smoothNoise } from './noise.ts'
import { type Colour, GROUND_COLOURS, mix, PALETTE, STRATA, scale, vary } from './palette.ts'

/** How far below zero the block of earth reaches at the edges of the map. */
export const BLOCK_DEPTH = 4.5
const BEVEL = 0.1
/** A difference in height that shows an edge. */
const EDGE_MIN = 0.015

/** Kinds that run into one another. The rest keep their edges. */
const SOFT = new Set<TileKindName>(['grass', 'meadow', 'moss', 'forest-floor', 'marsh', 'water', 'deep-water', 'sand'])

const PATTERNS: Readonly<Partial<Record<TileKindName, number>>> = {
  cobble: PATTERN.cobble,
  'floor-wood': PATTERN.planks,
  bridge: PATTERN.planks,
  'floor-stone': PATTERN.slabs,
  stone: PATTERN.slabs,
  'floor-tile': PATTERN.tile,
  carpet: PATTERN.weave,
  stairs: PATTERN.slabs,
}

const DEFAULT: Colour = GROUND_COLOURS.grass ?? [0.3, 0.4, 0.2]
const DRY = { grass: [0.42, 0.44, 0.16] as Colour, moss: [0.13, 0.3, 0.16] as Colour }

/** The colour of a tile's top before light: kind, patches of dry and lush, and a little of its own. */
function tileColour(land: Land, column: number, row: number): Colour {
  const kind = land.kindAt(column, row)
  const base = (kind && GROUND_COLOURS[kind]) || DEFAULT
  const own = vary(base, hash(column, row, 3), kind && SOFT.has(kind) ? 0.045 : 0.085)
  if (kind === 'grass' || kind === 'meadow' || kind === 'moss' || kind === 'forest-floor') {
    const patch = smoothNoise(column / 7, row / 7, 11)
    const lush = smoothNoise(column / 11 + 40, row / 11, 12)
    const dried = mix(own, DRY.grass, Math.max(0, patch - 0.55) * 0.8)
    return mix(dried, DRY.moss, Math.max(0, lush - 0.6) * 0.7)
  }
  return own
}

/** Lays the ground of the tiles in a rectangle: tops with cut edges, cliffs, and the block of earth at the map's edge. */
export function buildTerrain(mesh: MeshBuilder, land: Land, x0: number, y0: number, x1: number, y1: number): void {
  mesh.room = 0
  mesh.object = 0
  for (let row = y0; row < y1; row += 1) {
    for (let column = x0; column < x1; column += 1) {
      if (land.kindAt(column, row) !== undefined) layTile(mesh, land, column, row)
    }
  }
}

function layTile(mesh: MeshBuilder, land: Land, column: number, row: number): void {
  const kind = land.kindAt(column, row)
  if (!kind) return
  const top = land.topAt(column, row)
  const isBed = land.surfaceAt(column, row) !== undefined
  const drop = (dx: number, dy: number) => top - land.topAt(column + dx, row + dy)
  const drops = { n: drop(0, -1), e: drop(1, 0), s: drop(0, 1), w: drop(-1, 0) }
  const cut = (d: number) => (d > EDGE_MIN ? Math.min(BEVEL, d * 0.8) : 0)
  const [n, e, s, w] = [cut(drops.n), cut(drops.e), cut(drops.s), cut(drops.w)]

  mesh.place(column + 0.5, top, row + 0.5).as(KIND.ground, isBed ? PATTERN.soft : (PATTERNS[kind] ?? PATTERN.none))
  const own = kind === 'bridge' ? (GROUND_COLOURS.water ?? DEFAULT) : tileColour(land, column, row)
  const at = (cx: number, cy: number) => cornerColour(land, column, row, cx, cy, own, kind)
  const shade = (cx: number, cy: number) => cornerLight(land, column, row, cx, cy, top)
  // Corners in order: south-west, south-east, north-east, north-west.
  const corners = [
    { x: -0.5 + w, z: 0.5 - s, cx: 0, cy: 1 },
    { x: 0.5 - e, z: 0.5 - s, cx: 1, cy: 1 },
    { x: 0.5 - e, z: -0.5 + n, cx: 1, cy: 0 },
    { x: -0.5 + w, z: -0.5 + n, cx: 0, cy: 0 },
  ].map(c => ({ ...c, colour: at(c.cx, c.cy), ao: shade(c.cx, c.cy) }))
  const isPlain = corners.every(c => c.ao === corners[0]?.ao) && !SOFT.has(kind)
  const ring = corners.map(c => mesh.vertex(c.x, 0, c.z, 0, 1, 0, c.colour, c.ao))
  const middle =
    isPlain || isBed
      ? undefined
      : mesh.vertex(0, 0, 0, 0, 1, 0, own, Math.min(1, corners.reduce((sum, c) => sum + c.ao, 0) / 4 + 0.03))
  if (middle === undefined) mesh.quad(ring[0] ?? 0, ring[1] ?? 0, ring[2] ?? 0, ring[3] ?? 0)
  else for (let i = 0; i < 4; i += 1) mesh.triangle(middle, ring[i] ?? 0, ring[(i + 1) % 4] ?? 0)

  const sides = [
    { d: drops.s, c: s, nx: 0, nz: 1, a: 0, b: 1, ox: -0.5, oz: 0.5, px: 0.5, pz: 0.5 },
    { d: drops.e, c: e, nx: 1, nz: 0, a: 1, b: 2, ox: 0.5, oz: 0.5, px: 0.5, pz: -0.5 },
    { d: drops.n, c: n, nx: 0, nz: -1, a: 2, b: 3, ox: 0.5, oz: -0.5, px: -0.5, pz: -0.5 },
    { d: drops.w, c: w, nx: -1, nz: 0, a: 3, b: 0, ox: -0.5, oz: -0.5, px: -0.5, pz: 0.5 },
  ]
  for (const side of sides) {
    if (side.c === 0) continue
    const [from, to] = [corners[side.a], corners[side.b]]
    if (!from || !to) continue
    const lip = -side.c
    const [ca, cb] = [scale(from.colour, 1.1), scale(to.colour, 1.1)]
    const k = Math.SQRT1_2
    mesh.face(
      [
        [side.ox, lip, side.oz],
        [side.px, lip, side.pz],
        [to.x, 0, to.z],
        [from.x, 0, from.z],
      ],
      [side.nx * k, k, side.nz * k],
      [scale(ca, 0.96), scale(cb, 0.96), cb, ca],
      [from.ao * 0.95, to.ao * 0.95, from.ao, from.ao],
    )
    const isEdge = side.d > 100
    const foot = isEdge ? -BLOCK_DEPTH - top : -side.d
    if (foot < lip - 0.01) cliff(mesh, kind, side, column, row, lip, foot, top, own, isEdge)
  }
}

interface Side {
  readonly nx: number
  readonly nz: number
  readonly ox: number
  readonly oz: number
  readonly px: number
  readonly pz: number
}

/** A wall of earth or rock in bands: a lip of turf, then strata whose borders waver from tile to tile. */
function cliff(
  mesh: MeshBuilder,
  kind: TileKindName,
  side: Side,
  column: number,
  row: number,
  from: number,
  to: number,
  top: number,
  own: Colour,
  isEdge: boolean,
): void {
  const isRock = kind === 'rock' || kind === 'stone' || kind === 'cobble' || kind === 'stairs'
  const isBuilt = kind.startsWith('floor-') || kind === 'carpet'
  const earth = isRock ? scale(own, 0.82) : isBuilt ? PALETTE.slate : STRATA.earth
  const wave = (x: number, z: number, seed: number) =>
    (smoothNoise((column + x) * 0.9, (row + z) * 0.9, seed) - 0.5) * 0.22
  const bands: { readonly y: number; readonly c: Colour; readonly seed: number }[] = [
    { y: from, c: isRock || isBuilt ? own : mix(own, STRATA.turf, 0.45), seed: 0 },
  ]
  const deep = from - to
  if (!isRock && !isBuilt && deep > 0.2) bands.push({ y: from - 0.13, c: earth, seed: 21 })
  if (deep > 1.3) bands.push({ y: from - 0.95, c: isRock ? scale(own, 0.7) : STRATA.clay, seed: 22 })
  if (isEdge && deep > 2.6) bands.push({ y: -1.9 - top, c: STRATA.bedrock, seed: 23 })
  bands.forEach((band, i) => {
    const next = bands[i + 1]
    const y0 = band.y
    const y1 = next?.y ?? to
    if (y1 >= y0) return
    const bend = (x: number, z: number, of: { seed: number } | undefined) =>
      of && of.seed > 0 ? wave(x, z, of.seed) * (of.seed === 21 ? 0.35 : 1) : 0
    const colourAt = vary(band.c, hash(column * 3 + i, row * 5, 31), 0.07)
    const low = next ? 0.86 : isEdge ? 0.8 : 0.62
    mesh.face(
      [
        [side.ox, y1 + bend(side.ox, side.oz, next), side.oz],
        [side.px, y1 + bend(side.px, side.pz, next), side.pz],
        [side.px, y0 + bend(side.px, side.pz, band), side.pz],
        [side.ox, y0 + bend(side.ox, side.oz, band), side.oz],
      ],
      [side.nx, 0, side.nz],
      colourAt,
      [low, low, 0.94, 0.94],
    )
  })
}

/** The tile's own colour in hard kinds; the mean of what meets at the corner in soft ones. */
function cornerColour(
  land: Land,
  column: number,
  row: number,
  cx: number,
  cy: number,
  own: Colour,
  kind: TileKindName,
): Colour {
  if (!SOFT.has(kind)) return scale(own, 0.97 + hash(column + cx, row + cy, 5) * 0.06)
  const sum: [number, number, number] = [0, 0, 0]
  let count = 0
  for (let dy = -1; dy <= 0; dy += 1) {
    for (let dx = -1; dx <= 0; dx += 1) {
      const other = land.kindAt(column + cx + dx, row + cy + dy)
      if (!other || !SOFT.has(other)) continue
      const c = tileColour(land, column + cx + dx, row + cy + dy)
      sum[0] += c[0]
      sum[1] += c[1]
      sum[2] += c[2]
      count += 1
    }
  }
  return count === 0 ? own : scale(sum, 1 / count)
}

/** Ambient light at a tile's corner: higher ground, walls and hedges around it take some away. */
function cornerLight(land: Land, column: number, row: number, cx: number, cy: number, top: number): number {
  let taken = 0
  for (let dy = -1; dy <= 0; dy += 1) {
    for (let dx = -1; dx <= 0; dx += 1) {
      const [c, r] = [column + cx + dx, row + cy + dy]
      if (c === column && r === row) {
        if (land.geography.standingAt(c, r)) taken += 0.1
        continue
      }
      const rise = Math.min(1.5, land.topAt(c, r) - top)
      if (rise > 0.2) taken += 0.09 + rise * 0.07
      else if (land.geography.standingAt(c, r)) taken += 0.13
      else if (land.geography.isSolid(c, r) && land.surfaceAt(c, r) === undefined && rise > -10) taken += 0.06
    }
  }
  return Math.max(0.5, 1 - taken)
}
