import type { ObjectTypeName } from '@worldloom/capabilities/geography'
import { KIND, type MeshBuilder } from './mesh-builder.ts'
import { dice } from './noise.ts'
import { type Colour, colour, mix, PALETTE, STONE, scale, WOOD } from './palette.ts'
import { pottedPlant } from './plants.ts'
import { blob, box, lathe } from './solids.ts'

/** What a thing is drawn with: its footprint in its own frame (front to +z), its tone, its seed. */
export interface Thing {
  readonly width: number
  readonly depth: number
  readonly tone: Colour
  readonly seed: number
}
export type Draw = (mesh: MeshBuilder, thing: Thing) => void

const LINEN = colour('#EFE6D6')
const SEAT = 0.44

const legs = (mesh: MeshBuilder, w: number, d: number, height: number, c: Colour, thick = 0.07) => {
  for (const [x, z] of [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ] as const)
    box(mesh, [(x * w) / 2, 0, (z * d) / 2], [thick, height, thick], c)
}

function bench(mesh: MeshBuilder, { width }: Thing): void {
  const w = width - 0.3
  for (const side of [-1, 1]) {
    box(mesh, [side * (w / 2 - 0.18), 0, 0], [0.1, SEAT - 0.06, 0.42], WOOD.dark)
    box(mesh, [side * (w / 2 - 0.18), SEAT, -0.2], [0.08, 0.44, 0.07], WOOD.dark)
  }
  for (const z of [-0.14, 0, 0.14])
    box(mesh, [0, SEAT - 0.06, z], [w, 0.06, 0.12], WOOD.light, { bevel: 0.02, foot: 0.85, floating: true })
  for (const y of [0.62, 0.78])
    box(mesh, [0, y, -0.17], [w, 0.11, 0.05], WOOD.light, { bevel: 0.02, foot: 0.9, floating: true })
}

function chair(mesh: MeshBuilder): void {
  legs(mesh, 0.34, 0.34, SEAT, WOOD.dark, 0.06)
  box(mesh, [0, SEAT - 0.05, 0], [0.44, 0.07, 0.44], WOOD.light, { bevel: 0.02, floating: true })
  for (const x of [-0.18, 0.18]) box(mesh, [x, SEAT, -0.19], [0.055, 0.5, 0.055], WOOD.dark)
  for (const y of [0.62, 0.8]) box(mesh, [0, y, -0.19], [0.34, 0.1, 0.04], WOOD.light, { foot: 0.9, floating: true })
}

function stool(mesh: MeshBuilder): void {
  legs(mesh, 0.24, 0.24, SEAT - 0.04, WOOD.dark, 0.06)
  lathe(
    mesh,
    0,
    0,
    [
      { y: SEAT - 0.06, r: 0.2, c: scale(WOOD.light, 0.8) },
      { y: SEAT - 0.04, r: 0.23, c: WOOD.light },
      { y: SEAT, r: 0.21, c: WOOD.light },
    ],
    10,
    { caps: 'both' },
  )
}

function sofa(mesh: MeshBuilder, { width, tone }: Thing): void {
  const w = width - 0.2
  box(mesh, [0, 0.08, 0.02], [w, 0.32, 0.7], scale(tone, 0.85), { bevel: 0.06, floating: true })
  box(mesh, [0, 0.3, -0.3], [w, 0.52, 0.2], tone, { bevel: 0.08 })
  for (const side of [-1, 1]) box(mesh, [side * (w / 2 - 0.08), 0.1, 0.02], [0.18, 0.52, 0.72], tone, { bevel: 0.08 })
  const seats = Math.max(1, Math.round(w / 0.8))
  for (let i = 0; i < seats; i += 1) {
    const x = (i - (seats - 1) / 2) * ((w - 0.36) / seats)
    box(mesh, [x, 0.36, 0.06], [(w - 0.4) / seats, 0.12, 0.54], mix(tone, LINEN, 0.25), { bevel: 0.05 })
  }
}

function cushion(mesh: MeshBuilder, { tone, seed }: Thing): void {
  blob(
    mesh,
    [0, 0.09, 0],
    [0.3, 0.1, 0.3],
    { low: scale(tone, 0.8), high: scale(tone, 1.1) },
    { segments: 10, rings: 5, roughness: 0.03, seed, shade: 0.7 },
  )
  blob(mesh, [0, 0.19, 0], [0.03, 0.015, 0.03], { low: LINEN, high: LINEN }, { segments: 5, rings: 3, roughness: 0 })
}

function table(mesh: MeshBuilder, { width, depth, seed }: Thing): void {
  const roll = dice(seed)
  const [w, d] = [width - 0.16, depth - 0.16]
  legs(mesh, w - 0.24, d - 0.24, 0.68, WOOD.dark, 0.1)
  box(mesh, [0, 0.66, 0], [w, 0.09, d], WOOD.light, { bevel: 0.03, floating: true })
  // A cup, a bowl or a loaf: somebody lives here.
  const n = roll()
  if (n < 0.4)
    lathe(
      mesh,
      (roll() - 0.5) * w * 0.4,
      (roll() - 0.5) * d * 0.4,
      [
        { y: 0.75, r: 0.05, c: PALETTE.clay },
        { y: 0.87, r: 0.065, c: PALETTE.clay },
        { y: 0.85, r: 0.04, c: WOOD.dark },
      ],
      8,
    )
  else if (n < 0.75)
    lathe(
      mesh,
      0,
      0,
      [
        { y: 0.75, r: 0.07, c: STONE.light },
        { y: 0.85, r: 0.17, c: PALETTE.paper },
        { y: 0.82, r: 0.13, c: PALETTE.sun },
      ],
      10,
    )
  else
    blob(
      mesh,
      [0.08, 0.81, 0],
      [0.18, 0.08, 0.1],
      { low: WOOD.warm, high: colour('#DDB174') },
      { roughness: 0.05, rings: 4 },
    )
}

function desk(mesh: MeshBuilder, thing: Thing): void {
  const [w, d] = [thing.width - 0.14, thing.depth - 0.2]
  for (const side of [-1, 1]) box(mesh, [side * (w / 2 - 0.06), 0, 0], [0.08, 0.7, d], WOOD.pale)
  box(mesh, [0, 0.68, 0], [w, 0.07, d], WOOD.pale, { bevel: 0.02, floating: true })
  box(mesh, [w / 2 - 0.32, 0.2, 0], [0.4, 0.46, d * 0.8], WOOD.light)
}

function counter(mesh: MeshBuilder, { width, depth }: Thing): void {
  box(mesh, [0, 0, 0], [width - 0.06, 0.86, depth - 0.2], WOOD.warm)
  box(mesh, [0, 0.86, 0], [width, 0.09, depth - 0.06], WOOD.pale, { bevel: 0.03, floating: true })
}

function shelf(mesh: MeshBuilder, { width, seed }: Thing): void {
  const roll = dice(seed)
  const w = width - 0.1
  for (const side of [-1, 1]) box(mesh, [side * (w / 2 - 0.03), 0, -0.2], [0.06, 1.7, 0.36], WOOD.dark)
  box(mesh, [0, 0, -0.36], [w, 1.7, 0.04], scale(WOOD.dark, 0.8))
  for (let i = 0; i < 4; i += 1) {
    const y = 0.08 + i * 0.44
    box(mesh, [0, y, -0.2], [w - 0.1, 0.05, 0.34], WOOD.warm)
    if (i === 3) continue
    let x = -w / 2 + 0.12
    while (x < w / 2 - 0.14) {
      const [bw, bh] = [0.05 + roll() * 0.07, 0.18 + roll() * 0.14]
      const tone =
        [PALETTE.clay, PALETTE.pine, PALETTE.song, PALETTE.sand, PALETTE.slate, PALETTE.sun][Math.floor(roll() * 6)] ??
        PALETTE.clay
      if (roll() > 0.2) box(mesh, [x + bw / 2, y + 0.05, -0.18], [bw, bh, 0.2], scale(tone, 0.85))
      x += bw + 0.015
    }
  }
}

function bed(mesh: MeshBuilder, { width, depth, tone }: Thing): void {
  const [w, d] = [width - 0.12, depth - 0.12]
  box(mesh, [0, 0, 0], [w, 0.3, d], WOOD.warm)
  box(mesh, [0, 0.28, 0.02], [w - 0.08, 0.18, d - 0.1], LINEN, { bevel: 0.06 })
  box(mesh, [0, 0.36, d * 0.16], [w - 0.04, 0.15, d * 0.62], tone, { bevel: 0.06 })
  box(mesh, [0, 0, -d / 2 + 0.04], [w, 0.85, 0.09], WOOD.dark, { bevel: 0.03 })
  box(mesh, [0, 0, d / 2 - 0.04], [w, 0.5, 0.07], WOOD.dark, { bevel: 0.03 })
  blob(
    mesh,
    [0, 0.5, -d / 2 + 0.36],
    [w * 0.32, 0.1, 0.18],
    { low: scale(LINEN, 0.85), high: PALETTE.paper },
    { segments: 9, rings: 5, roughness: 0.04 },
  )
}

function hearth(mesh: MeshBuilder): void {
  mesh.as(KIND.tall)
  for (const x of [-0.36, 0.36]) box(mesh, [x, 0, 0], [0.22, 0.86, 0.8], STONE.mid)
  box(mesh, [0, 0, -0.32], [0.8, 0.86, 0.14], STONE.dark)
  box(mesh, [0, 0.82, 0], [0.98, 0.14, 0.86], STONE.light, { bevel: 0.03, floating: true })
  box(mesh, [0, 0.94, -0.12], [0.62, 1.4, 0.5], STONE.mid, { foot: 0.85 })
  mesh.as(KIND.low)
  box(mesh, [0, 0, 0.02], [0.5, 0.08, 0.5], STONE.dark)
  for (const [x, z, turn] of [
    [-0.1, 0.04, 0],
    [0.1, 0, 1],
  ] as const)
    box(mesh, [x, 0.08, z], turn ? [0.1, 0.1, 0.4] : [0.36, 0.1, 0.1], WOOD.dark)
  flame(mesh, [0, 0.16, 0.02], 0.3)
}

/** Fire is three leaning drops that always shine. */
export function flame(mesh: MeshBuilder, at: readonly [number, number, number], size: number): void {
  const hot = [colour('#FF9A3C'), colour('#FFC65A'), colour('#FFE9A8')]
  mesh.as(KIND.low, 220, 90)
  hot.forEach((c, i) => {
    const s = size * (1 - i * 0.28)
    lathe(
      mesh,
      at[0] + (i - 1) * size * 0.12,
      at[2] + (i % 2) * size * 0.1,
      [
        { y: at[1], r: s * 0.25, c },
        { y: at[1] + s * 0.35, r: s * 0.34, c },
        { y: at[1] + s * 0.8, r: s * 0.16, c },
        { y: at[1] + s * 1.3, r: 0, c },
      ],
      6,
      { caps: 'none' },
    )
  })
  mesh.as(KIND.low)
}

function rug(mesh: MeshBuilder, { width, depth, tone }: Thing): void {
  const ring = (inset: number, y: number, c: Colour) =>
    box(mesh, [0, 0, 0], [width - inset, y, depth - inset], c, { foot: 1 })
  ring(0.1, 0.03, tone)
  ring(0.4, 0.036, mix(tone, LINEN, 0.6))
  ring(0.62, 0.042, scale(tone, 0.8))
}

function computer(mesh: MeshBuilder): void {
  box(mesh, [0, 0.75, -0.12], [0.2, 0.03, 0.16], PALETTE.slate)
  box(mesh, [0, 0.78, -0.14], [0.05, 0.14, 0.04], PALETTE.slate)
  box(mesh, [0, 0.88, -0.12], [0.6, 0.36, 0.05], PALETTE.ink, { floating: true })
  box(mesh, [0, 0.75, 0.14], [0.44, 0.025, 0.15], LINEN)
  mesh.as(KIND.low, 190)
  box(mesh, [0, 0.905, -0.092], [0.54, 0.3, 0.012], colour('#6FA7B8'))
  mesh.as(KIND.low)
}

function screen(mesh: MeshBuilder, { width }: Thing): void {
  const w = Math.max(0.9, width - 0.1)
  box(mesh, [0, 0, -0.1], [0.5, 0.05, 0.36], PALETTE.slate)
  box(mesh, [0, 0.05, -0.12], [0.08, 0.9, 0.06], PALETTE.slate)
  box(mesh, [0, 0.85, -0.1], [w, 0.66, 0.07], PALETTE.ink, { floating: true })
  mesh.as(KIND.low, 175)
  box(mesh, [0, 0.89, -0.06], [w - 0.08, 0.58, 0.012], colour('#5F93A6'))
  mesh.as(KIND.low)
}

function whiteboard(mesh: MeshBuilder, { width, seed }: Thing): void {
  const roll = dice(seed)
  const w = Math.max(0.9, width - 0.1)
  for (const side of [-1, 1]) box(mesh, [side * (w / 2 - 0.06), 0, -0.1], [0.06, 1.7, 0.06], PALETTE.slate)
  box(mesh, [0, 0.72, -0.1], [w, 0.94, 0.06], PALETTE.paper, { floating: true, bevel: 0.01 })
  for (let i = 0; i < 5; i += 1) {
    const length = w * (0.25 + roll() * 0.4)
    const c = [PALETTE.pine, PALETTE.danger, PALETTE.ink][i % 3] ?? PALETTE.ink
    box(mesh, [-w / 2 + 0.12 + length / 2, 1.5 - i * 0.14, -0.066], [length, 0.025, 0.006], c)
  }
}

export const FURNITURE: Readonly<Partial<Record<ObjectTypeName, Draw>>> = {
  bench,
  chair,
  stool,
  sofa,
  cushion,
  table,
  desk,
  counter,
  shelf,
  bed,
  hearth,
  rug,
  computer,
  screen,
  whiteboard,
  plant: (mesh, { seed }) => pottedPlant(mesh, seed),
}
