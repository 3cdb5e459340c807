import { BufferAttribute, type InstancedBufferAttribute, InstancedBufferGeometry, Mesh, ShaderMaterial } from 'three'
import type { SceneUniforms } from './uniforms.ts'

const VERTEX = /* glsl */ `
attribute vec4 iPlace;
uniform vec3 uKeyDirection;
varying vec2 vAt;
varying float vFar;
void main() {
  vAt = position.xz;
  // Drawn out away from the sun: the long soft shadow of evening.
  vec2 away = -normalize(uKeyDirection.xz + 0.0001) ;
  float reach = min(1.5, length(uKeyDirection.xz) / max(0.25, uKeyDirection.y) * 0.75);
  float along = dot(position.xz, away);
  vec2 place = position.xz * 0.36 + away * max(0.0, along) * reach;
  vFar = max(0.0, along) * reach;
  gl_Position = projectionMatrix * viewMatrix * vec4(iPlace.x + place.x, iPlace.y + 0.035, iPlace.z + place.y, 1.0);
}
`
const FRAGMENT = /* glsl */ `
uniform float uLamps;
varying vec2 vAt;
varying float vFar;
void main() {
  float soft = 1.0 - smoothstep(0.25, 1.0, length(vAt));
  gl_FragColor = vec4(0.05, 0.045, 0.1, soft * mix(0.5, 0.24, uLamps) * (1.0 - 0.35 * min(1.0, vFar)));
}
`

/** Soft shadows below everybody's feet, drawn out away from the sun: one draw call, no shadow map. */
export function createContactShadows(places: InstancedBufferAttribute, uniforms: SceneUniforms) {
  const geometry = new InstancedBufferGeometry()
  const sides = 16
  const position = new Float32Array((sides + 1) * 3)
  const index: number[] = []
  for (let side = 0; side < sides; side += 1) {
    const angle = (side / sides) * Math.PI * 2
    position.set([Math.sin(angle), 0, Math.cos(angle)], (side + 1) * 3)
    index.push(0, side + 1, ((side + 1) % sides) + 1)
  }
  geometry.setAttribute('position', new BufferAttribute(position, 3))
  geometry.setAttribute('iPlace', places)
  geometry.setIndex(index)
  geometry.instanceCount = 0
  const material = new ShaderMaterial({
    uniforms: { uKeyDirection: uniforms.uKeyDirection, uLamps: uniforms.uLamps },
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    transparent: true,
    depthWrite: false,
  })
  const mesh = new Mesh(geometry, material)
  mesh.frustumCulled = false
  mesh.renderOrder = 2
  return {
    mesh,
    setCount(count: number) {
      geometry.instanceCount = count
      mesh.visible = count > 0
    },
    dispose() {
      geometry.dispose()
      material.dispose()
    },
  }
}
