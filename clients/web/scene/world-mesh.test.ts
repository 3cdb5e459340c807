import { OBJECT_TYPE_NAMES, type WorldFile } from '@worldloom/capabilities/geography'
import { describe, expect, test } from 'vitest'
import { AVATAR_HEIGHT, buildAvatar } from './avatar-shape.ts'
import { CHUNK_TILES } from './chunks.ts'
import { buildLeaf } from './doors.ts'
import { spreadLamps } from './lamps.ts'
import { surveyLand } from './land.ts'
import { MeshBuilder, type MeshData } from './mesh-builder.ts'
import { bytesOf, flawsOf, turnedAway } from './mesh-checks.ts'
import { buildObject } from './props.ts'
import { findRooms } from './rooms.ts'
import { stageWorld } from './stage-world.ts'
import { buildTerrain } from './terrain.ts'
import { buildWater } from './water.ts'
import { planChunks } from './world-mesh.ts'

/** Triangles of one object, and of a person near and from afar. */
const OBJECT_TRIANGLES_MAX = 500
const AVATAR_TRIANGLES_MAX = 760
const FAR_AVATAR_TRIANGLES_MAX = 360
/** Of everything in view at 96 × 96 tiles. */
const VIEW_TRIANGLES_MAX = 200_000

function chunksOf(file: WorldFile): MeshData[] {
  const land = surveyLand(file)
  const rooms = findRooms(land)
  const build = planChunks(land, rooms, spreadLamps(land, rooms.list))
  const chunks: MeshData[] = []
  for (let y = 0; y < land.height; y += CHUNK_TILES) {
    for (let x = 0; x < land.width; x += CHUNK_TILES) chunks.push(build(x, y, x + CHUNK_TILES, y + CHUNK_TILES))
  }
  return chunks
}

describe('a world in chunks', () => {
  const chunks = chunksOf(stageWorld())

  test('is sound and faces the eye', () => {
    for (const chunk of chunks) {
      expect(flawsOf(chunk)).toEqual([])
      // Grass is lit like the ground it grows from, so some blades face elsewhere than they are lit.
      expect(turnedAway(chunk)).toBeLessThan(0.12)
    }
  })

  test('is the same each time', () => {
    expect(chunksOf(stageWorld()).map(bytesOf)).toEqual(chunks.map(bytesOf))
  })

  test('keeps to the budget at nine times its size with a hundred people', () => {
    const far = chunks.reduce((sum, chunk) => sum + chunk.detailFrom / 3, 0) * 9
    const water = (buildWater(surveyLand(stageWorld())).index.length / 3) * 9
    expect(far + water + 100 * buildAvatar(false).triangles).toBeLessThan(VIEW_TRIANGLES_MAX)
  })

  test('puts small things last, so that they can be left out', () => {
    for (const chunk of chunks) {
      expect(chunk.detailFrom).toBeGreaterThan(0)
      expect(chunk.detailFrom).toBeLessThan(chunk.index.length)
    }
  })
})

test('the ground covers every tile and stands at its height', () => {
  const land = surveyLand(stageWorld())
  const mesh = new MeshBuilder()
  buildTerrain(mesh, land, 0, 0, land.width, land.height)
  const { position, normal } = mesh.build()
  const topped = new Set<number>()
  for (let vertex = 0; vertex < position.length / 3; vertex += 1) {
    if ((normal[vertex * 4 + 1] ?? 0) < 120) continue
    const [x, y, z] = [position[vertex * 3] ?? 0, position[vertex * 3 + 1] ?? 0, position[vertex * 3 + 2] ?? 0]
    for (const [dx, dz] of [
      [-0.02, -0.02],
      [0.02, 0.02],
      [-0.02, 0.02],
      [0.02, -0.02],
    ] as const) {
      const [column, row] = [Math.floor(x + dx), Math.floor(z + dz)]
      if (Math.abs(land.topAt(column, row) - y) < 0.001) topped.add(row * land.width + column)
    }
  }
  expect(topped.size).toBe(land.width * land.height)
})

test.each(OBJECT_TYPE_NAMES)('a %s is drawn, sound, within its budget, and stands on the ground', type => {
  const world = stageWorld()
  const file: WorldFile = { ...world, objects: [{ id: 'it', type, position: { x: 12, y: 18 }, facing: 'e' }] }
  const land = surveyLand(file)
  const [object] = file.objects
  if (!object) throw new Error('no object')
  const mesh = new MeshBuilder()
  buildObject(mesh, land, findRooms(land), object, 1)
  const data = mesh.build()
  expect(flawsOf(data)).toEqual([])
  expect(data.triangles).toBeGreaterThan(0)
  expect(data.triangles).toBeLessThan(OBJECT_TRIANGLES_MAX)
  const heights = Array.from(data.position).filter((_, i) => i % 3 === 1)
  const floor = land.topAt(12, 18)
  expect(Math.min(...heights)).toBeGreaterThan(floor - 0.6)
  expect(Math.max(...heights)).toBeLessThan(floor + 6)
})

test('people are 1.7 m tall, look to +z, and cost little', () => {
  const near = buildAvatar(true)
  const far = buildAvatar(false)
  expect(flawsOf(near)).toEqual([])
  expect(turnedAway(near)).toBeLessThan(0.02)
  expect(near.triangles).toBeLessThan(AVATAR_TRIANGLES_MAX)
  expect(far.triangles).toBeLessThan(FAR_AVATAR_TRIANGLES_MAX)
  for (const body of [near, far]) {
    const heights = Array.from(body.position).filter((_, i) => i % 3 === 1)
    expect(Math.max(...heights)).toBeCloseTo(AVATAR_HEIGHT, 1)
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(-0.01)
  }
})

test('a door leaf is one metre wide and hangs on its edge', () => {
  const leaf = buildLeaf()
  expect(flawsOf(leaf)).toEqual([])
  const xs = Array.from(leaf.position).filter((_, i) => i % 3 === 0)
  expect(Math.min(...xs)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...xs)).toBeLessThanOrEqual(1)
})

test('water touches the shore with zero and the middle of the river with more', () => {
  const land = surveyLand(stageWorld())
  const { position, shore, index } = buildWater(land)
  expect(position.every(Number.isFinite)).toBe(true)
  expect(index.length).toBeGreaterThan(0)
  const away = Array.from(shore).filter((_, i) => i % 3 === 0)
  expect(Math.min(...away)).toBe(0)
  expect(Math.max(...away)).toBeGreaterThan(1)
})
