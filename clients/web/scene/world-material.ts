import {
  MeshDepthMaterial,
  MeshLambertMaterial,
  RGBADepthPacking,
  type WebGLProgramParametersWithUniforms,
} from 'three'
import { ASSEMBLY, CLOUD_SHADOW, FOG, NOISE, UNIFORMS } from './shader-parts.ts'
import type { SceneUniforms } from './uniforms.ts'

const VERTEX_PARS = /* glsl */ `
attribute vec4 trait;
attribute vec4 pivot;
attribute float lampLight;
#ifdef USE_INSTANCING
  attribute vec2 doorTrait;
#endif
varying vec3 vPlace;
varying vec3 vTurn;
varying vec4 vTrait;
varying vec4 vPivot;
varying vec2 vLight;
${UNIFORMS}
${NOISE}
${CLOUD_SHADOW}
${ASSEMBLY}
`

/** Wind, the assembling wave, and roofs that are out of the way. In metres and tiles; runs for light and shadow alike. */
const MOVE = /* glsl */ `
  vec3 stand = vec3(pivot.x / 64.0, pivot.z / 64.0 - 64.0, pivot.y / 64.0);
  float here = assembled(stand.xz);
  #ifndef USE_INSTANCING
    if (trait.x == 3.0 || trait.x == 4.0) {
      float wind = trait.z / 255.0 * uMotion;
      float gust = sin(uTime * 1.3 + stand.x * 0.7 + stand.z * 0.4) + 0.5 * sin(uTime * 2.9 + stand.x * 2.1);
      float lift = max(0.0, transformed.y - stand.y);
      transformed.xz += vec2(0.06, 0.035) * gust * wind * min(2.0, lift);
    }
    if (trait.x == 0.0) transformed.y -= (1.0 - here) * 2.5;
    else transformed = mix(vec3(stand.x, stand.y - 0.2, stand.z), transformed, here);
  #endif
  if (here <= 0.0) transformed = vec3(stand.x, -300.0, stand.z);
`

const FRAGMENT_PARS = /* glsl */ `
varying vec3 vPlace;
varying vec3 vTurn;
varying vec4 vTrait;
varying vec4 vPivot;
varying vec2 vLight;
${UNIFORMS}
${NOISE}
${FOG}

float grain() {
  return fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
}

/** Walls, roofs and trees give way around the person at this Client. */
void partAround(float kind) {
  float threshold = grain();
  if (kind < 0.5 || (kind > 3.5 && kind < 4.5)) return;
  float inRoom = uRoom.x > 0.5 && abs(vTrait.y - uRoom.x) < 0.5 ? uRoom.y : 0.0;
  if (kind > 1.5 && kind < 2.5 && inRoom > threshold) discard;
  if (inRoom > 0.0 && kind < 5.5) {
    vec2 stand = vPivot.xy / 64.0;
    bool far = (uTowardsCamera.x > 0.0 ? stand.x < uRoomRect.x + 1.0 : stand.x > uRoomRect.z - 1.0)
      || (uTowardsCamera.z > 0.0 ? stand.y < uRoomRect.y + 1.0 : stand.y > uRoomRect.w - 1.0);
    if (!far && (kind < 1.5 || kind > 4.5) && vPlace.y > vPivot.z / 64.0 - 64.0 + mix(2.6, 0.5, inRoom)) discard;
    return;
  }
  vec3 away = vPlace - uSelf.xyz;
  float nearer = dot(away, uTowardsCamera);
  if (nearer < 0.5) return;
  float aside = length(away - uTowardsCamera * nearer);
  float hole = (1.0 - smoothstep(1.2, 1.55, aside)) * smoothstep(0.5, 0.9, nearer) * smoothstep(-0.85, -0.6, away.y) * uSelf.w;
  if (hole > threshold) discard;
}

/** 1 on a line at whole numbers of t, softened to the size of a pixel. */
float line(float t, float width) {
  float d = abs(fract(t - 0.5) - 0.5);
  float w = fwidth(t);
  return (1.0 - smoothstep(width - w * 0.5, width + w, d)) * (1.0 - smoothstep(0.2, 0.6, w));
}

/** Joints of boards, stones, bricks and shingles; answers how much light a joint takes and how the piece differs. */
vec2 surfacePattern(float mark) {
  vec2 p = vPlace.xz;
  if (abs(vTurn.y) < 0.6) p = vec2(abs(vTurn.x) > abs(vTurn.z) ? vPlace.z : vPlace.x, vPlace.y);
  if (mark < 0.5) return vec2(max(line(p.x, 0.012), line(p.y, 0.012)) * 0.10, (hash21(floor(p * 6.0)) - 0.5) * 0.035);
  if (mark < 1.5) return vec2(max(line(p.x * 2.0, 0.02), line(p.y * 2.0, 0.02)) * 0.22, (hash21(floor(p * 2.0)) - 0.5) * 0.08);
  if (mark < 2.5) {
    vec2 q = p * 2.5;
    q.x += 0.5 * mod(floor(q.y), 2.0) + 0.12 * sin(q.y * 5.0);
    return vec2(max(line(q.x, 0.06), line(q.y, 0.06)) * 0.3, (hash21(floor(q)) - 0.5) * 0.2);
  }
  if (mark < 3.5) {
    vec2 q = vec2(p.x * 0.5, p.y * 4.0);
    q.x += hash21(vec2(floor(q.y), 3.0)) * 0.9;
    return vec2(max(line(q.y, 0.05), line(q.x, 0.008)) * 0.32, (hash21(floor(q)) - 0.5) * 0.14);
  }
  if (mark < 4.5) {
    vec2 q = p * 1.0;
    q.x += 0.5 * mod(floor(q.y), 2.0);
    return vec2(max(line(q.x, 0.02), line(q.y, 0.02)) * 0.25, (hash21(floor(q)) - 0.5) * 0.1);
  }
  if (mark < 5.5) {
    vec2 q = vec2(p.x * 2.2, p.y * 4.4);
    q.x += 0.5 * mod(floor(q.y), 2.0);
    return vec2(max(line(q.x, 0.04), line(q.y, 0.07)) * 0.3, (hash21(floor(q)) - 0.5) * 0.2);
  }
  if (mark < 6.5) {
    vec2 q = vec2(dot(vPlace, vec3(1.0, 0.0, 0.0)), vPlace.y * 3.6);
    if (abs(vTurn.x) > abs(vTurn.z)) q.x = vPlace.z;
    q.x = q.x * 3.2 + 0.5 * mod(floor(q.y), 2.0);
    float scallop = fract(q.y) + 0.22 * abs(fract(q.x) - 0.5);
    return vec2(line(q.x, 0.03) * 0.12 + (1.0 - smoothstep(0.02, 0.35, scallop)) * 0.26, (hash21(floor(q)) - 0.5) * 0.22);
  }
  if (mark < 7.5) return vec2(0.0);
  vec2 q = p * 8.0;
  return vec2(0.0, (mod(floor(q.x) + floor(q.y), 2.0) - 0.5) * 0.07);
}
`

const SURFACE = /* glsl */ `
  float kind = floor(vTrait.x + 0.5);
  partAround(kind);
  diffuseColor.rgb *= diffuseColor.rgb;
  float bakedShade = diffuseColor.a;
  diffuseColor.a = 1.0;
  if (kind < 2.5 && uPlain < 0.5) {
    vec2 pattern = surfacePattern(floor(vTrait.w + 0.5));
    diffuseColor.rgb *= (1.0 - pattern.x) * (1.0 + pattern.y);
  }
  diffuseColor.rgb *= mix(vec3(0.62, 0.6, 0.74), vec3(1.0), bakedShade) * mix(0.72, 1.0, bakedShade);
`

const GLOW = /* glsl */ `
  float flicker = 0.94 + 0.06 * sin(uTime * 7.0 + vPlace.x * 2.0) * uMotion;
  totalEmissiveRadiance += diffuseColor.rgb * vec3(1.0, 0.54, 0.2) * vLight.x * vLight.x * uLamps * 2.6 * flicker;
  if (kind > 2.5) {
    float glow = floor(vTrait.w + 0.5);
    float shining = glow > 127.5 ? (glow - 127.0) / 128.0 * flicker : glow / 127.0 * uLamps;
    totalEmissiveRadiance += (glow > 127.5 ? diffuseColor.rgb * 2.4 : mix(diffuseColor.rgb, kind > 4.5 ? vec3(1.0, 0.5, 0.13) : vec3(1.0, 0.62, 0.25), 0.85) * (kind > 4.5 ? 1.15 : 1.9)) * shining;
  }
  else if (kind > 1.5 && vTrait.w > 8.5) totalEmissiveRadiance += vec3(1.0, 0.5, 0.13) * uLamps * 1.05;
  if (uHighlight > 0.5 && abs(vPivot.w - uHighlight) < 0.5) totalEmissiveRadiance += (diffuseColor.rgb * 0.45 + uHighlightTone) * (0.75 + 0.25 * sin(uTime * 4.0));
`

/** One material for everything that stands still: ground, houses, trees, furniture. One draw call per chunk. */
export function createWorldMaterial(uniforms: SceneUniforms): MeshLambertMaterial {
  const material = new MeshLambertMaterial({ vertexColors: true })
  material.onBeforeCompile = shader => {
    patchVertex(shader, uniforms)
    shader.fragmentShader = shader.fragmentShader
      .replace('#include <common>', `#include <common>\n${FRAGMENT_PARS}`)
      .replace('#include <color_fragment>', `#include <color_fragment>\n${SURFACE}`)
      .replace('#include <emissivemap_fragment>', GLOW)
      .replace(
        '#include <lights_fragment_end>',
        `#include <lights_fragment_end>\nreflectedLight.directDiffuse *= vLight.y;`,
      )
      .replace(
        '#include <opaque_fragment>',
        'outgoingLight = throughAir(outgoingLight, vPlace);\n#include <opaque_fragment>',
      )
  }
  return material
}

/** The same movement for the shadow pass, so that shadows stand under what casts them. */
export function createWorldDepthMaterial(uniforms: SceneUniforms): MeshDepthMaterial {
  const material = new MeshDepthMaterial({ depthPacking: RGBADepthPacking })
  material.onBeforeCompile = shader => {
    patchVertex(shader, uniforms)
    shader.vertexShader = shader.vertexShader.replace(
      '#include <project_vertex>',
      // A roof that is out of sight must not keep the room dark.
      `if (trait.x == 2.0 && uRoom.y > 0.5 && abs(trait.y - uRoom.x) < 0.5) transformed.y = -300.0;\n#include <project_vertex>`,
    )
  }
  return material
}

function patchVertex(shader: WebGLProgramParametersWithUniforms, uniforms: SceneUniforms): void {
  Object.assign(shader.uniforms, uniforms)
  shader.vertexShader = shader.vertexShader
    .replace('#include <common>', `#include <common>\n${VERTEX_PARS}`)
    .replace('#include <begin_vertex>', `#include <begin_vertex>\n${MOVE}`)
    .replace(
      '#include <project_vertex>',
      /* glsl */ `#include <project_vertex>
      vec4 place = vec4(transformed, 1.0);
      #ifdef USE_INSTANCING
        place = instanceMatrix * place;
      #endif
      vPlace = (modelMatrix * place).xyz;
      vTurn = normal;
      vTrait = trait;
      vPivot = pivot;
      vLight = vec2(lampLight, cloudShadow(vPlace.xz));
      #ifdef USE_INSTANCING
        vTrait.y = doorTrait.x;
        vLight.x = doorTrait.y;
      #endif`,
    )
}
