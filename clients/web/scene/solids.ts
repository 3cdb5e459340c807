import type { MeshBuilder } from './mesh-builder.ts'
import { hash } from './noise.ts'
import { type Colour, mix, scale } from './palette.ts'

/** A box standing on `y`, its top edges cut by `bevel`. Sides darken towards the ground when it stands on it. */
export function box(
  mesh: MeshBuilder,
  at: readonly [number, number, number],
  size: readonly [number, number, number],
  c: Colour,
  options: { readonly bevel?: number; readonly top?: Colour; readonly foot?: number; readonly floating?: boolean } = {},
): void {
  const [x, y, z] = at
  const [w, h, d] = [size[0] / 2, size[1], size[2] / 2]
  const bevel = Math.min(options.bevel ?? 0, w * 0.9, d * 0.9, h * 0.9)
  const foot = options.foot ?? 0.72
  const top = options.top ?? scale(c, 1.06)
  const yTop = y + h
  const ySide = yTop - bevel
  const ao = [foot, foot, 1, 1]
  mesh.face(
    [
      [x - w, y, z + d],
      [x + w, y, z + d],
      [x + w, ySide, z + d],
      [x - w, ySide, z + d],
    ],
    [0, 0, 1],
    c,
    ao,
  )
  mesh.face(
    [
      [x + w, y, z - d],
      [x - w, y, z - d],
      [x - w, ySide, z - d],
      [x + w, ySide, z - d],
    ],
    [0, 0, -1],
    c,
    ao,
  )
  mesh.face(
    [
      [x + w, y, z + d],
      [x + w, y, z - d],
      [x + w, ySide, z - d],
      [x + w, ySide, z + d],
    ],
    [1, 0, 0],
    c,
    ao,
  )
  mesh.face(
    [
      [x - w, y, z - d],
      [x - w, y, z + d],
      [x - w, ySide, z + d],
      [x - w, ySide, z - d],
    ],
    [-1, 0, 0],
    c,
    ao,
  )
  const [a, b] = [w - bevel, d - bevel]
  mesh.face(
    [
      [x - a, yTop, z + b],
      [x + a, yTop, z + b],
      [x + a, yTop, z - b],
      [x - a, yTop, z - b],
    ],
    [0, 1, 0],
    top,
  )
  if (bevel > 0) {
    const s = Math.SQRT1_2
    const edge = scale(top, 1.08)
    mesh.face(
      [
        [x - w, ySide, z + d],
        [x + w, ySide, z + d],
        [x + a, yTop, z + b],
        [x - a, yTop, z + b],
      ],
      [0, s, s],
      edge,
    )
    mesh.face(
      [
        [x + w, ySide, z - d],
        [x - w, ySide, z - d],
        [x - a, yTop, z - b],
        [x + a, yTop, z - b],
      ],
      [0, s, -s],
      edge,
    )
    mesh.face(
      [
        [x + w, ySide, z + d],
        [x + w, ySide, z - d],
        [x + a, yTop, z - b],
        [x + a, yTop, z + b],
      ],
      [s, s, 0],
      edge,
    )
    mesh.face(
      [
        [x - w, ySide, z - d],
        [x - w, ySide, z + d],
        [x - a, yTop, z + b],
        [x - a, yTop, z - b],
      ],
      [-s, s, 0],
      edge,
    )
  }
  if (options.floating) {
    mesh.face(
      [
        [x - w, y, z - d],
        [x + w, y, z - d],
        [x + w, y, z + d],
        [x - w, y, z + d],
      ],
      [0, -1, 0],
      scale(c, 0.6),
      0.6,
    )
  }
}

export interface Ring {
  readonly y: number
  readonly r: number
  readonly c: Colour
  readonly ao?: number
  readonly sway?: number
  /** Moves the ring's middle. */
  readonly dx?: number
  readonly dz?: number
}

/** A turned body around a vertical axis: trunks, cones, barrels, posts, people. Smooth across sides, soft across rings. */
export function lathe(
  mesh: MeshBuilder,
  x: number,
  z: number,
  rings: readonly Ring[],
  sides: number,
  options: { readonly caps?: 'both' | 'top' | 'none'; readonly flat?: boolean; readonly twist?: number } = {},
): void {
  const normals = rings.map((ring, i) => {
    const before = rings[Math.max(0, i - 1)] ?? ring
    const after = rings[Math.min(rings.length - 1, i + 1)] ?? ring
    const rise = after.y - before.y
    const run = before.r - after.r
    const length = Math.hypot(rise, run) || 1
    return [rise / length, run / length] as const
  })
  const first = mesh.vertexCount
  rings.forEach((ring, i) => {
    const [out, up] = normals[i] ?? [1, 0]
    for (let side = 0; side < sides; side += 1) {
      const angle = (side / sides) * Math.PI * 2 + (options.twist ?? 0) * i
      const [s, c] = [Math.sin(angle), Math.cos(angle)]
      mesh.vertex(
        x + (ring.dx ?? 0) + s * ring.r,
        ring.y,
        z + (ring.dz ?? 0) + c * ring.r,
        s * out,
        up,
        c * out,
        ring.c,
        ring.ao ?? 1,
        ring.sway ?? 1,
      )
    }
  })
  for (let i = 0; i + 1 < rings.length; i += 1) {
    for (let side = 0; side < sides; side += 1) {
      const a = first + i * sides + side
      const b = first + i * sides + ((side + 1) % sides)
      if ((rings[i]?.r ?? 0) > 0.001) mesh.triangle(a, b, b + sides)
      if ((rings[i + 1]?.r ?? 0) > 0.001) mesh.triangle(a, b + sides, a + sides)
    }
  }
  const caps = options.caps ?? 'top'
  if (caps !== 'none') cap(mesh, x, z, rings[rings.length - 1], sides, 1, options.twist ?? 0, rings.length - 1)
  if (caps === 'both') cap(mesh, x, z, rings[0], sides, -1, options.twist ?? 0, 0)
}

function cap(
  mesh: MeshBuilder,
  x: number,
  z: number,
  ring: Ring | undefined,
  sides: number,
  up: 1 | -1,
  twist: number,
  i: number,
) {
  if (!ring || ring.r <= 0.001) return
  const first = mesh.vertexCount
  for (let side = 0; side < sides; side += 1) {
    const angle = (side / sides) * Math.PI * 2 + twist * i
    const at = up === 1 ? angle : -angle
    mesh.vertex(
      x + (ring.dx ?? 0) + Math.sin(at) * ring.r,
      ring.y,
      z + (ring.dz ?? 0) + Math.cos(at) * ring.r,
      0,
      up,
      0,
      scale(ring.c, 1.05),
      ring.ao ?? 1,
      ring.sway ?? 1,
    )
  }
  for (let side = 2; side < sides; side += 1) mesh.triangle(first, first + side - 1, first + side)
}

/** A soft lump: leaves, bushes, rocks, heads. Dark below, light above; `roughness` pushes the surface in and out. */
export function blob(
  mesh: MeshBuilder,
  at: readonly [number, number, number],
  radius: readonly [number, number, number],
  colours: { readonly low: Colour; readonly high: Colour },
  options: {
    readonly segments?: number
    readonly rings?: number
    readonly seed?: number
    readonly roughness?: number
    readonly shade?: number
    readonly faceted?: boolean
  } = {},
): void {
  const segments = options.segments ?? 7
  const rings = options.rings ?? 5
  const seed = options.seed ?? 1
  const roughness = options.roughness ?? 0.14
  const shade = options.shade ?? 0.55
  const point = (ring: number, segment: number) => {
    const phi = (ring / (rings - 1)) * Math.PI
    const theta = ((segment % segments) / segments) * Math.PI * 2 + ring * 0.45
    const pole = ring === 0 || ring === rings - 1
    const k = 1 + (hash(pole ? 0 : segment % segments, ring, seed) - 0.5) * 2 * roughness
    const n = [Math.sin(phi) * Math.sin(theta), Math.cos(phi), Math.sin(phi) * Math.cos(theta)] as const
    return { n, p: [at[0] + n[0] * radius[0] * k, at[1] + n[1] * radius[1] * k, at[2] + n[2] * radius[2] * k] as const }
  }
  const tint = (up: number, segment: number, ring: number) =>
    scale(mix(colours.low, colours.high, up * 0.5 + 0.5), 0.96 + hash(segment, ring, seed + 7) * 0.08)
  if (options.faceted) {
    for (let ring = 0; ring + 1 < rings; ring += 1) {
      for (let segment = 0; segment < segments; segment += 1) {
        const corners = [
          point(ring, segment),
          point(ring + 1, segment),
          point(ring + 1, segment + 1),
          point(ring, segment + 1),
        ]
        const used =
          ring === 0 ? corners.slice(0, 3) : ring === rings - 2 ? [corners[0], corners[1], corners[3]] : corners
        const list = used.flatMap(corner => (corner ? [corner] : []))
        const mid = [0, 1, 2].map(i => list.reduce((sum, corner) => sum + (corner.n[i] ?? 0), 0))
        const length = Math.hypot(mid[0] ?? 0, mid[1] ?? 0, mid[2] ?? 0) || 1
        const n = [(mid[0] ?? 0) / length, (mid[1] ?? 0) / length, (mid[2] ?? 0) / length] as const
        mesh.face(
          list.map(corner => corner.p),
          n,
          tint(n[1], segment, ring),
          list.map(corner => shade + (1 - shade) * (corner.n[1] * 0.5 + 0.5)),
        )
      }
    }
    return
  }
  const first = mesh.vertexCount
  for (let ring = 0; ring < rings; ring += 1) {
    for (let segment = 0; segment < segments; segment += 1) {
      const { n, p } = point(ring, segment)
      const ao = shade + (1 - shade) * Math.min(1, n[1] * 0.6 + 0.6)
      mesh.vertex(p[0], p[1], p[2], n[0], n[1], n[2], tint(n[1], segment, ring), ao)
    }
  }
  for (let ring = 0; ring + 1 < rings; ring += 1) {
    for (let segment = 0; segment < segments; segment += 1) {
      const a = first + ring * segments + segment
      const b = first + ring * segments + ((segment + 1) % segments)
      if (ring + 2 < rings) mesh.triangle(a, a + segments, b + segments)
      if (ring > 0) mesh.triangle(a, b + segments, b)
    }
  }
}

/** A blade or petal: one triangle seen from both sides, lit like the ground it grows from. */
export function blade(
  mesh: MeshBuilder,
  at: readonly [number, number, number],
  lean: readonly [number, number],
  height: number,
  width: number,
  yaw: number,
  c: { readonly low: Colour; readonly high: Colour },
): void {
  const [s, k] = [Math.sin(yaw) * width * 0.5, Math.cos(yaw) * width * 0.5]
  const a = mesh.vertex(at[0] - k, at[1], at[2] + s, 0, 1, 0, c.low, 0.8, 0)
  const b = mesh.vertex(at[0] + k, at[1], at[2] - s, 0, 1, 0, c.low, 0.8, 0)
  const tip = mesh.vertex(at[0] + lean[0], at[1] + height, at[2] + lean[1], 0, 1, 0, c.high, 1, 1)
  mesh.triangle(a, b, tip)
  mesh.triangle(b, a, tip)
}
