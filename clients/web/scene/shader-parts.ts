/** GLSL that several materials share. */

export const UNIFORMS = /* glsl */ `
uniform float uTime, uMotion, uWave, uLamps, uHighlight;
uniform vec2 uWaveCentre, uFogRange, uRoom;
uniform vec3 uFog, uFogCentre, uTowardsCamera, uHighlightTone;
uniform float uSaturation, uPlain;
uniform vec4 uSelf, uRoomRect;
`

export const NOISE = /* glsl */ `
float hash21(vec2 p) {
  vec3 q = fract(vec3(p.xyx) * 0.1031);
  q += dot(q, q.yzx + 33.33);
  return fract((q.x + q.y) * q.z);
}
float softNoise(vec2 p) {
  vec2 i = floor(p), f = fract(p);
  f = f * f * (3.0 - 2.0 * f);
  return mix(mix(hash21(i), hash21(i + vec2(1, 0)), f.x), mix(hash21(i + vec2(0, 1)), hash21(i + vec2(1, 1)), f.x), f.y);
}
`

/** Light left by drifting clouds at a place, 1 in full sun. */
export const CLOUD_SHADOW = /* glsl */ `
float cloudShadow(vec2 place) {
  vec2 p = (place + vec2(1.1, 0.5) * uTime * uMotion) * 0.043;
  float cover = softNoise(p) * 0.65 + softNoise(p * 2.3 + 7.0) * 0.35;
  return 1.0 - 0.5 * smoothstep(0.52, 0.72, cover);
}
`

export const FOG = /* glsl */ `
vec3 throughAir(vec3 light, vec3 place) {
  float away = distance(place.xz, uFogCentre.xz);
  float haze = smoothstep(uFogRange.x, uFogRange.y, away) * 0.85;
  float below = smoothstep(-0.6, -4.4, place.y);
  vec3 seen = mix(light, uFog, max(haze, below * 0.92));
  return max(vec3(0.0), mix(vec3(dot(seen, vec3(0.2126, 0.7152, 0.0722))), seen, uSaturation));
}
`

/** Swells in place while the wave passes: 0 not there yet, 1 settled. */
export const ASSEMBLY = /* glsl */ `
float assembled(vec2 pivotPlace) {
  float jitter = fract(sin(dot(floor(pivotPlace), vec2(12.9898, 78.233))) * 43758.5453);
  float t = clamp((uWave - distance(pivotPlace, uWaveCentre) - jitter * 2.5) / 5.0, 0.0, 1.0);
  return 1.0 - pow(1.0 - t, 3.0);
}
`
