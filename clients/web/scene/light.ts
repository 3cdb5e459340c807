import { type Color, DirectionalLight, HemisphereLight, type Object3D, Vector3 } from 'three'
import { daylightAt } from './daylight.ts'
import { type Colour, mix, scale } from './palette.ts'
import type { SceneUniforms } from './uniforms.ts'

const SHADOW_MAP_SIZE = 2048
/** The shadow's middle moves in steps of this many tiles, so that it is drawn anew only now and then. */
const SHADOW_STEP = 6
/** Cosine of the angle the sun may move before shadows are drawn anew: half a degree. */
const SUN_STEP_COSINE = Math.cos(Math.PI / 360)

/** Strength of the sun at noon: what shaders of their own take as 1. */
const FULL_STRENGTH = 3.4
const SKY_GAIN = 1.7

const put = (target: Color, c: Colour) => target.setRGB(c[0], c[1], c[2])

/** One hemisphere, one sun or moon. Shadows of what stands still are drawn only when they would differ. */
export function createLight(parent: Object3D, uniforms: SceneUniforms) {
  const hemisphere = new HemisphereLight()
  const key = new DirectionalLight()
  key.castShadow = true
  key.shadow.mapSize.set(SHADOW_MAP_SIZE, SHADOW_MAP_SIZE)
  key.shadow.autoUpdate = false
  key.shadow.bias = -0.0004
  key.shadow.normalBias = 0.035
  key.shadow.radius = 2.4
  parent.add(hemisphere, key, key.target)

  const drawn = { x: Number.NaN, z: Number.NaN, reach: 0, direction: new Vector3() }
  const direction = new Vector3()
  let isStale = true

  return {
    exposure: 1,
    setTime(worldMs: number): number {
      const light = daylightAt(worldMs)
      direction.fromArray(light.keyDirection)
      put(key.color, light.key)
      key.intensity = light.keyStrength
      put(hemisphere.color, light.above)
      put(hemisphere.groundColor, light.below)
      hemisphere.intensity = light.ambient
      // The sky is brighter than anything it shines on; tone mapping expects that.
      const gain = SKY_GAIN * (1 - 0.4 * light.stars)
      put(uniforms.uZenith.value, scale(light.zenith, gain))
      put(uniforms.uHorizon.value, scale(light.horizon, gain))
      put(uniforms.uFog.value, scale(mix(light.horizon, light.zenith, 0.15), gain))
      put(uniforms.uKey.value, scale(light.key, light.keyStrength / FULL_STRENGTH))
      put(uniforms.uAbove.value, light.above)
      uniforms.uKeyDirection.value.copy(direction)
      uniforms.uSun.value.fromArray(light.sunDirection)
      uniforms.uMoon.value.fromArray(light.moonDirection)
      uniforms.uStars.value = light.stars
      // Eyes see less colour at night.
      uniforms.uSaturation.value = 1.17 - 0.2 * light.stars
      uniforms.uLamps.value = light.lamps
      return light.exposure
    },
    /** Something that casts shadows has changed. */
    invalidate() {
      isStale = true
    },
    setShadows(on: boolean) {
      if (key.castShadow === on) return
      key.castShadow = on
      isStale = true
    },
    /** Puts the shadow around a place, `reach` tiles to each side. */
    update(x: number, y: number, z: number, reach: number) {
      const size = Math.ceil(reach / SHADOW_STEP) * SHADOW_STEP
      const [cx, cz] = [Math.round(x / SHADOW_STEP) * SHADOW_STEP, Math.round(z / SHADOW_STEP) * SHADOW_STEP]
      const isSame = cx === drawn.x && cz === drawn.z && size === drawn.reach
      if (isSame && !isStale && drawn.direction.dot(direction) > SUN_STEP_COSINE) return
      drawn.x = cx
      drawn.z = cz
      drawn.reach = size
      drawn.direction.copy(direction)
      isStale = false
      const camera = key.shadow.camera
      const half = size + SHADOW_STEP
      camera.left = camera.bottom = -half
      camera.right = camera.top = half
      camera.near = 1
      camera.far = half * 2 + 120
      camera.updateProjectionMatrix()
      key.target.position.set(cx, Math.max(0, Math.round(y)), cz)
      key.position.copy(key.target.position).addScaledVector(direction, half + 60)
      key.target.updateMatrixWorld()
      key.updateMatrixWorld()
      key.shadow.needsUpdate = key.castShadow
    },
    dispose() {
      key.dispose()
      hemisphere.dispose()
    },
  }
}
