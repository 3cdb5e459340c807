import type { ObjectTypeName } from '@worldloom/capabilities/geography'
import type { Draw, Thing } from './furniture.ts'
import { KIND, type MeshBuilder } from './mesh-builder.ts'
import { dice } from './noise.ts'
import { type Colour, colour, mix, PALETTE, STONE, scale, WOOD } from './palette.ts'
import { box, lathe } from './solids.ts'

const BRONZE = colour('#B98A4A')
const WATER = PALETTE.water

function well(mesh: MeshBuilder): void {
  mesh.as(KIND.low)
  lathe(
    mesh,
    0,
    0,
    [
      { y: -0.1, r: 0.5, c: STONE.dark, ao: 0.6 },
      { y: 0.1, r: 0.48, c: STONE.mid, ao: 0.85 },
      { y: 0.62, r: 0.46, c: STONE.light },
      { y: 0.72, r: 0.5, c: STONE.light },
      { y: 0.74, r: 0.38, c: STONE.mid },
      { y: 0.5, r: 0.34, c: scale(WATER, 0.5), ao: 0.5 },
    ],
    12,
  )
  mesh.as(KIND.tall)
  for (const x of [-0.42, 0.42]) box(mesh, [x, 0.7, 0], [0.09, 1.0, 0.09], WOOD.dark)
  box(mesh, [0, 1.3, 0], [0.8, 0.07, 0.07], WOOD.warm, { floating: true })
  lathe(
    mesh,
    0.04,
    0,
    [
      { y: 0.95, r: 0.1, c: WOOD.warm },
      { y: 1.14, r: 0.13, c: WOOD.light },
    ],
    8,
    { caps: 'both' },
  )
  const roof = PALETTE.clay
  for (const side of [1, -1]) {
    const n = [0, 0.78, 0.62 * side] as const
    const corners: [number, number, number][] = [
      [-0.66, 1.56, 0.58 * side],
      [0.66, 1.56, 0.58 * side],
      [0.66, 2.06, 0],
      [-0.66, 2.06, 0],
    ]
    mesh.face(corners, n, scale(roof, side === 1 ? 1 : 0.92))
    const under = corners.map(([x, y, z]): [number, number, number] => [x, y - 0.05, z])
    mesh.face(under, [0, -0.78, -0.62 * side], scale(WOOD.dark, 0.8), 0.6)
  }
  for (const x of [-0.6, 0.6]) {
    mesh.face(
      [
        [x, 1.6, 0.5],
        [x, 1.6, -0.5],
        [x, 2.02, 0],
      ],
      [1, 0, 0],
      WOOD.pale,
    )
    mesh.face(
      [
        [x, 1.6, -0.5],
        [x, 1.6, 0.5],
        [x, 2.02, 0],
      ],
      [-1, 0, 0],
      WOOD.pale,
    )
  }
}

function fountain(mesh: MeshBuilder, { width }: Thing): void {
  const r = width / 2 - 0.08
  mesh.as(KIND.low)
  lathe(
    mesh,
    0,
    0,
    [
      { y: -0.1, r: r, c: STONE.dark, ao: 0.6 },
      { y: 0.08, r, c: STONE.mid },
      { y: 0.46, r: r * 0.96, c: STONE.light },
      { y: 0.5, r: r * 0.98, c: STONE.light },
      { y: 0.52, r: r * 0.82, c: STONE.mid },
      { y: 0.36, r: r * 0.8, c: WATER },
    ],
    16,
  )
  lathe(
    mesh,
    0,
    0,
    [
      { y: 0.3, r: 0.2, c: STONE.mid },
      { y: 0.5, r: 0.13, c: STONE.light },
      { y: 1.0, r: 0.12, c: STONE.light },
      { y: 1.1, r: 0.46, c: STONE.light },
      { y: 1.14, r: 0.42, c: STONE.mid },
      { y: 1.06, r: 0.38, c: WATER },
    ],
    12,
  )
  mesh.as(KIND.low, 40, 60)
  lathe(
    mesh,
    0,
    0,
    [
      { y: 1.0, r: 0.07, c: PALETTE.paper },
      { y: 1.5, r: 0.05, c: PALETTE.paper },
      { y: 1.62, r: 0.14, c: mix(WATER, PALETTE.paper, 0.6) },
      { y: 1.56, r: 0.2, c: WATER },
    ],
    8,
  )
}

function signpost(mesh: MeshBuilder, { seed }: Thing): void {
  const roll = dice(seed)
  mesh.as(KIND.tall)
  box(mesh, [0, -0.1, 0], [0.12, 1.75, 0.12], WOOD.dark, { bevel: 0.03 })
  const arm = (y: number, side: number, c: Colour) => {
    const [near, far, tip] = [-0.1 * side, 0.52 * side, 0.68 * side]
    for (const z of [0.1, 0.05]) {
      const n = [0, 0, z === 0.1 ? 1 : -1] as const
      const corners: [number, number, number][] = [
        [near, y, z],
        [far, y, z],
        [tip, y + 0.11, z],
        [far, y + 0.22, z],
        [near, y + 0.22, z],
      ]
      mesh.face(corners, n, c)
    }
    mesh.face(
      side === 1
        ? [
            [near, y + 0.22, 0.1],
            [far, y + 0.22, 0.1],
            [far, y + 0.22, 0.05],
            [near, y + 0.22, 0.05],
          ]
        : [
            [far, y + 0.22, 0.1],
            [near, y + 0.22, 0.1],
            [near, y + 0.22, 0.05],
            [far, y + 0.22, 0.05],
          ],
      [0, 1, 0],
      scale(c, 1.1),
    )
  }
  arm(1.3, 1, WOOD.light)
  arm(1.0, roll() > 0.5 ? -1 : 1, WOOD.pale)
}

function banner(mesh: MeshBuilder, { tone }: Thing): void {
  mesh.as(KIND.tall)
  lathe(
    mesh,
    0,
    0,
    [
      { y: 0, r: 0.14, c: STONE.mid },
      { y: 0.1, r: 0.12, c: STONE.mid },
      { y: 0.12, r: 0.045, c: WOOD.dark },
      { y: 2.75, r: 0.035, c: WOOD.dark },
      { y: 2.8, r: 0.07, c: BRONZE },
      { y: 2.88, r: 0, c: BRONZE },
    ],
    6,
  )
  box(mesh, [0.3, 2.58, 0], [0.66, 0.05, 0.05], WOOD.dark, { floating: true })
  mesh.as(KIND.tall, 0, 110)
  const rows = 5
  for (let i = 0; i < rows; i += 1) {
    const [y0, y1] = [2.58 - (i + 1) * 0.28, 2.58 - i * 0.28]
    const c = i === 1 || i === 3 ? mix(tone, PALETTE.paper, 0.75) : tone
    const dip = i === rows - 1 ? 0.16 : 0
    for (const z of [1, -1]) {
      const corners: [number, number, number][] = [
        [0.04, y0, 0.012 * z],
        [0.3, y0 + dip, 0.012 * z],
        [0.56, y0, 0.012 * z],
        [0.56, y1, 0.012 * z],
        [0.04, y1, 0.012 * z],
      ]
      const first = z === 1 ? corners : corners.reverse()
      mesh.face(first, [0, 0, z], c, 0.95)
    }
  }
}

/** What people meet at. */
export const LANDMARKS: Readonly<Partial<Record<ObjectTypeName, Draw>>> = {
  well,
  fountain,
  signpost,
  banner,
}
