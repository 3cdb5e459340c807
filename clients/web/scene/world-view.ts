import type { WorldFile } from '@worldloom/capabilities/geography'
import { Group, type Object3D } from 'three'
import type { DoorState, SceneAvatar } from './api.ts'
import { createChunks } from './chunks.ts'
import { spreadLamps } from './lamps.ts'
import { surveyLand } from './land.ts'
import { findRooms } from './rooms.ts'
import type { SceneUniforms } from './uniforms.ts'
import { createWorldDepthMaterial, createWorldMaterial } from './world-material.ts'
import { buildChunk } from './world-mesh.ts'

/** Tiles the assembling wave travels in a second. */
const WAVE_TILES_PER_SECOND = 34
/** The wave is over this far beyond the last chunk. */
const WAVE_TAIL = 12

/** One world file on stage: its chunks, doors, water and small lights, and the wave that puts them in place. */
export function createWorldView(parent: Object3D, uniforms: SceneUniforms, file: WorldFile, reducedMotion: boolean) {
  const land = surveyLand(file)
  const rooms = findRooms(land)
  const lamps = spreadLamps(land, rooms.list)
  const group = new Group()
  parent.add(group)
  const material = createWorldMaterial(uniforms)
  const depthMaterial = createWorldDepthMaterial(uniforms)
  const chunks = createChunks(group, material, depthMaterial, {
    width: land.width,
    height: land.height,
    build: (x0, y0, x1, y1) => buildChunk(land, rooms, lamps, x0, y0, x1, y1),
  })
  const objectNumbers = new Map(file.objects.map((object, index) => [object.id, index + 1]))
  let wave = -3
  let waveEnd = Math.hypot(land.width, land.height) + WAVE_TAIL
  uniforms.uRoom.value.set(0, 0)
  uniforms.uHighlight.value = 0

  return {
    land,
    rooms,
    lamps,
    startFrom(x: number, y: number) {
      uniforms.uWaveCentre.value.set(x, y)
      uniforms.uWave.value = wave
      waveEnd = Math.hypot(Math.max(x, land.width - x), Math.max(y, land.height - y)) + WAVE_TAIL
      chunks.arrange(x, y)
    },
    /** True when something that casts shadows has changed. */
    update(elapsedMs: number, self: SceneAvatar | undefined, opening: number): boolean {
      let changed = chunks.advance(() => performance.now())
      if (wave < waveEnd) {
        // The wave waits at the edge of what is built.
        wave = reducedMotion
          ? waveEnd
          : Math.min(
              wave + (elapsedMs / 1000) * (WAVE_TILES_PER_SECOND + wave * 0.5),
              Math.max(wave, chunks.builtTo()),
              waveEnd,
            )
        uniforms.uWave.value = wave
        changed = true
      }
      const room = self ? rooms.at(Math.floor(self.x), Math.floor(self.y)) : 0
      const { value } = uniforms.uRoom
      const before = value.y
      if (room !== 0 && room !== value.x) {
        value.set(room, 0)
        const rect = rooms.list[room - 1]?.rect
        if (rect) uniforms.uRoomRect.value.set(rect.x, rect.y, rect.x + rect.width, rect.y + rect.height)
      }
      value.y = room !== 0 ? Math.min(1, value.y + opening) : Math.max(0, value.y - opening)
      return changed || before > 0.5 !== value.y > 0.5
    },
    isAssembled: () => wave >= waveEnd,
    setDoors(_doors: ReadonlyMap<string, DoorState>) {},
    setOccupied(_objects: ReadonlySet<string>) {},
    setParticles(_on: boolean) {},
    marker(_x: number | undefined, _y?: number) {},
    highlight(id: string | undefined) {
      uniforms.uHighlight.value = (id && objectNumbers.get(id)) || 0
    },
    dispose() {
      parent.remove(group)
      chunks.dispose()
      material.dispose()
      depthMaterial.dispose()
    },
  }
}

export type WorldView = ReturnType<typeof createWorldView>
