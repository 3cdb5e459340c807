import {
  type Camera,
  MathUtils,
  OrthographicCamera,
  PerspectiveCamera,
  Plane,
  Raycaster,
  Vector2,
  Vector3,
} from 'three'
import type { ViewMode } from './api.ts'

/** True isometric: the elevation at which the three axes look equally long. */
export const ISOMETRIC_ELEVATION = Math.atan(Math.SQRT1_2)
/** Tiles from the lower to the upper edge of the picture, were the ground seen face on. */
export const SPAN_MIN = 7
export const SPAN_MAX = 90
const SPAN_DEFAULT = 19
const TURN_MS = 200
const FOLLOW_MS = 160
const ZOOM_MS = 110
/** Further than this in one step is a teleport, not a walk. */
const JUMP_TILES = 12
const SHOULDER_MIN = 2.6
const SHOULDER_MAX = 16
const DISTANCE = 120

/** The two cameras and how they move. Angles in radians clockwise from north; places in tiles. */
export function createView(reducedMotion: boolean) {
  const isometric = new OrthographicCamera(-1, 1, 1, -1, 1, DISTANCE * 2.6)
  const perspective = new PerspectiveCamera(52, 1, 0.1, 130)
  const ground = new Plane(new Vector3(0, 1, 0), 0)
  const raycaster = new Raycaster()
  const pointer = new Vector2()
  const hit = new Vector3()

  let mode: ViewMode = 'isometric'
  let width = 1
  let height = 1
  const target = { x: 0, y: 0, z: 0 }
  const focus = { x: 0, y: 0, z: 0 }
  const offset = { x: 0, z: 0 }
  let hasTarget = false
  let quarter = -Math.PI / 4
  let heading = quarter
  let turnFrom = heading
  let turnedMs = TURN_MS
  let span = SPAN_DEFAULT
  let spanTarget = SPAN_DEFAULT
  let shoulder = 5.2
  let pitch = 0.3
  let orbitYaw = quarter

  const camera = (): Camera => (mode === 'isometric' ? isometric : perspective)

  function place(): void {
    const yaw = mode === 'isometric' ? heading : orbitYaw
    const [fx, fz] = [Math.sin(yaw), -Math.cos(yaw)]
    const aspect = width / height
    if (mode === 'isometric') {
      const half = span / 2
      isometric.top = half
      isometric.bottom = -half
      isometric.left = -half * aspect
      isometric.right = half * aspect
      const [c, s] = [Math.cos(ISOMETRIC_ELEVATION), Math.sin(ISOMETRIC_ELEVATION)]
      const [x, z] = [focus.x + offset.x, focus.z + offset.z]
      isometric.position.set(x - fx * c * DISTANCE, focus.y + s * DISTANCE, z - fz * c * DISTANCE)
      isometric.lookAt(x, focus.y, z)
      isometric.updateProjectionMatrix()
      isometric.updateMatrixWorld()
      return
    }
    perspective.aspect = aspect
    perspective.fov = aspect < 1 ? 64 : 52
    const [c, s] = [Math.cos(pitch), Math.sin(pitch)]
    const [sx, sz] = [-fz * 0.35, fx * 0.35]
    perspective.position.set(
      focus.x - fx * c * shoulder + sx,
      focus.y + 1.35 + s * shoulder,
      focus.z - fz * c * shoulder + sz,
    )
    perspective.lookAt(focus.x + fx * 2 + sx, focus.y + 1.35, focus.z + fz * 2 + sz)
    perspective.updateProjectionMatrix()
    perspective.updateMatrixWorld()
  }

  /** The point on the level of the focus below a place on the screen, given in −1…1. */
  function onGround(screenX: number, screenY: number): Vector3 | undefined {
    pointer.set(screenX, screenY)
    raycaster.setFromCamera(pointer, camera())
    ground.constant = -focus.y
    return raycaster.ray.intersectPlane(ground, hit) ?? undefined
  }

  return {
    camera,
    mode: () => mode,
    focus,
    /** Middle of the picture on the ground. */
    middle: () => ({ x: focus.x + offset.x, y: focus.y, z: focus.z + offset.z }),
    /** Tiles the picture is high, in either mode. */
    span: () => (mode === 'isometric' ? span : 26 + shoulder * 1.5),
    heading: () => (mode === 'isometric' ? heading : orbitYaw),
    raycaster,
    onGround,
    setSize(nextWidth: number, nextHeight: number) {
      width = Math.max(1, nextWidth)
      height = Math.max(1, nextHeight)
      place()
    },
    setMode(next: ViewMode) {
      if (next === mode) return
      mode = next
      offset.x = 0
      offset.z = 0
      if (next === 'perspective') orbitYaw = heading
      place()
    },
    /** The first call jumps there; later ones follow softly. */
    follow(x: number, y: number, z: number) {
      const moved = Math.hypot(x - target.x, z - target.z)
      Object.assign(target, { x, y, z })
      if (!hasTarget || moved > JUMP_TILES) Object.assign(focus, target)
      hasTarget = true
      const keep = Math.max(0, 1 - moved * 0.35)
      offset.x *= keep
      offset.z *= keep
      if (moved > JUMP_TILES) place()
    },
    turn(quarters: number) {
      turnFrom = heading
      turnedMs = reducedMotion ? TURN_MS : 0
      quarter += (quarters * Math.PI) / 2
      orbitYaw += (quarters * Math.PI) / 2
    },
    orbit(yaw: number, up: number) {
      orbitYaw += yaw
      pitch = MathUtils.clamp(pitch + up, 0.06, 1.2)
    },
    zoom(factor: number, screenX: number, screenY: number) {
      if (mode === 'perspective') {
        shoulder = MathUtils.clamp(shoulder / factor, SHOULDER_MIN, SHOULDER_MAX)
        return
      }
      const before = onGround(screenX, screenY)?.clone()
      spanTarget = MathUtils.clamp(spanTarget / factor, SPAN_MIN, SPAN_MAX)
      const current = span
      span = spanTarget
      place()
      const after = onGround(screenX, screenY)
      if (before && after) {
        offset.x += before.x - after.x
        offset.z += before.z - after.z
      }
      if (!reducedMotion) span = current
      place()
    },
    pan(deltaX: number, deltaY: number) {
      if (mode === 'perspective') return
      const from = onGround(0, 0)?.clone()
      const to = onGround((-deltaX / width) * 2, (deltaY / height) * 2)
      if (!from || !to) return
      offset.x += to.x - from.x
      offset.z += to.z - from.z
      place()
    },
    update(elapsedMs: number) {
      const ease = (ms: number) => (reducedMotion ? 1 : 1 - Math.exp(-elapsedMs / ms))
      const k = ease(FOLLOW_MS)
      focus.x += (target.x - focus.x) * k
      focus.y += (target.y - focus.y) * k
      focus.z += (target.z - focus.z) * k
      span += (spanTarget - span) * ease(ZOOM_MS)
      turnedMs = Math.min(TURN_MS, turnedMs + elapsedMs)
      const t = turnedMs / TURN_MS
      heading = turnFrom + (quarter - turnFrom) * (1 - (1 - t) ** 3)
      if (t === 1) turnFrom = heading
      place()
    },
  }
}

export type View = ReturnType<typeof createView>
