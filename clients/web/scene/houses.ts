import type { Tone } from '@worldloom/capabilities/geography'
import { KIND, type MeshBuilder, PATTERN } from './mesh-builder.ts'
import { dice } from './noise.ts'
import { type Colour, colour, mix, PALETTE, PLASTER, STONE, scale, vary, WOOD } from './palette.ts'
import { box, lathe } from './solids.ts'
import { ROOFED_HEIGHT, WALL_THICKNESS } from './walls.ts'

const OVERHANG = 0.2
/** From the edge of the footprint to the outer face of its walls. */
const INSET = 0.5 - WALL_THICKNESS / 2
/** Across from ridge (0) to eave (1), and the height left: steep above, flared below. */
const PROFILE = [
  [0, 1],
  [0.36, 0.6],
  [0.72, 0.24],
  [1, 0.03],
] as const
const THICKNESS = 0.13

/** Roof tiles keep to earth and slate whatever the tone, so that a village stays one family. */
const ROOFS: Readonly<Record<Tone, Colour>> = {
  clay: colour('#B9644A'),
  moss: colour('#6F8F5C'),
  pine: colour('#3F6A5A'),
  sand: colour('#CDA76B'),
  slate: colour('#64707F'),
  sun: colour('#D69A45'),
  water: colour('#4C8796'),
  song: colour('#77609F'),
  paper: colour('#D8CDB8'),
  ink: colour('#4A4854'),
}

/** The roof over a footprint of `width` × `depth` tiles, its middle at the builder's origin, plus gables and a chimney. */
export function buildRoof(mesh: MeshBuilder, width: number, depth: number, tone: Tone | undefined, seed: number): void {
  const roll = dice(seed)
  const c = vary(ROOFS[tone ?? 'clay'], roll(), 0.06)
  const { isAlongX, along, across, rise, eave } = shapeOf(width, depth)
  // Local axes: u along the ridge, v across it.
  const at = (u: number, y: number, v: number): [number, number, number] => (isAlongX ? [u, y, v] : [v, y, -u])
  mesh.as(KIND.roof, PATTERN.shingle)
  for (const side of [1, -1]) {
    for (let i = 0; i + 1 < PROFILE.length; i += 1) {
      const [t0, h0] = PROFILE[i] ?? [0, 1]
      const [t1, h1] = PROFILE[i + 1] ?? [1, 0]
      const [v0, v1] = [t0 * across * side, t1 * across * side]
      const [y0, y1] = [eave + h0 * rise, eave + h1 * rise]
      const [ny, nv] = [Math.abs(v1 - v0), (y0 - y1) * side]
      const length = Math.hypot(ny, nv)
      // The ridge sags a little between its ends, as on any old house.
      const cells = 4
      for (let cell = 0; cell < cells; cell += 1) {
        const [u0, u1] = [-along + (2 * along * cell) / cells, -along + (2 * along * (cell + 1)) / cells]
        const sag = (u: number) => -0.06 * (1 - (u / along) ** 2) * (1 - t0 * 0.7)
        const corners = [
          at(u0, y1 + sag(u0), v1),
          at(u1, y1 + sag(u1), v1),
          at(u1, y0 + sag(u1), v0),
          at(u0, y0 + sag(u0), v0),
        ]
        const n = at(0, ny / length, nv / length)
        const tint = vary(c, roll(), 0.03)
        const [low, high] = [scale(tint, 0.9 + t1 * 0.06), scale(tint, 1.02)]
        mesh.face(corners, n, [low, low, high, high], 1)
      }
    }
  }
  gables(mesh, at, { along, across, rise, eave, c })
  mesh.as(KIND.roof, PATTERN.none)
  const ridge = scale(c, 0.82)
  box(
    mesh,
    at(0, eave + rise - 0.16, 0),
    isAlongX ? [along * 2 + 0.06, 0.2, 0.24] : [0.24, 0.2, along * 2 + 0.06],
    ridge,
    { bevel: 0.05 },
  )
  if (roll() > 0.25)
    chimney(mesh, at(along * 0.45 * (roll() > 0.5 ? 1 : -1), eave + rise * 0.35, across * 0.3), rise * 0.62 + 0.5)
}

function shapeOf(width: number, depth: number) {
  const isAlongX = width >= depth
  const along = (isAlongX ? width : depth) / 2 - INSET + 0.36
  const across = (isAlongX ? depth : width) / 2 - INSET + OVERHANG + 0.2
  return { isAlongX, along, across, rise: Math.min(3.4, across * 0.86), eave: ROOFED_HEIGHT - 0.1 }
}

/** Where a roof's chimney stands, from the middle of the house's floor, and how tall it is. Some houses have none. */
export function chimneyOf(width: number, depth: number, seed: number) {
  const roll = dice(seed ^ 0xc41)
  const { isAlongX, along, across, rise, eave } = shapeOf(width, depth)
  if (roll() < 0.25) return undefined
  const [u, v] = [along * 0.45 * (roll() > 0.5 ? 1 : -1), across * 0.3]
  const height = rise * 0.62 + 0.5
  const y = eave + rise * 0.35
  const foot: readonly [number, number, number] = isAlongX ? [u, y, v] : [v, y, -u]
  return { foot, height }
}

interface Gable {
  readonly along: number
  readonly across: number
  readonly rise: number
  readonly eave: number
  readonly c: Colour
}

/** Barge boards, the wall below them, and a round window in each. */
function gables(mesh: MeshBuilder, at: (u: number, y: number, v: number) => [number, number, number], g: Gable): void {
  const board = mix(WOOD.pale, PALETTE.paper, 0.3)
  for (const end of [1, -1]) {
    const u = end * (g.along - 0.02)
    const inner = end * (g.along - 0.36)
    const n = at(end, 0, 0)
    mesh.as(KIND.roof, PATTERN.none)
    for (const side of [1, -1]) {
      for (let i = 0; i + 1 < PROFILE.length; i += 1) {
        const [t0, h0] = PROFILE[i] ?? [0, 1]
        const [t1, h1] = PROFILE[i + 1] ?? [1, 0]
        const [v0, v1] = [t0 * g.across * side, t1 * g.across * side]
        const [y0, y1] = [g.eave + h0 * g.rise, g.eave + h1 * g.rise]
        const strip = [at(u, y1 - THICKNESS, v1), at(u, y1 + 0.01, v1), at(u, y0 + 0.01, v0), at(u, y0 - THICKNESS, v0)]
        mesh.face(strip, n, board, 1)
        // Underneath, seen from the street.
        const under = [
          at(u, y1 - THICKNESS, v1),
          at(u, y0 - THICKNESS, v0),
          at(inner, y0 - THICKNESS, v0),
          at(inner, y1 - THICKNESS, v1),
        ]
        const below = at(0, -0.8, -0.6 * side)
        mesh.face(under, below, scale(WOOD.warm, 0.6), 0.6)
      }
    }
    // The wall of the gable follows the roof's line, a little below it.
    mesh.as(KIND.roof, PATTERN.soft)
    for (const side of [1, -1]) {
      for (let i = 0; i + 2 < PROFILE.length; i += 1) {
        const [t0, h0] = PROFILE[i] ?? [0, 1]
        const [t1, h1] = PROFILE[i + 1] ?? [1, 0]
        const wall = [
          at(inner, ROOFED_HEIGHT, t0 * g.across * side),
          at(inner, ROOFED_HEIGHT, t1 * g.across * side),
          at(inner, g.eave + h1 * g.rise - 0.06, t1 * g.across * side),
          at(inner, g.eave + h0 * g.rise - 0.06, t0 * g.across * side),
        ]
        mesh.face(wall, n, PLASTER, [0.95, 0.95, 0.75, 0.75])
      }
    }
    roundWindow(mesh, at, inner + end * 0.03, g.eave + g.rise * 0.34, end)
  }
  for (const side of [1, -1]) {
    const v = side * g.across
    const y = g.eave + 0.03 * g.rise
    const strip = [at(-g.along, y - THICKNESS, v), at(g.along, y - THICKNESS, v), at(g.along, y, v), at(-g.along, y, v)]
    mesh.as(KIND.roof, PATTERN.none)
    mesh.face(strip, at(0, 0, side), scale(g.c, 0.7), 0.8)
    const low = side * (g.across - 0.5)
    const under = [
      at(-g.along, y - THICKNESS, low),
      at(g.along, y - THICKNESS, low),
      at(g.along, y - THICKNESS, v),
      at(-g.along, y - THICKNESS, v),
    ]
    mesh.face(under, [0, -1, 0], scale(WOOD.warm, 0.6), 0.6)
  }
}

function roundWindow(
  mesh: MeshBuilder,
  at: (u: number, y: number, v: number) => [number, number, number],
  u: number,
  y: number,
  end: number,
): void {
  const sides = 10
  const n = at(end, 0, 0)
  const disc = (radius: number, out: number, c: Colour) => {
    const points = Array.from({ length: sides }, (_, i) => {
      const angle = (i / sides) * Math.PI * 2 * end
      return at(u + end * out, y + Math.cos(angle) * radius, -Math.sin(angle) * radius)
    })
    mesh.face(points, n, c, 1)
  }
  mesh.as(KIND.roof, PATTERN.none)
  disc(0.34, 0, WOOD.dark)
  // Kept a roof, so that it goes when the roof goes; the mark makes it shine.
  mesh.as(KIND.roof, PATTERN.lit)
  disc(0.25, 0.02, colour('#8FB8C6'))
}

function chimney(mesh: MeshBuilder, at: readonly [number, number, number], height: number): void {
  mesh.as(KIND.roof, PATTERN.brick)
  box(mesh, at, [0.5, height, 0.5], STONE.mid, { foot: 0.8 })
  mesh.as(KIND.roof, PATTERN.none)
  box(mesh, [at[0], at[1] + height, at[2]], [0.62, 0.12, 0.62], STONE.light, { bevel: 0.03, floating: true })
  lathe(
    mesh,
    at[0],
    at[2],
    [
      { y: at[1] + height + 0.1, r: 0.14, c: scale(ROOFS.clay, 0.8) },
      { y: at[1] + height + 0.3, r: 0.11, c: ROOFS.clay },
      { y: at[1] + height + 0.28, r: 0.06, c: PALETTE.ink },
    ],
    8,
  )
}
