import { isWall, type ObjectTypeName, tileKind } from '@worldloom/capabilities/geography'
import type { Land } from './land.ts'
import type { LampSampler } from './mesh-builder.ts'
import type { Room } from './rooms.ts'

interface Lamp {
  readonly x: number
  readonly y: number
  readonly reach: number
  readonly strength: number
}

/** What shines at night: how far in tiles, how strongly. */
const SHINING: Readonly<Partial<Record<ObjectTypeName, { readonly reach: number; readonly strength: number }>>> = {
  lamp: { reach: 6.5, strength: 1 },
  lantern: { reach: 4.5, strength: 0.8 },
  campfire: { reach: 7, strength: 1.1 },
  hearth: { reach: 5, strength: 0.8 },
  'shrine-stone': { reach: 3, strength: 0.35 },
}

/** Light that lamps throw on the ground at night: per tile, worked out once, stopped by walls, let through by windows. */
export interface LampLight {
  readonly sample: LampSampler
  /** Light on someone at a position, 0–1. */
  readonly at: (x: number, y: number) => number
}

export function spreadLamps(land: Land, rooms: readonly Room[]): LampLight {
  const { width, height, geography } = land
  const light = new Float32Array(width * height)
  const opaque = new Uint8Array(width * height)
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const standing = geography.standingAt(column, row)
      if (standing && isWall(standing) && !tileKind(standing).window) opaque[row * width + column] = 1
    }
  }
  const lamps: Lamp[] = geography.file.objects.flatMap(({ type, position }) => {
    const shine = SHINING[type]
    return shine ? [{ x: position.x, y: position.y, ...shine }] : []
  })
  for (const { rect } of rooms) {
    const reach = 3.2 + Math.min(rect.width, rect.height) * 0.5
    lamps.push({ x: rect.x + rect.width / 2, y: rect.y + rect.height / 2, reach, strength: 0.75 })
  }
  for (const lamp of lamps) shine(lamp, light, opaque, width, height)

  const bilinear = (x: number, y: number) => {
    const [u, v] = [x - 0.5, y - 0.5]
    const [column, row] = [Math.floor(u), Math.floor(v)]
    let sum = 0
    let weight = 0
    for (let dy = 0; dy <= 1; dy += 1) {
      for (let dx = 0; dx <= 1; dx += 1) {
        const [c, r] = [column + dx, row + dy]
        if (c < 0 || r < 0 || c >= width || r >= height || opaque[r * width + c] === 1) continue
        const w = (dx ? u - column : 1 - u + column) * (dy ? v - row : 1 - v + row)
        sum += (light[r * width + c] ?? 0) * w
        weight += w
      }
    }
    return weight > 0.01 ? sum / weight : 0
  }
  const sample: LampSampler = (x, y, z, normalX, normalZ) => {
    const lit = bilinear(x + normalX * 0.35, z + normalZ * 0.35)
    if (lit === 0) return 0
    const above = y - Math.max(0, land.topAt(Math.floor(x), Math.floor(z)))
    return lit * Math.max(0.12, 1 - Math.max(0, above - 1.6) * 0.42)
  }
  return { sample, at: (x, y) => Math.min(1, bilinear(x, y)) }
}

/** Walks outwards from a lamp by the shortest way around walls. Bounded by the lamp's reach. */
function shine(lamp: Lamp, light: Float32Array, opaque: Uint8Array, width: number, height: number): void {
  const reach = Math.ceil(lamp.reach)
  const [column, row] = [Math.floor(lamp.x), Math.floor(lamp.y)]
  const span = reach * 2 + 1
  const far = new Float32Array(span * span).fill(Number.POSITIVE_INFINITY)
  far[reach * span + reach] = 0
  let front: number[] = [reach * span + reach]
  while (front.length > 0) {
    const next: number[] = []
    for (const cell of front) {
      const [cx, cy] = [cell % span, Math.floor(cell / span)]
      const here = far[cell] ?? 0
      for (let dy = -1; dy <= 1; dy += 1) {
        for (let dx = -1; dx <= 1; dx += 1) {
          const [nx, ny] = [cx + dx, cy + dy]
          if (nx < 0 || ny < 0 || nx >= span || ny >= span) continue
          const [c, r] = [column + nx - reach, row + ny - reach]
          if (c < 0 || r < 0 || c >= width || r >= height || opaque[r * width + c] === 1) continue
          const there = here + (dx !== 0 && dy !== 0 ? Math.SQRT2 : 1)
          if (there > lamp.reach || there >= (far[ny * span + nx] ?? 0) - 0.001) continue
          far[ny * span + nx] = there
          next.push(ny * span + nx)
        }
      }
    }
    front = next
  }
  for (let cell = 0; cell < far.length; cell += 1) {
    const walked = far[cell] ?? Number.POSITIVE_INFINITY
    if (walked === Number.POSITIVE_INFINITY) continue
    const [c, r] = [column + (cell % span) - reach, row + Math.floor(cell / span) - reach]
    // The walked way is eight-sided; the straight one is round. Where nothing is between them, use the round one.
    const straight = Math.hypot(c + 0.5 - lamp.x, r + 0.5 - lamp.y)
    const distance = walked < straight * 1.12 + 0.3 ? straight : walked
    const fade = Math.max(0, 1 - distance / lamp.reach)
    const tile = r * width + c
    light[tile] = Math.min(1.15, (light[tile] ?? 0) + fade * fade * lamp.strength)
  }
}
