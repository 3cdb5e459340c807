import type { WorldFile } from '@worldloom/capabilities/geography'
import {
  AgXToneMapping,
  Matrix4,
  PCFShadowMap,
  SRGBColorSpace,
  Scene as ThreeScene,
  Vector2,
  Vector3,
  WebGLRenderer,
} from 'three'
import type { DoorState, Picked, Scene, SceneAvatar, SceneOptions } from './api.ts'
import { createAvatars } from './avatars.ts'
import { createLight } from './light.ts'
import { pick } from './pick.ts'
import { afterFrame, FULL_QUALITY, resolutionOf } from './quality.ts'
import { createSky } from './sky.ts'
import { placeTags } from './tags.ts'
import { createUniforms } from './uniforms.ts'
import { createView } from './view.ts'
import { createWorldView, type WorldView } from './world-view.ts'

const NOON_MS = 13 * 3_600_000
const PIXEL_RATIO_MAX = 2
const ROOM_OPENS_MS = 180
/** Longest step an animation takes, so that nothing jumps after a pause. */
const STEP_MS_MAX = 100

/** The picture of a world. Throws what WebGLRenderer throws when the browser gives no WebGL 2. */
export function createScene(canvas: HTMLCanvasElement, options: SceneOptions = {}): Scene {
  const reducedMotion = options.reducedMotion ?? matchMedia('(prefers-reduced-motion: reduce)').matches
  const renderer = new WebGLRenderer({
    canvas,
    antialias: true,
    powerPreference: 'high-performance',
    preserveDrawingBuffer: options.preserveDrawingBuffer ?? false,
  })
  renderer.outputColorSpace = SRGBColorSpace
  renderer.toneMapping = AgXToneMapping
  renderer.shadowMap.enabled = true
  renderer.shadowMap.type = PCFShadowMap
  renderer.info.autoReset = false

  const scene = new ThreeScene()
  scene.matrixAutoUpdate = false
  const uniforms = createUniforms()
  uniforms.uMotion.value = reducedMotion ? 0 : 1
  const view = createView(reducedMotion)
  const light = createLight(scene, uniforms)
  const sky = createSky(uniforms)
  scene.add(sky.mesh)
  // The sky is drawn first: what is counted before it is the shadow pass.
  let shadowTriangles = 0
  sky.mesh.onBeforeRender = () => {
    shadowTriangles = renderer.info.render.triangles
  }
  const avatars = createAvatars(scene, uniforms)

  let world: WorldView | undefined
  let people: readonly SceneAvatar[] = []
  let pointer: { left: number; top: number } | undefined
  let quality = { ...FULL_QUALITY, quality: options.quality ?? FULL_QUALITY.quality }
  let lastMs: number | undefined
  let size = { width: 1, height: 1 }
  let triangles = 0
  const screen = new Vector2()
  const rotation = new Matrix4()

  const toScreen = (clientX: number, clientY: number) => {
    const box = canvas.getBoundingClientRect()
    return screen.set(((clientX - box.left) / box.width) * 2 - 1, 1 - ((clientY - box.top) / box.height) * 2)
  }

  function applyQuality() {
    const ratio = options.pixelRatio ?? Math.min(PIXEL_RATIO_MAX, window.devicePixelRatio || 1)
    renderer.setPixelRatio(ratio * resolutionOf(quality.quality))
    uniforms.uPlain.value = quality.quality >= 4 ? 1 : 0
    light.setShadows(quality.quality < 1)
    world?.showParticles(quality.quality < 2)
  }

  function resize() {
    const { clientWidth, clientHeight } = canvas
    size = { width: Math.max(1, clientWidth), height: Math.max(1, clientHeight) }
    renderer.setSize(size.width, size.height, false)
    view.setSize(size.width, size.height)
  }

  function setTime(worldMs: number) {
    renderer.toneMappingExposure = light.setTime(worldMs)
  }

  function lookFrom() {
    const camera = view.camera()
    const self = people.find(person => person.self)
    if (view.mode() === 'isometric') camera.getWorldDirection(uniforms.uTowardsCamera.value).negate()
    if (self && world) {
      const feet = world.land.feetAt(self.x, self.y)
      uniforms.uSelf.value.set(self.x, feet + 0.9, self.y, 1)
      if (view.mode() === 'perspective') {
        uniforms.uTowardsCamera.value.copy(camera.position)
        uniforms.uTowardsCamera.value.x -= self.x
        uniforms.uTowardsCamera.value.y -= feet + 0.9
        uniforms.uTowardsCamera.value.z -= self.y
        uniforms.uTowardsCamera.value.normalize()
      }
    } else uniforms.uSelf.value.w = 0
    const middle = view.middle()
    uniforms.uFogCentre.value.set(middle.x, middle.y, middle.z)
    const span = view.span()
    if (view.mode() === 'isometric') uniforms.uFogRange.value.set(span * 1.5 + 6, span * 3.4 + 40)
    else uniforms.uFogRange.value.set(14, 92)
    sky.update(
      camera.projectionMatrixInverse,
      rotation.extractRotation(camera.matrixWorld),
      view.mode() === 'perspective',
      size.width / size.height,
    )
    light.update(middle.x, middle.y, middle.z, Math.min(72, span * (size.width / size.height > 1 ? 0.95 : 0.8) + 6))
  }

  resize()
  applyQuality()
  setTime(NOON_MS)

  return {
    setWorld(file: WorldFile) {
      world?.dispose()
      world = createWorldView(scene, uniforms, file, reducedMotion)
      world.showParticles(quality.quality < 2)
      const spawn = file.spawnPoints[0]?.position ?? { x: file.map.width / 2, y: file.map.height / 2 }
      view.follow(spawn.x, world.land.feetAt(spawn.x, spawn.y), spawn.y)
      world.startFrom(spawn.x, spawn.y)
      light.invalidate()
    },
    setTime,
    setPeople(next) {
      people = next
    },
    setDoors(doors: ReadonlyMap<string, DoorState>) {
      world?.setDoors(doors)
    },
    setOccupied(objects) {
      world?.setOccupied(objects)
    },
    follow(x, y) {
      view.follow(x, world?.land.feetAt(x, y) ?? 0, y)
    },
    turn: view.turn,
    orbit: view.orbit,
    zoom(factor, clientX, clientY) {
      const { x, y } = toScreen(clientX, clientY)
      view.zoom(factor, x, y)
    },
    pan: view.pan,
    setMode: view.setMode,
    heading: view.heading,
    point(clientX, clientY) {
      if (clientX === undefined || clientY === undefined) pointer = undefined
      else {
        const box = canvas.getBoundingClientRect()
        pointer = { left: clientX - box.left, top: clientY - box.top }
      }
    },
    pick(clientX, clientY): Picked | undefined {
      if (!world) return undefined
      view.raycaster.setFromCamera(toScreen(clientX, clientY), view.camera())
      const openRoom = uniforms.uRoom.value.y > 0.5 ? uniforms.uRoom.value.x : 0
      return pick(view.raycaster.ray, { land: world.land, people, openRoom, roomAt: world.rooms.at })
    },
    locate(x, y) {
      if (!world) return undefined
      const box = canvas.getBoundingClientRect()
      const seen = new Vector3(x, world.land.feetAt(x, y), y).project(view.camera())
      return { clientX: box.left + ((seen.x + 1) / 2) * box.width, clientY: box.top + ((1 - seen.y) / 2) * box.height }
    },
    marker(x, y) {
      world?.marker(x, y)
    },
    highlight(id) {
      world?.highlight(id)
    },
    tags: () => placeTags(people, view.camera(), size, pointer, world?.land.feetAt ?? (() => 0)),
    resize,
    render(nowMs) {
      const sinceMs = lastMs === undefined ? 16 : nowMs - lastMs
      lastMs = nowMs
      const elapsedMs = Math.max(0, Math.min(STEP_MS_MAX, sinceMs))
      const next = afterFrame(quality, sinceMs)
      const changed = options.quality === undefined && next.quality !== quality.quality
      quality = options.quality === undefined ? next : { ...next, quality: options.quality }
      if (changed) {
        applyQuality()
        resize()
      }
      uniforms.uTime.value = (nowMs / 1000) % 3600
      view.update(elapsedMs)
      if (world) {
        const self = people.find(person => person.self)
        const opened = world.update(elapsedMs, sinceMs, self, reducedMotion ? 1 : elapsedMs / ROOM_OPENS_MS)
        if (opened) light.invalidate()
        avatars.update(people, elapsedMs, world.land.feetAt, world.lamps.at)
        const pixels = renderer.domElement.height / (view.mode() === 'isometric' ? view.span() : 1)
        const middle = view.middle()
        world.choose(middle.x, middle.z, view.span())
        avatars.choose(view.span())
        world.updateParticles(people, world.land.feetAt, middle, pixels)
      }
      lookFrom()
      renderer.info.reset()
      renderer.render(scene, view.camera())
      triangles = renderer.info.render.triangles - shadowTriangles
    },
    stats: () => ({
      calls: renderer.info.render.calls,
      triangles,
      quality: quality.quality,
      frameMs: quality.frameMs,
      assembled: world?.isAssembled() ?? false,
    }),
    dispose() {
      world?.dispose()
      avatars.dispose()
      sky.dispose()
      light.dispose()
      renderer.dispose()
    },
  }
}
