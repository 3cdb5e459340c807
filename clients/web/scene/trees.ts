import { KIND, type MeshBuilder } from './mesh-builder.ts'
import { dice } from './noise.ts'
import { type Colour, colour, mix, scale, vary, WOOD } from './palette.ts'
import { blob, lathe } from './solids.ts'

/** The parametric families of trees. Each draws one tree in the builder's frame, standing on y = 0, the same for the same seed. */

const LEAVES = {
  oak: { low: colour('#3F6B45'), high: colour('#86B35E'), warm: colour('#B3B355') },
  birch: { low: colour('#6C9149'), high: colour('#B9CC68'), warm: colour('#DCC763') },
  pine: { low: colour('#2F5A49'), high: colour('#5E9470'), warm: colour('#6C9468') },
  willow: { low: colour('#5B7E4E'), high: colour('#A3BF73'), warm: colour('#B7C47C') },
}
const BARK = colour('#7A5844')
const BIRCH_BARK = colour('#EDE7DC')
const BIRCH_MARK = colour('#5A5558')

type Leaves = { readonly low: Colour; readonly high: Colour; readonly warm: Colour }

/** No two crowns alike: lighter, darker, now and then turned towards autumn. */
function tinted(leaves: Leaves, roll: () => number): { low: Colour; high: Colour } {
  const [n, turn] = [roll(), roll()]
  const warm = turn > 0.86 ? (turn - 0.86) * 4 : 0
  return {
    low: vary(mix(leaves.low, leaves.warm, warm * 0.6), n, 0.14),
    high: vary(mix(leaves.high, leaves.warm, warm), n, 0.12),
  }
}

function trunk(mesh: MeshBuilder, height: number, radius: number, bark: Colour, lean: readonly [number, number]): void {
  mesh.as(KIND.tall, 0, 0)
  lathe(
    mesh,
    0,
    0,
    [
      { y: -0.15, r: radius * 1.5, c: scale(bark, 0.75), ao: 0.6 },
      { y: height * 0.18, r: radius, c: bark, ao: 0.85 },
      { y: height, r: radius * 0.62, c: bark, ao: 0.7, dx: lean[0], dz: lean[1] },
    ],
    6,
    { caps: 'none' },
  )
}

export function oak(mesh: MeshBuilder, seed: number): void {
  const roll = dice(seed)
  const leaves = tinted(LEAVES.oak, roll)
  const lean = [(roll() - 0.5) * 0.2, (roll() - 0.5) * 0.2] as const
  const height = 1.0 + roll() * 0.3
  trunk(mesh, height + 0.3, 0.17, BARK, lean)
  mesh.as(KIND.tall, 0, 150)
  const width = 0.86 + roll() * 0.22
  blob(mesh, [lean[0], height + 0.82, lean[1]], [width, 0.78, width], leaves, {
    segments: 8,
    rings: 5,
    seed,
    roughness: 0.13,
    shade: 0.5,
  })
  const turn = roll() * Math.PI * 2
  for (let i = 0; i < 3; i += 1) {
    const angle = turn + (i / 3) * Math.PI * 2 + (roll() - 0.5)
    const reach = width * (0.58 + roll() * 0.14)
    const size = 0.42 + roll() * 0.2
    blob(
      mesh,
      [lean[0] + Math.sin(angle) * reach, height + 0.5 + roll() * 0.55, lean[1] + Math.cos(angle) * reach],
      [size, size * 0.86, size],
      leaves,
      { segments: 6, rings: 4, seed: seed + i, roughness: 0.12, shade: 0.55 },
    )
  }
}

export function birch(mesh: MeshBuilder, seed: number): void {
  const roll = dice(seed)
  const leaves = tinted(LEAVES.birch, roll)
  const lean = [(roll() - 0.5) * 0.34, (roll() - 0.5) * 0.34] as const
  const height = 2.1 + roll() * 0.5
  mesh.as(KIND.tall, 0, 0)
  const rings = Array.from({ length: 6 }, (_, i) => {
    const t = i / 5
    return {
      y: t * height - 0.1,
      r: 0.1 * (1 - t * 0.5),
      c: i % 2 === 1 && roll() > 0.25 ? BIRCH_MARK : BIRCH_BARK,
      ao: t === 0 ? 0.65 : 0.9,
      dx: lean[0] * t * t,
      dz: lean[1] * t * t,
    }
  })
  lathe(mesh, 0, 0, rings, 5, { caps: 'none' })
  mesh.as(KIND.tall, 0, 200)
  blob(mesh, [lean[0] * 0.9, height + 0.32, lean[1] * 0.9], [0.55, 0.92, 0.55], leaves, {
    segments: 7,
    rings: 5,
    seed,
    roughness: 0.14,
    shade: 0.55,
  })
  for (let i = 0; i < 2; i += 1) {
    const angle = roll() * Math.PI * 2
    blob(
      mesh,
      [lean[0] + Math.sin(angle) * 0.4, height - 0.25 + roll() * 0.4, lean[1] + Math.cos(angle) * 0.4],
      [0.38, 0.42, 0.38],
      leaves,
      { segments: 6, rings: 4, seed: seed + i + 3, roughness: 0.12, shade: 0.6 },
    )
  }
}

export function pine(mesh: MeshBuilder, seed: number): void {
  const roll = dice(seed)
  const leaves = tinted(LEAVES.pine, roll)
  trunk(mesh, 0.8, 0.14, scale(BARK, 0.85), [0, 0])
  mesh.as(KIND.tall, 0, 90)
  const tiers = 4
  const height = 2.9 + roll() * 0.9
  const wide = 0.8 + roll() * 0.18
  for (let i = 0; i < tiers; i += 1) {
    const t = i / tiers
    const low = 0.48 + t * (height - 0.9)
    const high = low + (height / tiers) * 1.45
    const r = wide * (1 - t * 0.72)
    const c = mix(leaves.low, leaves.high, 0.4 + t * 0.55)
    const [dx, dz] = [(roll() - 0.5) * 0.06, (roll() - 0.5) * 0.06]
    lathe(
      mesh,
      0,
      0,
      [
        { y: low + 0.16, r: r * 0.2, c: leaves.low, ao: 0.35, dx, dz },
        { y: low, r, c: scale(c, 0.9), ao: 0.72, dx, dz },
        { y: low + (high - low) * 0.42, r: r * 0.5, c, ao: 0.95, dx, dz },
        { y: high, r: 0, c: mix(c, leaves.high, 0.5), dx: dx * 0.3, dz: dz * 0.3 },
      ],
      7,
      { caps: 'none', twist: 0.2 },
    )
  }
}

export function willow(mesh: MeshBuilder, seed: number): void {
  const roll = dice(seed)
  const leaves = tinted(LEAVES.willow, roll)
  trunk(mesh, 1.6, 0.2, scale(BARK, 0.95), [0.1, 0.05])
  mesh.as(KIND.tall, 0, 170)
  blob(mesh, [0.08, 2.1, 0.04], [1.05, 0.62, 1.05], leaves, {
    segments: 9,
    rings: 5,
    seed,
    roughness: 0.1,
    shade: 0.5,
  })
  mesh.as(KIND.tall, 0, 255)
  const strands = 13
  for (let i = 0; i < strands; i += 1) {
    const angle = (i / strands) * Math.PI * 2 + roll() * 0.3
    const reach = 0.8 + roll() * 0.28
    const [x, z] = [0.08 + Math.sin(angle) * reach, 0.04 + Math.cos(angle) * reach]
    const low = 0.5 + roll() * 0.6
    const c = mix(leaves.low, leaves.high, roll())
    lathe(
      mesh,
      x,
      z,
      [
        { y: low, r: 0.02, c: scale(c, 0.8), ao: 0.7, dx: Math.sin(angle) * 0.1, dz: Math.cos(angle) * 0.1, sway: 1 },
        { y: low + 0.5, r: 0.17, c, ao: 0.85, dx: Math.sin(angle) * 0.08, dz: Math.cos(angle) * 0.08, sway: 0.7 },
        { y: 2.2, r: 0.12, c: leaves.high, sway: 0.3 },
      ],
      4,
      { caps: 'none' },
    )
  }
}

export function stump(mesh: MeshBuilder, seed: number): void {
  const roll = dice(seed)
  mesh.as(KIND.low)
  const h = 0.3 + roll() * 0.2
  lathe(
    mesh,
    0,
    0,
    [
      { y: -0.05, r: 0.4, c: scale(BARK, 0.8), ao: 0.6 },
      { y: 0.12, r: 0.29, c: BARK, ao: 0.9 },
      { y: h, r: 0.27, c: BARK },
      { y: h + 0.015, r: 0.23, c: WOOD.pale },
    ],
    9,
  )
}

export function log(mesh: MeshBuilder, length: number, seed: number): void {
  const roll = dice(seed)
  mesh.as(KIND.low)
  const sides = 8
  const half = length / 2 - 0.12
  const r = 0.2 + roll() * 0.05
  const ring = (x: number, radius: number, c: Colour, nx: number) =>
    Array.from({ length: sides }, (_, i) => {
      const angle = (i / sides) * Math.PI * 2
      const [s, k] = [Math.sin(angle), Math.cos(angle)]
      return mesh.vertex(
        x,
        r + k * radius,
        s * radius,
        nx,
        nx === 0 ? k : 0,
        nx === 0 ? s : 0,
        c,
        0.7 + 0.3 * (k * 0.5 + 0.5),
      )
    })
  const [left, right] = [ring(-half, r, BARK, 0), ring(half, r, BARK, 0)]
  const ends = [ring(-half, r, WOOD.pale, -1), ring(half, r, WOOD.pale, 1)]
  for (let i = 0; i < sides; i += 1) {
    const j = (i + 1) % sides
    mesh.quad(left[i] ?? 0, left[j] ?? 0, right[j] ?? 0, right[i] ?? 0)
  }
  for (let i = 2; i < sides; i += 1) {
    mesh.triangle(ends[0]?.[0] ?? 0, ends[0]?.[i] ?? 0, ends[0]?.[i - 1] ?? 0)
    mesh.triangle(ends[1]?.[0] ?? 0, ends[1]?.[i - 1] ?? 0, ends[1]?.[i] ?? 0)
  }
  blob(
    mesh,
    [half * 0.4, r * 1.9, 0.05],
    [0.24, 0.07, 0.16],
    { low: LEAVES.oak.low, high: LEAVES.oak.high },
    { seed, rings: 4 },
  )
}
