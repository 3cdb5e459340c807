import { MeshBuilder, type MeshData } from './mesh-builder.ts'
import { type Colour, scale } from './palette.ts'
import { blob, lathe } from './solids.ts'

/** Parts that move on their own. Stored as the vertex' kind. */
export const PART = { trunk: 0, head: 1, leftArm: 2, rightArm: 3, leftLeg: 4, rightLeg: 5 } as const
/** What colours a vertex. Stored as the vertex' mark. */
export const SLOT = { body: 0, accent: 1, skin: 2, dark: 3 } as const

/** Joints in metres above the feet; the shader turns parts around them. */
export const JOINTS = { hip: 0.5, shoulder: 1.0, shoulderOut: 0.225, hipOut: 0.1, neck: 1.1 } as const
export const AVATAR_HEIGHT = 1.7

const WHITE: Colour = [1, 1, 1]
const SHADE: Colour = [0.62, 0.62, 0.66]

/** A rounded person of 1.7 m looking to +z: coat, scarf and hair in two colours, a face of two dots. Rougher when not near. */
export function buildAvatar(isNear: boolean): MeshData {
  const round = (near: number) => (isNear ? near : Math.max(4, Math.round(near * 0.45)))
  const mesh = new MeshBuilder()
  const part = (kind: 0 | 1 | 2 | 3 | 4 | 5, slot: number) => {
    mesh.kind = kind as typeof mesh.kind
    mesh.mark = slot
  }
  mesh.place(0, 0, 0)

  for (const [leg, side] of [
    [PART.leftLeg, 1],
    [PART.rightLeg, -1],
  ] as const) {
    part(leg, SLOT.dark)
    const x = side * JOINTS.hipOut
    lathe(
      mesh,
      x,
      0,
      [
        { y: 0.1, r: 0.085, c: SHADE },
        { y: 0.52, r: 0.095, c: SHADE },
      ],
      round(6),
      { caps: 'none' },
    )
    // From afar shoes and hands are less than a pixel.
    if (isNear)
      blob(
        mesh,
        [x, 0.075, 0.035],
        [0.1, 0.08, 0.15],
        { low: SHADE, high: WHITE },
        { segments: round(6), rings: 4, roughness: 0 },
      )
  }

  part(PART.trunk, SLOT.body)
  lathe(
    mesh,
    0,
    0,
    [
      { y: 0.34, r: 0.235, c: SHADE, ao: 0.6 },
      { y: 0.36, r: 0.262, c: WHITE, ao: 0.75 },
      { y: 0.6, r: 0.236, c: WHITE, ao: 0.92 },
      { y: 0.84, r: 0.208, c: WHITE },
      { y: 1.0, r: 0.176, c: WHITE },
      { y: 1.09, r: 0.11, c: WHITE, ao: 0.7 },
    ],
    round(10),
    { caps: 'both' },
  )
  part(PART.trunk, SLOT.accent)
  lathe(
    mesh,
    0,
    0,
    [
      { y: 0.985, r: 0.17, c: SHADE },
      { y: 1.0, r: 0.206, c: WHITE },
      { y: 1.07, r: 0.212, c: WHITE },
      { y: 1.12, r: 0.15, c: SHADE },
    ],
    round(10),
    { caps: 'none' },
  )
  // The scarf's end hangs down the back: one sees which way somebody looks, even from behind.
  blob(
    mesh,
    [0.07, 0.86, -0.215],
    [0.062, 0.17, 0.035],
    { low: SHADE, high: WHITE },
    { segments: round(6), rings: 4, roughness: 0 },
  )

  for (const [arm, side] of [
    [PART.leftArm, 1],
    [PART.rightArm, -1],
  ] as const) {
    const x = side * JOINTS.shoulderOut
    part(arm, SLOT.body)
    lathe(
      mesh,
      x,
      0,
      [
        { y: 0.6, r: 0.086, c: SHADE, dx: side * 0.05 },
        { y: 0.63, r: 0.09, c: WHITE, dx: side * 0.048 },
        { y: 0.92, r: 0.078, c: WHITE, dx: side * 0.01 },
        { y: 1.0, r: 0.06, c: WHITE, dx: -side * 0.02 },
        { y: 1.03, r: 0.02, c: WHITE, dx: -side * 0.03 },
      ],
      round(6),
      { caps: 'both' },
    )
    if (!isNear) continue
    part(arm, SLOT.skin)
    blob(
      mesh,
      [x + side * 0.052, 0.56, 0.005],
      [0.066, 0.075, 0.066],
      { low: SHADE, high: WHITE },
      { segments: round(6), rings: 4, roughness: 0 },
    )
  }

  part(PART.head, SLOT.skin)
  blob(
    mesh,
    [0, 1.35, 0],
    [0.285, 0.29, 0.275],
    { low: scale(WHITE, 0.9), high: WHITE },
    { segments: round(11), rings: round(8), roughness: 0, shade: 0.72 },
  )
  part(PART.head, SLOT.dark)
  for (const side of [-1, 1]) {
    blob(
      mesh,
      [side * 0.092, 1.365, 0.262],
      [0.03, 0.044, 0.02],
      { low: SHADE, high: SHADE },
      { segments: round(6), rings: 4, roughness: 0, shade: 1 },
    )
  }
  // A cap of hair: wide over the brow, low on the neck.
  part(PART.head, SLOT.accent)
  hair(mesh, round(11), round(5))
  return mesh.build()
}

function hair(mesh: MeshBuilder, segments: number, rings: number): void {
  const first = mesh.vertexCount
  for (let ring = 0; ring <= rings; ring += 1) {
    for (let segment = 0; segment < segments; segment += 1) {
      const theta = (segment / segments) * Math.PI * 2
      const front = Math.cos(theta)
      // Down to the brow in front, further at the sides, to the neck behind.
      const reach = Math.PI * (front > 0 ? 0.53 - 0.24 * front ** 0.8 : 0.53 - 0.12 * front)
      const phi = (ring / rings) * reach
      const n = [Math.sin(phi) * Math.sin(theta), Math.cos(phi), Math.sin(phi) * Math.cos(theta)] as const
      const swell = 1.1 - 0.06 * (ring / rings) ** 3
      const ao = 1 - 0.28 * (ring / rings) ** 2
      mesh.vertex(
        n[0] * 0.285 * swell,
        1.355 + n[1] * 0.29 * swell,
        n[2] * 0.275 * swell - 0.012,
        n[0],
        n[1],
        n[2],
        WHITE,
        ao,
      )
    }
  }
  for (let ring = 0; ring < rings; ring += 1) {
    for (let segment = 0; segment < segments; segment += 1) {
      const a = first + ring * segments + segment
      const b = first + ring * segments + ((segment + 1) % segments)
      mesh.triangle(a, a + segments, b + segments)
      if (ring > 0) mesh.triangle(a, b + segments, b)
    }
  }
}
