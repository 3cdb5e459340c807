import type { Land } from './land.ts'
import { KIND, type MeshBuilder, PATTERN } from './mesh-builder.ts'
import { hash } from './noise.ts'
import { GROUND_COLOURS, STONE, scale, vary, WOOD } from './palette.ts'
import { box } from './solids.ts'

const STEPS = 3

/** Decks with rails over water, and the steps of stairs, in a rectangle of tiles. */
export function buildBridgesAndStairs(
  mesh: MeshBuilder,
  land: Land,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
): void {
  mesh.room = 0
  mesh.object = 0
  for (let row = y0; row < y1; row += 1) {
    for (let column = x0; column < x1; column += 1) {
      const kind = land.kindAt(column, row)
      if (kind === 'bridge') deck(mesh, land, column, row)
      else if (kind === 'stairs') stairs(mesh, land, column, row)
    }
  }
}

const SIDES = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const

function deck(mesh: MeshBuilder, land: Land, column: number, row: number): void {
  const top = land.deckAt(column, row) ?? 0
  mesh.place(column + 0.5, top, row + 0.5).as(KIND.ground, PATTERN.planks)
  const c = vary(WOOD.light, hash(column, row, 91), 0.06)
  box(mesh, [0, -0.16, 0], [1, 0.16, 1], c, { foot: 0.7, top: scale(c, 1.05), floating: true })
  mesh.as(KIND.low)
  const rail = WOOD.warm
  for (const [dx, dz] of SIDES) {
    if (land.deckAt(column + dx, row + dz) !== undefined) continue
    const isOverWater =
      land.surfaceAt(column + dx, row + dz) !== undefined || top - land.topAt(column + dx, row + dz) > 0.6
    if (!isOverWater) continue
    for (const along of [-0.44, 0.44]) {
      const at: [number, number, number] = dx !== 0 ? [dx * 0.44, -0.5, along] : [along, -0.5, dz * 0.44]
      box(mesh, at, [0.12, 1.26, 0.12], scale(rail, 0.9), { bevel: 0.03 })
    }
    const size: [number, number, number] = dx !== 0 ? [0.08, 0.08, 1] : [1, 0.08, 0.08]
    for (const y of [0.3, 0.62]) box(mesh, [dx * 0.44, y, dz * 0.44], size, rail, { foot: 0.9, floating: true })
    // Posts down into the bed carry the deck.
    const down = top - land.topAt(column, row)
    if (down > 0.5)
      box(mesh, dx !== 0 ? [dx * 0.38, -down, 0] : [0, -down, dz * 0.38], [0.2, down, 0.2], scale(WOOD.dark, 0.9), {
        foot: 0.5,
      })
  }
}

function stairs(mesh: MeshBuilder, land: Land, column: number, row: number): void {
  const top = land.topAt(column, row)
  const c = GROUND_COLOURS.stairs ?? STONE.light
  for (const [dx, dz] of SIDES) {
    const rise = land.topAt(column + dx, row + dz) - top
    if (rise < 0.25 || rise > 0.9 || land.geography.isSolid(column + dx, row + dz)) continue
    mesh.place(column + 0.5, top, row + 0.5).as(KIND.ground, PATTERN.none)
    for (let step = 0; step < STEPS; step += 1) {
      const depth = 0.66 * (1 - step / STEPS)
      const height = (rise * (step + 1)) / (STEPS + 1)
      const at: [number, number, number] = [dx * (0.5 - depth / 2), 0, dz * (0.5 - depth / 2)]
      box(mesh, at, dx !== 0 ? [depth, height, 0.94] : [0.94, height, depth], scale(c, 0.94 + step * 0.04), {
        bevel: 0.025,
        foot: 0.8,
      })
    }
  }
}
