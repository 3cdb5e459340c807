import { BufferAttribute, BufferGeometry, Mesh, ShaderMaterial } from 'three'
import type { Land } from './land.ts'
import { ASSEMBLY, CLOUD_SHADOW, FOG, NOISE, UNIFORMS } from './shader-parts.ts'
import type { SceneUniforms } from './uniforms.ts'

/** Tiles from the shore beyond which the open water looks the same. */
const OPEN_WATER_TILES = 4

export interface WaterData {
  readonly position: Float32Array
  /** Tiles to the shore, depth in metres, and 1 where water falls. */
  readonly shore: Float32Array
  readonly index: Uint32Array
}

/** The surface of all water of a world: five vertices a tile, and curtains where one surface lies below another. */
export function buildWater(land: Land): WaterData {
  const { width, height } = land
  const away = shoreDistances(land)
  const at = (column: number, row: number) =>
    column < 0 || row < 0 || column >= width || row >= height ? OPEN_WATER_TILES : (away[row * width + column] ?? 0)
  const position: number[] = []
  const shore: number[] = []
  const index: number[] = []
  const vertex = (x: number, y: number, z: number, far: number, deep: number, fall: number) => {
    position.push(x, y, z)
    shore.push(far, deep, fall)
    return position.length / 3 - 1
  }
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const y = land.surfaceAt(column, row)
      if (y === undefined) continue
      const deep = y - land.topAt(column, row)
      const corner = (cx: number, cy: number) => {
        const around = [
          at(column + cx - 1, row + cy - 1),
          at(column + cx, row + cy - 1),
          at(column + cx - 1, row + cy),
          at(column + cx, row + cy),
        ]
        const nearest = Math.min(...around)
        return nearest === 0 ? 0 : around.reduce((sum, d) => sum + d, 0) / 4 - 0.35
      }
      const depthAt = (cx: number, cy: number) => {
        let sum = 0
        for (const [dx, dy] of [
          [-1, -1],
          [0, -1],
          [-1, 0],
          [0, 0],
        ] as const) {
          const there = land.surfaceAt(column + cx + dx, row + cy + dy)
          sum += there === undefined ? 0.2 : there - land.topAt(column + cx + dx, row + cy + dy)
        }
        return sum / 4
      }
      const middle = vertex(column + 0.5, y, row + 0.5, at(column, row) - 0.5, deep, 0)
      const ring = [
        [0, 1],
        [1, 1],
        [1, 0],
        [0, 0],
      ].map(([cx = 0, cy = 0]) => vertex(column + cx, y, row + cy, corner(cx, cy), depthAt(cx, cy), 0))
      for (let i = 0; i < 4; i += 1) index.push(middle, ring[i] ?? 0, ring[(i + 1) % 4] ?? 0)
      for (const [dx, dy] of [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ] as const) {
        const below = land.surfaceAt(column + dx, row + dy)
        const isOut = column + dx < 0 || row + dy < 0 || column + dx >= width || row + dy >= height
        const to = isOut ? y - 3.4 : below
        if (to === undefined || to > y - 0.1) continue
        // The curtain hangs a hand's breadth out, before the stone.
        const [mx, mz] = [column + 0.5 + dx * 0.53, row + 0.5 + dy * 0.53]
        const [sx, sz] = [dy * 0.5, -dx * 0.5]
        const a = vertex(mx - sx, to, mz - sz, 0, y - to, 1)
        const b = vertex(mx + sx, to, mz + sz, 0, y - to, 1)
        const c = vertex(mx + sx, y, mz + sz, 1, y - to, 1)
        const d = vertex(mx - sx, y, mz - sz, 1, y - to, 1)
        index.push(a, b, c, a, c, d, a, c, b, a, d, c)
      }
    }
  }
  return { position: new Float32Array(position), shore: new Float32Array(shore), index: new Uint32Array(index) }
}

/** For each tile of water the way to dry land in tiles, 1 at the shore. Land is 0. */
function shoreDistances(land: Land): Float32Array {
  const { width, height } = land
  const away = new Float32Array(width * height).fill(OPEN_WATER_TILES)
  for (let tile = 0; tile < away.length; tile += 1) {
    if (land.surfaceAt(tile % width, Math.floor(tile / width)) === undefined) away[tile] = 0
  }
  for (let pass = 1; pass < OPEN_WATER_TILES; pass += 1) {
    for (let row = 0; row < height; row += 1) {
      for (let column = 0; column < width; column += 1) {
        const tile = row * width + column
        if (away[tile] !== OPEN_WATER_TILES) continue
        for (const [dx, dy] of [
          [1, 0],
          [-1, 0],
          [0, 1],
          [0, -1],
        ] as const) {
          const [c, r] = [column + dx, row + dy]
          if (c >= 0 && r >= 0 && c < width && r < height && away[r * width + c] === pass - 1) away[tile] = pass
        }
      }
    }
  }
  return away
}

const VERTEX = /* glsl */ `
attribute vec3 shore;
varying vec3 vPlace;
varying vec3 vShore;
varying float vCloud;
varying float vHere;
${UNIFORMS}
${NOISE}
${CLOUD_SHADOW}
${ASSEMBLY}
void main() {
  vec3 at = position;
  vHere = assembled(at.xz + 1.0);
  if (shore.z < 0.5) at.y += 0.018 * sin(uTime * 1.1 + at.x * 0.9 + at.z * 0.6) * uMotion * min(1.0, shore.x);
  at.y -= (1.0 - vHere) * 1.2;
  vPlace = at;
  vShore = shore;
  vCloud = cloudShadow(at.xz);
  gl_Position = projectionMatrix * viewMatrix * vec4(at, 1.0);
}
`

const FRAGMENT = /* glsl */ `
varying vec3 vPlace;
varying vec3 vShore;
varying float vCloud;
varying float vHere;
uniform vec3 uKey, uAbove, uHorizon, uZenith, uKeyDirection;
${UNIFORMS}
${NOISE}
${FOG}
void main() {
  if (vHere < 0.02) discard;
  float t = uTime * uMotion;
  vec2 p = vPlace.xz;
  if (vShore.z > 0.5) p = vec2((vPlace.x + vPlace.z) * 1.7, vPlace.y * 0.8 + t * 2.2);
  float a = softNoise(p * 0.9 + vec2(t * 0.22, t * 0.13));
  vec2 q = mat2(0.8, 0.6, -0.6, 0.8) * p;
  float b = softNoise(q * 1.9 - vec2(t * 0.17, t * 0.26));
  float swell = a * 0.6 + b * 0.4;
  float deep = smoothstep(0.35, 1.35, vShore.y) * smoothstep(0.1, 1.6, vShore.x);
  vec3 light = uAbove * 0.62 + uKey * 1.0 * vCloud;
  vec3 tint = mix(vec3(0.17, 0.47, 0.47), vec3(0.035, 0.18, 0.27), deep);
  vec3 colour = tint * light;
  vec3 sky = mix(uHorizon, uZenith, 0.45);
  colour = mix(colour, sky * 0.6, 0.12 + 0.22 * smoothstep(0.45, 0.8, swell));
  colour *= 0.9 + 0.22 * swell;
  float alpha = mix(0.7, 0.95, smoothstep(0.0, 0.7, deep));
  float foam = 0.0;
  if (vShore.z < 0.5) {
    float rim = vShore.x + (b - 0.5) * 0.16;
    foam = smoothstep(0.17, 0.09, rim) * 0.85;
    float line = rim - (0.34 + 0.07 * sin(t * 0.9 + a * 5.0));
    foam = max(foam, smoothstep(0.045, 0.01, abs(line)) * 0.45 * smoothstep(0.35, 0.6, a));
    float crest = smoothstep(0.74, 0.8, softNoise(p * vec2(0.7, 1.7) + vec2(t * 0.1, 0.0))) * smoothstep(0.55, 0.75, b);
    foam = max(foam, crest * 0.28 * smoothstep(0.8, 1.6, vShore.x));
  } else foam = smoothstep(0.35, 0.75, swell) * 0.7 + smoothstep(0.3, 0.0, vShore.x) * 0.5;
  colour = mix(colour, (uAbove * 0.55 + uKey * 0.95 * vCloud + vec3(0.06)), foam);
  alpha = max(alpha, foam);
  float glint = smoothstep(0.85, 0.92, softNoise(q * 5.0 + vec2(t * 0.8, -t * 0.6))) * smoothstep(0.5, 0.75, a);
  colour += uKey * glint * 0.7 * vCloud * (1.0 - vShore.z);
  gl_FragColor = vec4(throughAir(colour, vPlace), alpha * vHere);
  #include <tonemapping_fragment>
  #include <colorspace_fragment>
}
`

/** All water as one transparent draw call. Undefined when the world is dry. */
export function createWater(land: Land, uniforms: SceneUniforms) {
  const data = buildWater(land)
  if (data.index.length === 0) return undefined
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(data.position, 3))
  geometry.setAttribute('shore', new BufferAttribute(data.shore, 3))
  geometry.setIndex(new BufferAttribute(data.index, 1))
  const material = new ShaderMaterial({
    uniforms,
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    transparent: true,
    depthWrite: false,
  })
  const mesh = new Mesh(geometry, material)
  mesh.renderOrder = 1
  return {
    mesh,
    dispose() {
      geometry.dispose()
      material.dispose()
    },
  }
}
