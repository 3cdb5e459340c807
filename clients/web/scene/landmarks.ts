import type { ObjectTypeName } from '@worldloom/capabilities/geography'
import { type Draw, flame, type Thing } from './furniture.ts'
import { KIND, type MeshBuilder } from './mesh-builder.ts'
import { dice } from './noise.ts'
import { type Colour, colour, mix, PALETTE, STONE, scale, WOOD } from './palette.ts'
import { blob, box, lathe } from './solids.ts'

const IRON = colour('#4B4A55')
const BRONZE = colour('#B98A4A')
const WATER = PALETTE.water
const GLOW: Colour = colour('#FFD79A')

function lamp(mesh: MeshBuilder): void {
  mesh.as(KIND.tall)
  lathe(
    mesh,
    0,
    0,
    [
      { y: 0, r: 0.17, c: STONE.dark, ao: 0.7 },
      { y: 0.14, r: 0.15, c: STONE.mid },
      { y: 0.18, r: 0.06, c: IRON },
      { y: 1.95, r: 0.042, c: IRON },
      { y: 2.0, r: 0.12, c: IRON },
      { y: 2.03, r: 0.13, c: IRON },
    ],
    8,
  )
  lathe(
    mesh,
    0,
    0,
    [
      { y: 2.36, r: 0.2, c: IRON },
      { y: 2.4, r: 0.2, c: IRON },
      { y: 2.54, r: 0.04, c: scale(IRON, 1.2) },
      { y: 2.62, r: 0.02, c: IRON },
    ],
    8,
    { caps: 'both' },
  )
  mesh.as(KIND.tall, 127)
  lathe(
    mesh,
    0,
    0,
    [
      { y: 2.03, r: 0.1, c: GLOW },
      { y: 2.2, r: 0.15, c: GLOW },
      { y: 2.37, r: 0.15, c: GLOW },
    ],
    8,
    { caps: 'none' },
  )
}

function lantern(mesh: MeshBuilder): void {
  mesh.as(KIND.low)
  box(mesh, [0, 0, 0], [0.3, 0.1, 0.3], STONE.mid, { bevel: 0.02 })
  box(mesh, [0, 0.1, 0], [0.14, 0.42, 0.14], STONE.light)
  box(mesh, [0, 0.52, 0], [0.36, 0.06, 0.36], STONE.mid, { floating: true })
  lathe(
    mesh,
    0,
    0,
    [
      { y: 0.84, r: 0.3, c: STONE.mid },
      { y: 0.87, r: 0.29, c: STONE.light },
      { y: 1.04, r: 0.04, c: STONE.light },
      { y: 1.1, r: 0.05, c: STONE.mid },
    ],
    4,
    { caps: 'both' },
  )
  mesh.as(KIND.low, 127)
  box(mesh, [0, 0.58, 0], [0.22, 0.26, 0.22], GLOW, { foot: 1 })
}

function campfire(mesh: MeshBuilder): void {
  mesh.as(KIND.low)
  for (let i = 0; i < 8; i += 1) {
    const angle = (i / 8) * Math.PI * 2
    blob(
      mesh,
      [Math.sin(angle) * 0.42, 0.06, Math.cos(angle) * 0.42],
      [0.12, 0.1, 0.12],
      { low: STONE.dark, high: STONE.light },
      { segments: 5, rings: 4, seed: i, faceted: true },
    )
  }
  for (let i = 0; i < 3; i += 1) {
    const angle = (i / 3) * Math.PI + 0.4
    box(
      mesh,
      [Math.sin(angle) * 0.05, 0.05 + i * 0.06, Math.cos(angle) * 0.05],
      i % 2 ? [0.1, 0.1, 0.62] : [0.62, 0.1, 0.1],
      WOOD.dark,
    )
  }
  flame(mesh, [0, 0.16, 0], 0.5)
}

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

export const LANDMARKS: Readonly<Partial<Record<ObjectTypeName, Draw>>> = {
  lamp,
  lantern,
  campfire,
  well,
  fountain,
  signpost,
  banner,
  barrel,
  crate,
  cart,
  'market-stall': marketStall,
  boat,
  'shrine-stone': shrineStone,
  altar,
  bell,
  statue,
  arch,
}
