import type { WorldFile } from '@worldloom/capabilities/geography'
import { Group, type Object3D } from 'three'
import type { DoorState, SceneAvatar } from './api.ts'
import { createChunks } from './chunks.ts'
import { createDoors } from './doors.ts'
import { chimneyOf } from './houses.ts'
import { spreadLamps } from './lamps.ts'
import { surveyLand } from './land.ts'
import { createMarker } from './marker.ts'
import { hashText } from './noise.ts'
import { createParticles } from './particles.ts'
import { findRooms } from './rooms.ts'
import type { SceneUniforms } from './uniforms.ts'
import { createWater } from './water.ts'
import { createWorldDepthMaterial, createWorldMaterial } from './world-material.ts'
import { planChunks } from './world-mesh.ts'

/** Tiles the assembling wave travels in a second. */
const WAVE_TILES_PER_SECOND = 34
/** How often shadows are drawn anew while it travels. */
const WAVE_SHADOWS_MS = 450
/** The wave is over this far beyond the last chunk. */
const WAVE_TAIL = 12

/** Added light of what is pointed at: warm when it is free, red when somebody has it. */
const HIGHLIGHT_FREE = [0.1, 0.075, 0.03] as const
const HIGHLIGHT_TAKEN = [0.12, 0.02, 0.012] as const

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
    build: planChunks(land, rooms, lamps),
  })
  const doors = createDoors(group, material, land, rooms, lamps)
  const water = createWater(land, uniforms)
  if (water) group.add(water.mesh)
  const chimneys = rooms.list.flatMap(({ object, rect }): [number, number, number][] => {
    const stack = chimneyOf(rect.width, rect.height, hashText(object.id))
    const { x, y } = object.position
    const floor = land.topAt(Math.floor(x), Math.floor(y))
    return stack ? [[x + stack.foot[0], floor + stack.foot[1] + stack.height + 0.3, y + stack.foot[2]]] : []
  })
  const particles = createParticles(group, uniforms, chimneys)
  const marker = createMarker(group)
  let occupied: ReadonlySet<string> = new Set()
  const objectNumbers = new Map(file.objects.map((object, index) => [object.id, index + 1]))
  let wave = -3
  let sinceShadowsMs = 0
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
    update(elapsedMs: number, frameMs: number, self: SceneAvatar | undefined, opening: number): boolean {
      doors?.update(elapsedMs, reducedMotion)
      marker.update(elapsedMs)
      chunks.advance(() => performance.now(), frameMs)
      let changed = false
      if (wave < waveEnd) {
        // The wave waits at the edge of what is built.
        const step = reducedMotion ? waveEnd : (elapsedMs / 1000) * (WAVE_TILES_PER_SECOND + wave * 0.5)
        wave = Math.min(wave + step, Math.max(wave, chunks.builtTo()), waveEnd)
        uniforms.uWave.value = wave
        // Shadows of tiles that are still rising are drawn now and then; the last time when all is in place.
        sinceShadowsMs += elapsedMs
        if (sinceShadowsMs > WAVE_SHADOWS_MS || wave >= waveEnd) {
          sinceShadowsMs = 0
          changed = true
        }
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
    choose: chunks.choose,
    isAssembled: () => wave >= waveEnd && chunks.builtTo() === Number.POSITIVE_INFINITY,
    setDoors(states: ReadonlyMap<string, DoorState>) {
      doors?.set(states)
    },
    setOccupied(objects: ReadonlySet<string>) {
      occupied = objects
    },
    showParticles: particles.show,
    updateParticles: particles.update,
    marker(x: number | undefined, y = 0) {
      if (x === undefined) marker.hide()
      else marker.show(x, land.feetAt(x, y), y)
    },
    highlight(id: string | undefined) {
      uniforms.uHighlight.value = id === undefined ? 0 : (objectNumbers.get(id) ?? doors?.numberOf(id) ?? 0)
      const [r, g, b] = id !== undefined && occupied.has(id) ? HIGHLIGHT_TAKEN : HIGHLIGHT_FREE
      uniforms.uHighlightTone.value.setRGB(r, g, b)
    },
    dispose() {
      parent.remove(group)
      chunks.dispose()
      doors?.dispose()
      water?.dispose()
      particles.dispose()
      marker.dispose()
      material.dispose()
      depthMaterial.dispose()
    },
  }
}

export type WorldView = ReturnType<typeof createWorldView>
