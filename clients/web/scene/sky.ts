import { BufferAttribute, BufferGeometry, Matrix4, Mesh, ShaderMaterial } from 'three'
import { NOISE } from './shader-parts.ts'
import type { SceneUniforms } from './uniforms.ts'

const VERTEX = /* glsl */ `
varying vec2 vScreen;
void main() {
  vScreen = position.xy;
  gl_Position = vec4(position.xy, 1.0, 1.0);
}
`

const FRAGMENT = /* glsl */ `
uniform vec3 uZenith, uHorizon, uFog, uKey, uSun, uMoon;
uniform float uSaturation, uStars, uTime, uMotion, uPerspective, uAspect;
uniform mat4 uUnproject;
varying vec2 vScreen;
${NOISE}

float stars(vec2 p) {
  vec2 cell = floor(p), f = fract(p) - 0.5;
  float r = hash21(cell);
  vec2 offset = (vec2(hash21(cell + 7.0), hash21(cell + 13.0)) - 0.5) * 0.7;
  float twinkle = 0.75 + 0.25 * sin(uTime * (1.0 + r * 2.0) * uMotion + r * 40.0);
  return step(0.82, r) * smoothstep(0.09 * r, 0.0, length(f - offset)) * twinkle;
}

void main() {
  vec4 far = uUnproject * vec4(vScreen, 1.0, 1.0);
  vec3 look = normalize(far.xyz / far.w);
  float height = uPerspective > 0.5 ? pow(max(0.0, look.y), 0.7) * 1.5 : vScreen.y * 0.42 + 0.5;
  vec3 sky = mix(uHorizon, uZenith, smoothstep(0.0, 1.0, height));
  sky = mix(uFog, sky, smoothstep(-0.25, 0.25, height));
  vec2 dome = uPerspective > 0.5 ? look.xz / (0.35 + max(0.0, look.y)) * 2.4 : vScreen * vec2(uAspect, 1.0) * 1.6;
  float up = uPerspective > 0.5 ? smoothstep(0.02, 0.2, look.y) : smoothstep(-0.9, 0.3, vScreen.y);
  vec2 drift = dome * 0.75 + vec2(uTime * 0.006 * uMotion, 0.0);
  float veil = softNoise(drift * vec2(1.0, 2.2)) * 0.6 + softNoise(drift * vec2(2.6, 5.0) + 3.0) * 0.3 + softNoise(drift * vec2(6.0, 9.0)) * 0.1;
  vec3 bright = mix(uHorizon, uKey * 1.9, 0.45) * (1.15 - uStars * 0.6);
  sky = mix(sky, bright, smoothstep(0.5, 0.8, veil) * 0.55 * up);
  sky += vec3(0.9, 0.95, 1.0) * stars(dome * 16.0) * uStars * up * 0.9;
  if (uPerspective > 0.5) {
    float sun = max(0.0, dot(look, uSun));
    sky += uKey * (smoothstep(0.9991, 0.9995, sun) * 6.0 + pow(sun, 60.0) * 0.7) * (1.0 - uStars);
    float moon = max(0.0, dot(look, uMoon));
    sky += vec3(0.75, 0.82, 1.0) * (smoothstep(0.9993, 0.9996, moon) * 1.6 + pow(moon, 120.0) * 0.16) * uStars;
  }
  sky = max(vec3(0.0), mix(vec3(dot(sky, vec3(0.2126, 0.7152, 0.0722))), sky, uSaturation));
  gl_FragColor = vec4(sky, 1.0);
  #include <tonemapping_fragment>
  #include <colorspace_fragment>
}
`

/** The sky: a gradient from haze to zenith, veils of cloud, stars, sun and moon. One triangle behind everything. */
export function createSky(uniforms: SceneUniforms) {
  const own = { uUnproject: { value: new Matrix4() }, uPerspective: { value: 0 }, uAspect: { value: 1 } }
  const material = new ShaderMaterial({
    uniforms: { ...uniforms, ...own },
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    depthWrite: false,
    depthTest: false,
  })
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(new Float32Array([-1, -1, 0, 3, -1, 0, -1, 3, 0]), 3))
  const mesh = new Mesh(geometry, material)
  mesh.frustumCulled = false
  mesh.renderOrder = -100
  return {
    mesh,
    /** `rotation` turns directions from the camera to the world. */
    update(projectionInverse: Matrix4, rotation: Matrix4, isPerspective: boolean, aspect: number) {
      own.uUnproject.value.multiplyMatrices(rotation, projectionInverse)
      own.uPerspective.value = isPerspective ? 1 : 0
      own.uAspect.value = aspect
    },
    dispose() {
      geometry.dispose()
      material.dispose()
    },
  }
}
