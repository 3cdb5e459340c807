import type { ObjectTypeName } from '@worldloom/capabilities/geography'
import type { Draw, Thing } from './furniture.ts'
import { KIND, type MeshBuilder } from './mesh-builder.ts'
import { dice } from './noise.ts'
import { colour, PALETTE, scale, WOOD } from './palette.ts'
import { blob, box, lathe } from './solids.ts'

const IRON = colour('#4B4A55')

function barrel(mesh: MeshBuilder): void {
  mesh.as(KIND.low)
  const hoop = IRON
  lathe(
    mesh,
    0,
    0,
    [
      { y: 0, r: 0.25, c: WOOD.warm, ao: 0.6 },
      { y: 0.13, r: 0.3, c: WOOD.warm },
      { y: 0.14, r: 0.315, c: hoop },
      { y: 0.22, r: 0.325, c: hoop },
      { y: 0.23, r: 0.32, c: WOOD.light },
      { y: 0.52, r: 0.32, c: WOOD.light },
      { y: 0.53, r: 0.325, c: hoop },
      { y: 0.61, r: 0.315, c: hoop },
      { y: 0.62, r: 0.3, c: WOOD.warm },
      { y: 0.74, r: 0.26, c: WOOD.warm },
      { y: 0.7, r: 0.23, c: WOOD.pale },
    ],
    10,
  )
}

function crate(mesh: MeshBuilder): void {
  mesh.as(KIND.low)
  box(mesh, [0, 0, 0], [0.62, 0.58, 0.62], WOOD.light, { top: WOOD.pale })
  for (const x of [-0.29, 0.29]) for (const z of [-0.29, 0.29]) box(mesh, [x, 0, z], [0.1, 0.62, 0.1], WOOD.warm)
  for (const z of [-0.3, 0.3]) for (const y of [0.02, 0.5]) box(mesh, [0, y, z], [0.56, 0.09, 0.06], WOOD.warm)
}

function wheel(mesh: MeshBuilder, x: number, z: number): void {
  const sides = 12
  for (const face of [1, -1]) {
    const points = Array.from({ length: sides }, (_, i): [number, number, number] => {
      const angle = (i / sides) * Math.PI * 2 * -face
      return [x + Math.sin(angle) * 0.34, 0.34 + Math.cos(angle) * 0.34, z + face * 0.04]
    })
    mesh.face(points, [0, 0, face], WOOD.dark)
  }
  for (let i = 0; i < sides; i += 1) {
    const [a, b] = [(i / sides) * Math.PI * 2, ((i + 1) / sides) * Math.PI * 2]
    const p = (angle: number, d: number): [number, number, number] => [
      x + Math.sin(angle) * 0.34,
      0.34 + Math.cos(angle) * 0.34,
      z + d,
    ]
    mesh.face([p(a, 0.04), p(b, 0.04), p(b, -0.04), p(a, -0.04)], [Math.sin(a), Math.cos(a), 0], IRON)
  }
}

function cart(mesh: MeshBuilder, { width, seed }: Thing): void {
  mesh.as(KIND.low)
  const w = width - 0.4
  for (const z of [0.4, -0.4]) wheel(mesh, -0.1, z)
  box(mesh, [0, 0.42, 0], [w, 0.08, 0.66], WOOD.warm, { floating: true })
  for (const z of [-0.3, 0.3]) box(mesh, [0, 0.5, z], [w, 0.26, 0.05], WOOD.light)
  for (const x of [-w / 2, w / 2]) box(mesh, [x, 0.5, 0], [0.05, 0.26, 0.62], WOOD.light)
  for (const z of [-0.24, 0.24]) box(mesh, [w / 2 + 0.3, 0.44, z], [0.7, 0.05, 0.05], WOOD.dark, { floating: true })
  const hay = { low: colour('#B4934E'), high: colour('#E6C878') }
  blob(mesh, [0, 0.66, 0], [w * 0.42, 0.24, 0.27], hay, { seed, segments: 9, rings: 5, roughness: 0.1 })
}

function marketStall(mesh: MeshBuilder, { width, tone, seed }: Thing): void {
  const roll = dice(seed)
  mesh.as(KIND.tall)
  const w = width - 0.2
  for (const x of [-w / 2, w / 2])
    for (const [z, h] of [
      [-0.4, 2.15],
      [0.42, 1.75],
    ] as const)
      box(mesh, [x, 0, z], [0.08, h, 0.08], WOOD.dark)
  box(mesh, [0, 0, 0.2], [w, 0.78, 0.5], WOOD.warm)
  box(mesh, [0, 0.78, 0.2], [w + 0.1, 0.07, 0.62], WOOD.pale, { floating: true })
  const stripes = Math.max(4, Math.round(w * 4))
  for (let i = 0; i < stripes; i += 1) {
    const [x0, x1] = [-w / 2 - 0.1 + ((w + 0.2) * i) / stripes, -w / 2 - 0.1 + ((w + 0.2) * (i + 1)) / stripes]
    const c = i % 2 ? PALETTE.paper : tone
    mesh.face(
      [
        [x0, 1.72, 0.66],
        [x1, 1.72, 0.66],
        [x1, 2.24, -0.5],
        [x0, 2.24, -0.5],
      ],
      [0, 0.91, 0.41],
      c,
    )
    mesh.face(
      [
        [x0, 1.56, 0.68],
        [x1, 1.56, 0.68],
        [x1, 1.73, 0.66],
        [x0, 1.73, 0.66],
      ],
      [0, 0.1, 1],
      scale(c, 0.95),
    )
    mesh.face(
      [
        [x0, 2.22, -0.5],
        [x1, 2.22, -0.5],
        [x1, 1.7, 0.66],
        [x0, 1.7, 0.66],
      ],
      [0, -0.91, -0.41],
      scale(c, 0.5),
      0.7,
    )
  }
  const fruit = ['#C0473B', '#F2B84B', '#7FA66B', '#C9785B', '#8C6BD1'].map(colour)
  for (let bin = 0; bin < 3; bin += 1) {
    const x = (bin - 1) * (w / 3)
    const c = fruit[Math.floor(roll() * fruit.length)] ?? PALETTE.clay
    box(mesh, [x, 0.85, 0.22], [w / 3 - 0.1, 0.1, 0.4], WOOD.light)
    for (let i = 0; i < 6; i += 1)
      blob(
        mesh,
        [x + (roll() - 0.5) * (w / 3 - 0.26), 0.96, 0.22 + (roll() - 0.5) * 0.26],
        [0.075, 0.075, 0.075],
        { low: scale(c, 0.7), high: scale(c, 1.15) },
        { segments: 5, rings: 4, roughness: 0 },
      )
  }
}

function boat(mesh: MeshBuilder, { depth }: Thing): void {
  mesh.as(KIND.low)
  const stations = 7
  const half = depth / 2
  const section = (i: number) => {
    const t = (i / (stations - 1)) * 2 - 1
    const w = 0.42 * Math.sqrt(Math.max(0.01, 1 - Math.abs(t) ** 2.4))
    return { z: t * half, w, keel: -0.08 + 0.16 * t * t, rim: 0.34 + 0.14 * t * t }
  }
  for (let i = 0; i + 1 < stations; i += 1) {
    const [a, b] = [section(i), section(i + 1)]
    for (const side of [1, -1]) {
      const outer: [number, number, number][] = [
        [0, a.keel, a.z],
        [side * a.w, a.rim, a.z],
        [side * b.w, b.rim, b.z],
        [0, b.keel, b.z],
      ]
      mesh.face(
        side === 1 ? outer : outer.reverse(),
        [side * 0.8, 0.2, 0],
        i % 2 ? WOOD.warm : scale(WOOD.warm, 1.06),
        [0.6, 1, 1, 0.6],
      )
      const inner: [number, number, number][] = [
        [side * a.w * 0.9, a.rim - 0.02, a.z],
        [0, a.keel + 0.12, a.z],
        [0, b.keel + 0.12, b.z],
        [side * b.w * 0.9, b.rim - 0.02, b.z],
      ]
      mesh.face(
        side === 1 ? inner : inner.reverse(),
        [-side * 0.6, 0.8, 0],
        scale(WOOD.light, 0.8),
        [0.9, 0.55, 0.55, 0.9],
      )
      const rim: [number, number, number][] = [
        [side * a.w * 0.88, a.rim + 0.01, a.z],
        [side * b.w * 0.88, b.rim + 0.01, b.z],
        [side * (b.w + 0.03), b.rim + 0.01, b.z],
        [side * (a.w + 0.03), a.rim + 0.01, a.z],
      ]
      mesh.face(side === 1 ? rim.reverse() : rim, [0, 1, 0], WOOD.pale)
    }
  }
  for (const z of [-half * 0.3, half * 0.35]) box(mesh, [0, 0.2, z], [0.7, 0.05, 0.2], WOOD.light, { floating: true })
}

/** What people trade with and travel in. */
export const MARKET: Readonly<Partial<Record<ObjectTypeName, Draw>>> = {
  barrel,
  crate,
  cart,
  'market-stall': marketStall,
  boat,
}
