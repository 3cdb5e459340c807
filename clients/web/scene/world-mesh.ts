import type { WorldObject } from '@worldloom/capabilities/geography'
import { buildBridgesAndStairs } from './bridges.ts'
import { CHUNK_TILES } from './chunks.ts'
import type { LampLight } from './lamps.ts'
import type { Land } from './land.ts'
import { MeshBuilder, type MeshData } from './mesh-builder.ts'
import { buildObject, isSmall } from './props.ts'
import type { Rooms } from './rooms.ts'
import { buildScatter } from './scatter.ts'
import { buildTerrain } from './terrain.ts'
import { buildStanding } from './walls.ts'

/** Answers the mesh of everything that stands still in a square of the map. */
export function planChunks(land: Land, rooms: Rooms, lamps: LampLight) {
  const columns = Math.ceil(land.width / CHUNK_TILES)
  const byChunk = new Map<number, { object: WorldObject; number: number }[]>()
  land.geography.file.objects.forEach((object, index) => {
    const chunk = Math.floor(object.position.y / CHUNK_TILES) * columns + Math.floor(object.position.x / CHUNK_TILES)
    const list = byChunk.get(chunk) ?? []
    list.push({ object, number: index + 1 })
    byChunk.set(chunk, list)
  })
  return (x0: number, y0: number, x1: number, y1: number): MeshData => {
    const mesh = new MeshBuilder(lamps.sample)
    buildTerrain(mesh, land, x0, y0, x1, y1)
    buildBridgesAndStairs(mesh, land, x0, y0, x1, y1)
    buildStanding(mesh, land, rooms, x0, y0, x1, y1)
    const things = byChunk.get(Math.floor(y0 / CHUNK_TILES) * columns + Math.floor(x0 / CHUNK_TILES)) ?? []
    const isDetail = ({ object }: { object: WorldObject }) =>
      isSmall(object) ||
      (object.type !== 'house' && rooms.at(Math.floor(object.position.x), Math.floor(object.position.y)) > 0)
    for (const thing of things) if (!isDetail(thing)) buildObject(mesh, land, rooms, thing.object, thing.number)
    mesh.beginDetail()
    buildScatter(mesh, land, x0, y0, x1, y1)
    for (const thing of things) if (isDetail(thing)) buildObject(mesh, land, rooms, thing.object, thing.number)
    return mesh.build()
  }
}
