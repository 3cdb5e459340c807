import type { ObjectTypeName } from '@worldloom/capabilities/geography'
import type { Draw, Thing } from './furniture.ts'
import { KIND, type MeshBuilder } from './mesh-builder.ts'
import { dice } from './noise.ts'
import { type Colour, colour, mix, PALETTE, STONE, scale, WOOD } from './palette.ts'
import { blob, box, lathe } from './solids.ts'

const IRON = colour('#4B4A55')
const BRONZE = colour('#B98A4A')
const GLOW: Colour = colour('#FFD79A')

function shrineStone(mesh: MeshBuilder, { seed }: Thing): void {
  const roll = dice(seed)
  mesh.as(KIND.tall)
  const [lean, h] = [(roll() - 0.5) * 0.16, 1.35 + roll() * 0.35]
  lathe(
    mesh,
    0,
    0,
    [
      { y: -0.1, r: 0.4, c: STONE.dark, ao: 0.6 },
      { y: 0.3, r: 0.34, c: STONE.mid, dx: lean * 0.2 },
      { y: h * 0.75, r: 0.28, c: STONE.light, dx: lean * 0.8 },
      { y: h, r: 0.12, c: STONE.light, dx: lean },
    ],
    6,
  )
  mesh.as(KIND.tall, 120)
  const rune = colour('#A98BEB')
  const at = (y: number, dx: number) => lean * (y / h) + dx
  for (const [y, w, t] of [
    [0.5, 0.06, 0.26],
    [0.82, 0.2, 0.06],
    [1.0, 0.06, 0.16],
  ] as const)
    box(mesh, [at(y, 0), y, 0.3 - y * 0.045], [w, t, 0.05], rune, { foot: 1 })
  mesh.as(KIND.low)
  blob(
    mesh,
    [0.3, 0.05, 0.2],
    [0.16, 0.1, 0.14],
    { low: colour('#4C7350'), high: colour('#86AA66') },
    { segments: 6, rings: 4, seed },
  )
}

function altar(mesh: MeshBuilder): void {
  mesh.as(KIND.low)
  box(mesh, [0, 0, 0], [0.9, 0.14, 0.74], STONE.mid, { bevel: 0.03 })
  box(mesh, [0, 0.14, 0], [0.62, 0.56, 0.48], STONE.light)
  box(mesh, [0, 0.7, 0], [0.86, 0.12, 0.66], STONE.light, { bevel: 0.03, floating: true })
  mesh.as(KIND.low, 150)
  blob(
    mesh,
    [0, 0.95, 0],
    [0.12, 0.14, 0.12],
    { low: colour('#8C6BD1'), high: colour('#C9B4F4') },
    { segments: 6, rings: 5, roughness: 0.1, faceted: true },
  )
}

function bell(mesh: MeshBuilder): void {
  mesh.as(KIND.tall)
  for (const x of [-0.4, 0.4]) box(mesh, [x, 0, 0], [0.12, 1.8, 0.14], WOOD.dark)
  box(mesh, [0, 1.76, 0], [1.1, 0.13, 0.2], WOOD.warm, { floating: true, bevel: 0.03 })
  lathe(
    mesh,
    0,
    0,
    [
      { y: 0.94, r: 0.3, c: scale(BRONZE, 0.7) },
      { y: 0.98, r: 0.32, c: BRONZE },
      { y: 1.2, r: 0.22, c: BRONZE },
      { y: 1.5, r: 0.17, c: scale(BRONZE, 1.15) },
      { y: 1.6, r: 0.06, c: BRONZE },
      { y: 1.76, r: 0.03, c: IRON },
    ],
    10,
    { caps: 'both' },
  )
}

function statue(mesh: MeshBuilder): void {
  mesh.as(KIND.tall)
  box(mesh, [0, 0, 0], [0.86, 0.16, 0.86], STONE.mid, { bevel: 0.04 })
  box(mesh, [0, 0.16, 0], [0.62, 0.6, 0.62], STONE.light, { bevel: 0.04 })
  lathe(
    mesh,
    0,
    0,
    [
      { y: 0.76, r: 0.26, c: STONE.mid, ao: 0.75 },
      { y: 1.1, r: 0.2, c: STONE.light },
      { y: 1.5, r: 0.16, c: STONE.light },
      { y: 1.62, r: 0.08, c: STONE.mid },
    ],
    9,
  )
  blob(
    mesh,
    [0, 1.82, 0.02],
    [0.19, 0.21, 0.19],
    { low: STONE.mid, high: STONE.light },
    { segments: 9, rings: 6, roughness: 0 },
  )
  for (const side of [-1, 1])
    lathe(
      mesh,
      side * 0.22,
      0.1,
      [
        { y: 1.05, r: 0.05, c: STONE.mid, dz: 0.12, dx: -side * 0.08 },
        { y: 1.48, r: 0.07, c: STONE.light },
      ],
      6,
      { caps: 'both' },
    )
  blob(
    mesh,
    [0, 1.08, 0.26],
    [0.11, 0.11, 0.11],
    { low: PALETTE.song, high: mix(PALETTE.song, PALETTE.paper, 0.5) },
    { segments: 6, rings: 5, faceted: true, roughness: 0.05 },
  )
}

function arch(mesh: MeshBuilder, { width, tone }: Thing): void {
  mesh.as(KIND.tall)
  const w = width - 0.3
  for (const side of [-1, 1]) {
    box(mesh, [(side * w) / 2, 0, 0], [0.44, 0.2, 0.5], STONE.mid, { bevel: 0.04 })
    box(mesh, [(side * w) / 2, 0.2, 0], [0.3, 1.9, 0.34], STONE.light)
  }
  box(mesh, [0, 2.1, 0], [w + 0.6, 0.2, 0.42], STONE.light, { bevel: 0.05, floating: true })
  box(mesh, [0, 2.3, 0], [w + 0.9, 0.16, 0.5], scale(tone, 0.9), { bevel: 0.06, floating: true })
  mesh.as(KIND.tall, 100)
  lathe(
    mesh,
    0,
    0,
    [
      { y: 1.78, r: 0.05, c: GLOW },
      { y: 1.86, r: 0.13, c: GLOW },
      { y: 2.0, r: 0.12, c: GLOW },
      { y: 2.08, r: 0.04, c: IRON },
    ],
    8,
    { caps: 'both' },
  )
}

/** What people built to remember. */
export const MONUMENTS: Readonly<Partial<Record<ObjectTypeName, Draw>>> = {
  'shrine-stone': shrineStone,
  altar,
  bell,
  statue,
  arch,
}
