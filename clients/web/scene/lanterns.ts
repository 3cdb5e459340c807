import type { ObjectTypeName } from '@worldloom/capabilities/geography'
import { type Draw, flame } from './furniture.ts'
import { KIND, type MeshBuilder } from './mesh-builder.ts'
import { type Colour, colour, STONE, scale, WOOD } from './palette.ts'
import { blob, box, lathe } from './solids.ts'

const IRON = colour('#4B4A55')
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

/** What shines at night. */
export const LANTERNS: Readonly<Partial<Record<ObjectTypeName, Draw>>> = {
  lamp,
  lantern,
  campfire,
}
