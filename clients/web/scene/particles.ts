import {
  BufferAttribute,
  BufferGeometry,
  DynamicDrawUsage,
  type Object3D,
  Points,
  ShaderMaterial,
  Vector3,
} from 'three'
import type { SceneAvatar } from './api.ts'
import { AVATAR_HEIGHT } from './avatar-shape.ts'
import { hash } from './noise.ts'
import { FOG, UNIFORMS } from './shader-parts.ts'
import type { SceneUniforms } from './uniforms.ts'

const MOTES = 150
const PUFFS_PER_CHIMNEY = 7
const CHIMNEYS_MAX = 40
const NOTES_PER_SINGER = 4
const SINGERS_MAX = 24
const KIND = { mote: 0, smoke: 1, note: 2 } as const

const VERTEX = /* glsl */ `
attribute vec2 life;
uniform float uPixels;
uniform vec3 uAround;
varying float vKind;
varying float vAlpha;
varying float vSeed;
varying vec3 vPlace;
${UNIFORMS}
void main() {
  float kind = floor(life.x + 0.5);
  float seed = life.y;
  vec3 at = position;
  float size = 0.1;
  vAlpha = 1.0;
  if (kind < 0.5) {
    // Pollen by day, fireflies by night, always around where one looks.
    float reach = 36.0;
    vec3 drift = vec3(sin(uTime * 0.31 + seed * 40.0) * 1.6, sin(uTime * 0.7 + seed * 70.0) * 0.4, cos(uTime * 0.27 + seed * 50.0) * 1.6) * uMotion;
    at.xz = uAround.xz + mod(at.xz * reach - uAround.xz, reach) - reach * 0.5;
    at.y = uAround.y + 0.5 + at.y * 2.2;
    at += drift;
    float blink = smoothstep(0.2, 0.9, sin(uTime * (1.0 + seed) + seed * 60.0));
    vAlpha = mix(0.28 * step(seed, 0.5), 0.25 + 0.75 * blink, uLamps);
    size = mix(0.05, 0.13, uLamps);
  } else if (kind < 1.5) {
    float t = fract(uTime * 0.085 * uMotion + seed);
    at += vec3(t * 1.1 + sin(t * 7.0 + seed * 9.0) * 0.12, t * 2.4, t * 0.5);
    size = 0.22 + t * 0.75;
    vAlpha = smoothstep(0.0, 0.15, t) * (1.0 - t) * 0.34;
  } else {
    float t = fract(uTime * 0.32 + seed);
    float turn = seed * 25.0 + t * 2.6;
    at += vec3(sin(turn) * (0.28 + t * 0.3), t * 1.15, cos(turn) * (0.28 + t * 0.3));
    size = 0.3;
    vAlpha = smoothstep(0.0, 0.2, t) * smoothstep(1.0, 0.6, t);
  }
  vKind = kind;
  vSeed = seed;
  vPlace = at;
  vec4 seen = viewMatrix * vec4(at, 1.0);
  gl_Position = projectionMatrix * seen;
  float scale = projectionMatrix[2][3] < -0.5 ? 1.0 / max(0.5, -seen.z) : 1.0;
  gl_PointSize = size * uPixels * scale;
}
`

const FRAGMENT = /* glsl */ `
uniform vec3 uKey, uAbove;
varying float vKind;
varying float vAlpha;
varying float vSeed;
varying vec3 vPlace;
${UNIFORMS}
${FOG}
void main() {
  vec2 p = gl_PointCoord * 2.0 - 1.0;
  vec3 colour;
  float alpha;
  if (vKind < 0.5) {
    alpha = smoothstep(1.0, 0.1, length(p)) * vAlpha;
    colour = mix(vec3(1.0, 0.96, 0.8), vec3(1.6, 1.45, 0.5), uLamps);
  } else if (vKind < 1.5) {
    alpha = smoothstep(1.0, 0.0, length(p)) * vAlpha;
    colour = uAbove * 0.6 + uKey * 0.4;
  } else {
    // A quaver: head, stem, flag.
    float head = 1.0 - smoothstep(0.9, 1.05, length((p - vec2(-0.22, 0.5)) / vec2(0.34, 0.26)));
    float stem = step(abs(p.x - 0.08), 0.055) * step(-0.72, p.y) * step(p.y, 0.5);
    float flag = step(0.08, p.x) * step(p.x, 0.5) * step(abs(p.y + 0.72 - (p.x - 0.08) * 0.9), 0.12);
    alpha = max(head, max(stem, flag)) * vAlpha;
    colour = mix(vec3(0.5, 0.3, 0.95), vec3(1.0, 0.72, 0.28), step(0.5, fract(vSeed * 7.0))) * (0.9 + uLamps * 0.6);
  }
  if (alpha < 0.01) discard;
  gl_FragColor = vec4(throughAir(colour, vPlace), alpha);
  #include <tonemapping_fragment>
  #include <colorspace_fragment>
}
`

/** Pollen, fireflies, smoke and the notes of singers: one draw call, moved by the shader alone. */
export function createParticles(
  parent: Object3D,
  uniforms: SceneUniforms,
  chimneys: readonly (readonly [number, number, number])[],
) {
  const smoking = chimneys.slice(0, CHIMNEYS_MAX)
  const fixed = MOTES + smoking.length * PUFFS_PER_CHIMNEY
  const total = fixed + SINGERS_MAX * NOTES_PER_SINGER
  const position = new Float32Array(total * 3)
  const life = new Float32Array(total * 2)
  for (let i = 0; i < MOTES; i += 1) {
    position.set([hash(i, 1), hash(i, 2), hash(i, 3)], i * 3)
    life.set([KIND.mote, hash(i, 4)], i * 2)
  }
  smoking.forEach(([x, y, z], c) => {
    for (let puff = 0; puff < PUFFS_PER_CHIMNEY; puff += 1) {
      const i = MOTES + c * PUFFS_PER_CHIMNEY + puff
      position.set([x, y, z], i * 3)
      life.set([KIND.smoke, puff / PUFFS_PER_CHIMNEY + hash(c, 5) * 0.1], i * 2)
    }
  })
  for (let i = fixed; i < total; i += 1) {
    life.set([KIND.note, ((i - fixed) % NOTES_PER_SINGER) / NOTES_PER_SINGER + hash(i, 6) * 0.12], i * 2)
  }
  const geometry = new BufferGeometry()
  const places = new BufferAttribute(position, 3)
  places.setUsage(DynamicDrawUsage)
  geometry.setAttribute('position', places)
  geometry.setAttribute('life', new BufferAttribute(life, 2))
  const own = { uPixels: { value: 30 }, uAround: { value: new Vector3() } }
  const material = new ShaderMaterial({
    uniforms: { ...uniforms, ...own },
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    transparent: true,
    depthWrite: false,
  })
  const points = new Points(geometry, material)
  points.frustumCulled = false
  points.renderOrder = 3
  parent.add(points)

  return {
    show(on: boolean) {
      points.visible = on
    },
    /** `pixels` per metre: on the screen in the isometric view, at a distance of one metre in perspective. */
    update(
      people: readonly SceneAvatar[],
      feetAt: (x: number, y: number) => number,
      middle: { x: number; y: number; z: number },
      pixels: number,
    ) {
      own.uPixels.value = pixels
      own.uAround.value.set(middle.x, middle.y, middle.z)
      let singers = 0
      for (const person of people) {
        if (person.state !== 'singing' || singers === SINGERS_MAX) continue
        for (let note = 0; note < NOTES_PER_SINGER; note += 1) {
          places.setXYZ(
            fixed + singers * NOTES_PER_SINGER + note,
            person.x,
            feetAt(person.x, person.y) + AVATAR_HEIGHT - 0.2,
            person.y,
          )
        }
        singers += 1
      }
      geometry.setDrawRange(0, fixed + singers * NOTES_PER_SINGER)
      if (singers > 0) places.needsUpdate = true
    },
    dispose() {
      parent.remove(points)
      geometry.dispose()
      material.dispose()
    },
  }
}
