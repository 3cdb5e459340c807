import { Mesh, type Object3D, PlaneGeometry, ShaderMaterial } from 'three'

const SHOWN_MS = 1_400

const VERTEX = /* glsl */ `
varying vec2 vAt;
void main() {
  vAt = uv * 2.0 - 1.0;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}
`
const FRAGMENT = /* glsl */ `
uniform float uAge;
varying vec2 vAt;
void main() {
  float r = length(vAt);
  float radius = mix(0.75, 0.42, 1.0 - pow(1.0 - min(1.0, uAge * 3.0), 3.0));
  float w = fwidth(r);
  float ring = smoothstep(0.1 + w, 0.1, abs(r - radius));
  float dot = smoothstep(0.13 + w, 0.13, r) * step(0.2, uAge);
  float rim = smoothstep(0.17 + w, 0.17, abs(r - radius));
  vec3 colour = mix(vec3(0.16, 0.1, 0.3), vec3(1.0, 0.93, 0.76), max(ring, dot));
  gl_FragColor = vec4(colour, max(max(ring, dot) * 0.95, rim * 0.35) * smoothstep(1.0, 0.7, uAge));
  #include <tonemapping_fragment>
  #include <colorspace_fragment>
}
`

/** The ring where a click sent the avatar. */
export function createMarker(parent: Object3D) {
  const own = { uAge: { value: 1 } }
  const geometry = new PlaneGeometry(1.1, 1.1).rotateX(-Math.PI / 2)
  const material = new ShaderMaterial({
    uniforms: own,
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    transparent: true,
    depthWrite: false,
    depthTest: false,
  })
  const mesh = new Mesh(geometry, material)
  mesh.renderOrder = 4
  mesh.visible = false
  parent.add(mesh)
  return {
    show(x: number, y: number, z: number) {
      mesh.position.set(x, y + 0.05, z)
      own.uAge.value = 0
      mesh.visible = true
    },
    hide() {
      mesh.visible = false
    },
    update(elapsedMs: number) {
      if (!mesh.visible) return
      own.uAge.value += elapsedMs / SHOWN_MS
      if (own.uAge.value >= 1) mesh.visible = false
    },
    dispose() {
      parent.remove(mesh)
      geometry.dispose()
      material.dispose()
    },
  }
}
