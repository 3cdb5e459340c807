import type { LampLight } from './lamps.ts'
import type { Land } from './land.ts'
import { MeshBuilder, type MeshData } from './mesh-builder.ts'
import type { Rooms } from './rooms.ts'
import { buildTerrain } from './terrain.ts'

/** Everything that stands still in a square of the map, as one mesh. */
export function buildChunk(
  land: Land,
  rooms: Rooms,
  lamps: LampLight,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
): MeshData {
  const mesh = new MeshBuilder(lamps.sample)
  buildTerrain(mesh, land, x0, y0, x1, y1)
  void rooms
  return mesh.build()
}
