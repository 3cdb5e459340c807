import {
  BufferAttribute,
  BufferGeometry,
  InterleavedBuffer,
  InterleavedBufferAttribute,
  type Material,
  Mesh,
  type Object3D,
} from 'three'
import type { MeshData } from './mesh-builder.ts'

/** Tiles along a side of a chunk: one draw call each, culled as one. */
export const CHUNK_TILES = 16
/** Small things are left out further than this from the middle of the picture, in tiles, and when the picture is higher than it. */
const DETAIL_TILES = 40
/** A frame may spend this long on building after its first chunk, or this share of the last frame if that was longer. */
const BUILD_MS = 7
const BUILD_SHARE = 0.5

export function toGeometry(data: MeshData): BufferGeometry {
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(data.position, 3))
  const bytes = new InterleavedBuffer(data.normal, 4)
  geometry.setAttribute('normal', new InterleavedBufferAttribute(bytes, 3, 0, true))
  geometry.setAttribute('lampLight', new InterleavedBufferAttribute(bytes, 1, 3, true))
  geometry.setAttribute('color', new BufferAttribute(data.colour, 4, true))
  geometry.setAttribute('trait', new BufferAttribute(data.trait, 4))
  geometry.setAttribute('pivot', new BufferAttribute(data.pivot, 4))
  geometry.setIndex(new BufferAttribute(data.index, 1))
  return geometry
}

export interface ChunkPlan {
  readonly width: number
  readonly height: number
  readonly build: (x0: number, y0: number, x1: number, y1: number) => MeshData
}

/** The still part of a world in squares, built over several frames from the middle outwards. */
export function createChunks(parent: Object3D, material: Material, depthMaterial: Material, plan: ChunkPlan) {
  const waiting: { x: number; y: number; distance: number }[] = []
  const meshes: {
    readonly mesh: Mesh
    readonly x: number
    readonly y: number
    readonly detailFrom: number
    readonly end: number
  }[] = []
  for (let y = 0; y < plan.height; y += CHUNK_TILES) {
    for (let x = 0; x < plan.width; x += CHUNK_TILES) waiting.push({ x, y, distance: 0 })
  }

  function buildNext(): void {
    const next = waiting.pop()
    if (!next) return
    const data = plan.build(
      next.x,
      next.y,
      Math.min(plan.width, next.x + CHUNK_TILES),
      Math.min(plan.height, next.y + CHUNK_TILES),
    )
    if (data.index.length === 0) return
    const mesh = new Mesh(toGeometry(data), material)
    mesh.customDepthMaterial = depthMaterial
    mesh.castShadow = true
    mesh.receiveShadow = true
    mesh.matrixAutoUpdate = false
    mesh.geometry.computeBoundingSphere()
    parent.add(mesh)
    meshes.push({
      mesh,
      x: next.x + CHUNK_TILES / 2,
      y: next.y + CHUNK_TILES / 2,
      detailFrom: data.detailFrom,
      end: data.index.length,
    })
  }

  return {
    /** Orders what is left by distance from a place, in tiles. */
    arrange(x: number, y: number) {
      for (const chunk of waiting) {
        const dx = Math.max(chunk.x - x, x - chunk.x - CHUNK_TILES, 0)
        const dy = Math.max(chunk.y - y, y - chunk.y - CHUNK_TILES, 0)
        chunk.distance = Math.hypot(dx, dy)
      }
      waiting.sort((a, b) => b.distance - a.distance)
    },
    /** Builds for a little while; true when something was built. */
    advance(now: () => number, frameMs: number): boolean {
      if (waiting.length === 0) return false
      const until = now() + Math.max(BUILD_MS, frameMs * BUILD_SHARE)
      do buildNext()
      while (waiting.length > 0 && now() < until)
      return true
    },
    /** Chooses how much of each chunk is drawn, for a picture `span` tiles high around a place. */
    choose(x: number, y: number, span: number) {
      for (const chunk of meshes) {
        const isNear = span < DETAIL_TILES && Math.hypot(chunk.x - x, chunk.y - y) < DETAIL_TILES
        chunk.mesh.geometry.setDrawRange(0, isNear ? chunk.end : chunk.detailFrom)
      }
    },
    /** How far from the middle everything is built, in tiles. */
    builtTo: () => waiting[waiting.length - 1]?.distance ?? Number.POSITIVE_INFINITY,
    dispose() {
      for (const { mesh } of meshes) {
        parent.remove(mesh)
        mesh.geometry.dispose()
      }
    },
  }
}

export type Chunks = ReturnType<typeof createChunks>
