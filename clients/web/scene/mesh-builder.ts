import type { Colour } from './palette.ts'

/** What a vertex belongs to; the shader treats each in its own way. */
export const KIND = { ground: 0, wall: 1, roof: 2, tall: 3, low: 4, glass: 5 } as const
export type Kind = (typeof KIND)[keyof typeof KIND]

/** Lines drawn on a surface by the shader. */
export const PATTERN = {
  none: 0,
  tile: 1,
  cobble: 2,
  planks: 3,
  slabs: 4,
  brick: 5,
  shingle: 6,
  soft: 7,
  weave: 8,
  lit: 9,
} as const

/** Plain arrays of one mesh: no three in here, so that tests and workers can build too. */
export interface MeshData {
  readonly position: Float32Array
  /** Normal and, fourth, the lamp light that falls on the vertex at night. −127…127. */
  readonly normal: Int8Array
  /** Square root of linear colour, then ambient occlusion. 0…255. */
  readonly colour: Uint8Array
  /** Kind, room (0 none), sway, and pattern (ground, wall, roof) or glow. */
  readonly trait: Uint8Array
  /** Where the thing stands: x, z, y in 1/64 tile, and 1 + object index (0 none). */
  readonly pivot: Uint16Array
  readonly index: Uint32Array
  readonly triangles: number
  /** Where in `index` the small things begin, which need not be drawn from afar. */
  readonly detailFrom: number
}

export type LampSampler = (x: number, y: number, z: number, normalX: number, normalZ: number) => number

/** Height below which a pivot cannot be told in 16 unsigned bits. */
export const PIVOT_Y_OFFSET = 64

/** Collects triangles in world space from shapes given in the frame of the thing they belong to. */
export class MeshBuilder {
  private readonly positions: number[] = []
  private readonly normals: number[] = []
  private readonly colours: number[] = []
  private readonly traits: number[] = []
  private readonly pivots: number[] = []
  private readonly indices: number[] = []
  private readonly lamp: LampSampler
  private originX = 0
  private originY = 0
  private originZ = 0
  private sine = 0
  private cosine = 1
  private size = 1
  kind: Kind = KIND.low
  room = 0
  sway = 0
  /** Pattern for ground, walls and roofs; for the rest glow: 1–127 at night, 128–255 always. */
  mark = 0
  object = 0
  private detail: number | undefined

  constructor(lamp: LampSampler = () => 0) {
    this.lamp = lamp
  }

  get vertexCount(): number {
    return this.positions.length / 3
  }

  /** Sets the frame: local +z points to `yaw` radians clockwise from south when seen from above. */
  place(x: number, y: number, z: number, yaw = 0, size = 1): this {
    this.originX = x
    this.originY = y
    this.originZ = z
    this.sine = Math.sin(-yaw)
    this.cosine = Math.cos(-yaw)
    this.size = size
    return this
  }

  as(kind: Kind, mark = 0, sway = 0): this {
    this.kind = kind
    this.mark = mark
    this.sway = sway
    return this
  }

  /** Adds a vertex in the local frame; answers its number. `sway` in 0–1 scales the builder's. */
  vertex(x: number, y: number, z: number, nx: number, ny: number, nz: number, c: Colour, ao = 1, sway = 1): number {
    const worldX = this.originX + (x * this.cosine + z * this.sine) * this.size
    const worldY = this.originY + y * this.size
    const worldZ = this.originZ + (z * this.cosine - x * this.sine) * this.size
    const normalX = nx * this.cosine + nz * this.sine
    const normalZ = nz * this.cosine - nx * this.sine
    this.positions.push(worldX, worldY, worldZ)
    const lamp = this.lamp(worldX, worldY, worldZ, normalX, normalZ)
    this.normals.push(
      Math.round(normalX * 127),
      Math.round(ny * 127),
      Math.round(normalZ * 127),
      Math.round(Math.min(1, lamp) * 127),
    )
    this.colours.push(root(c[0]), root(c[1]), root(c[2]), Math.round(Math.max(0, Math.min(1, ao)) * 255))
    this.traits.push(this.kind, this.room, Math.round(this.sway * sway), this.mark)
    this.pivots.push(unit(this.originX), unit(this.originZ), unit(this.originY + PIVOT_Y_OFFSET), this.object)
    return this.positions.length / 3 - 1
  }

  triangle(a: number, b: number, c: number): void {
    this.indices.push(a, b, c)
  }

  quad(a: number, b: number, c: number, d: number): void {
    this.indices.push(a, b, c, a, c, d)
  }

  /** A flat piece with one normal; its corners in either order around it. Colours and `ao` one each, or one for all. */
  face(
    corners: readonly (readonly [number, number, number])[],
    normal: readonly [number, number, number],
    colours: Colour | readonly Colour[],
    ao: readonly number[] | number = 1,
  ): void {
    const first = this.positions.length / 3
    corners.forEach(([x, y, z], i) => {
      const each = colours[0]
      const c = typeof each === 'number' ? (colours as Colour) : ((colours as readonly Colour[])[i] ?? (each as Colour))
      this.vertex(x, y, z, normal[0], normal[1], normal[2], c, typeof ao === 'number' ? ao : (ao[i] ?? 1))
    })
    const isFront = towards(corners, normal) >= 0
    for (let i = 2; i < corners.length; i += 1) {
      if (isFront) this.triangle(first, first + i - 1, first + i)
      else this.triangle(first, first + i, first + i - 1)
    }
  }

  /** What comes from here on is small. */
  beginDetail(): void {
    this.detail ??= this.indices.length
  }

  build(): MeshData {
    return {
      position: new Float32Array(this.positions),
      normal: new Int8Array(this.normals),
      colour: new Uint8Array(this.colours),
      trait: new Uint8Array(this.traits),
      pivot: new Uint16Array(this.pivots),
      index: new Uint32Array(this.indices),
      triangles: this.indices.length / 3,
      detailFrom: this.detail ?? this.indices.length,
    }
  }
}

/** Positive when the corners run counter-clockwise as seen from where the normal points. */
function towards(
  corners: readonly (readonly [number, number, number])[],
  normal: readonly [number, number, number],
): number {
  let [x, y, z] = [0, 0, 0]
  corners.forEach((a, i) => {
    const b = corners[(i + 1) % corners.length] ?? a
    x += (a[1] - b[1]) * (a[2] + b[2])
    y += (a[2] - b[2]) * (a[0] + b[0])
    z += (a[0] - b[0]) * (a[1] + b[1])
  })
  return x * normal[0] + y * normal[1] + z * normal[2]
}

const root = (linear: number) => Math.round(Math.sqrt(Math.max(0, Math.min(1, linear))) * 255)
const unit = (tiles: number) => Math.max(0, Math.min(65535, Math.round(tiles * 64)))
