import {
  BufferAttribute,
  DynamicDrawUsage,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  InterleavedBuffer,
  InterleavedBufferAttribute,
  Mesh,
  MeshLambertMaterial,
  type Object3D,
} from 'three'
import type { SceneAvatar } from './api.ts'
import { buildAvatar, JOINTS } from './avatar-shape.ts'
import { createContactShadows } from './contact-shadows.ts'
import type { MeshData } from './mesh-builder.ts'
import { type Colour, colour } from './palette.ts'
import { CLOUD_SHADOW, FOG, NOISE, UNIFORMS } from './shader-parts.ts'
import type { SceneUniforms } from './uniforms.ts'

/** Drawn at once; the nearest to the middle of the picture come first. */
export const AVATARS_MAX = 512

const SKIN: readonly Colour[] = ['#F3D7BD', '#E8BE9A', '#C99672', '#9A6B4E'].map(colour)
const POSE_MS = 140
const FAR_SPAN = 34
const CROWD = 48

const VERTEX_PARS = /* glsl */ `
attribute vec4 trait;
attribute vec4 iPlace;
attribute vec4 iPose;
attribute vec4 iLife;
attribute vec3 iBody;
attribute vec3 iAccent;
attribute vec3 iSkin;
varying vec3 vPlace;
varying vec2 vLight;
${UNIFORMS}
${NOISE}
${CLOUD_SHADOW}
mat3 aroundX(float a) { float s = sin(a), c = cos(a); return mat3(1, 0, 0, 0, c, s, 0, -s, c); }
mat3 aroundY(float a) { float s = sin(a), c = cos(a); return mat3(c, 0, -s, 0, 1, 0, s, 0, c); }
mat3 aroundZ(float a) { float s = sin(a), c = cos(a); return mat3(c, s, 0, -s, c, 0, 0, 0, 1); }

/** Where a part's vertex goes in the pose: walk, sit, wave, sing in 0–1. */
void pose(inout vec3 at, inout vec3 normal) {
  float part = floor(trait.x + 0.5);
  float walk = iPose.x, sit = iPose.y, wave = iPose.z, sing = iPose.w;
  float stride = sin(iLife.x), seed = iLife.y;
  float breath = sin(uTime * 1.9 + seed) * uMotion;
  float side = part == 2.0 || part == 4.0 ? 1.0 : -1.0;
  mat3 turn = mat3(1.0);
  vec3 joint = vec3(0.0);
  if (part == 4.0 || part == 5.0) {
    joint = vec3(side * ${JOINTS.hipOut}, ${JOINTS.hip}, 0.0);
    turn = aroundX(stride * side * 0.75 * walk - 1.45 * sit);
  } else if (part == 2.0 || part == 3.0) {
    joint = vec3(side * ${JOINTS.shoulderOut}, ${JOINTS.shoulder.toFixed(1)}, 0.0);
    float swing = -stride * side * 0.7 * walk - 0.45 * sit - (0.5 + 0.08 * sin(uTime * 2.2 + seed)) * sing;
    float lift = side * (0.1 + 0.02 * breath + 0.75 * sing);
    if (part == 3.0) lift -= wave * (2.45 + 0.28 * sin(uTime * 9.0));
    turn = aroundZ(lift) * aroundX(swing);
  } else if (part == 1.0) {
    joint = vec3(0.0, ${JOINTS.neck}, 0.0);
    float look = sin(uTime * 0.37 + seed * 3.0) * sin(uTime * 0.23 + seed) * 0.35 * (1.0 - walk) * uMotion;
    turn = aroundX(-0.22 * sing + 0.02 * breath) * aroundZ(0.09 * sing * sin(uTime * 1.6 + seed)) * aroundY(look);
  }
  at = joint + turn * (at - joint);
  normal = turn * normal;
  float lean = 0.09 * walk;
  mat3 bend = aroundX(lean) * aroundZ(0.04 * stride * walk);
  at = bend * at;
  normal = bend * normal;
  at.y += abs(cos(iLife.x)) * 0.055 * walk - 0.07 * sit + 0.008 * breath * step(0.4, at.y) + 0.025 * sing * sin(uTime * 3.2 + seed);
}
`

/** Everybody in the picture: one draw call for the people, one for the shadows below their feet. */
export function createAvatars(parent: Object3D, uniforms: SceneUniforms) {
  const near = createBody(buildAvatar(true))
  const far = createBody(buildAvatar(false))
  const attribute = (name: string, size: number) => {
    const made = new InstancedBufferAttribute(new Float32Array(AVATARS_MAX * size), size)
    made.setUsage(DynamicDrawUsage)
    for (const geometry of [near, far]) geometry.setAttribute(name, made)
    return made
  }
  const places = attribute('iPlace', 4)
  const poses = attribute('iPose', 4)
  const lives = attribute('iLife', 4)
  const bodies = attribute('iBody', 3)
  const accents = attribute('iAccent', 3)
  const skins = attribute('iSkin', 3)

  const material = new MeshLambertMaterial({ vertexColors: true })
  material.onBeforeCompile = shader => {
    Object.assign(shader.uniforms, uniforms)
    shader.vertexShader = shader.vertexShader
      .replace('#include <common>', `#include <common>\n${VERTEX_PARS}`)
      .replace(
        '#include <color_vertex>',
        /* glsl */ `#include <color_vertex>
        float slot = floor(trait.w + 0.5);
        vec3 own = slot < 0.5 ? iBody : slot < 1.5 ? iAccent : slot < 2.5 ? iSkin : mix(iBody * 0.22, vec3(0.025, 0.024, 0.032), trait.x == 1.0 ? 1.0 : 0.55);
        vColor.rgb = vColor.rgb * vColor.rgb * own * mix(0.6, 1.0, vColor.a);`,
      )
      .replace(
        '#include <beginnormal_vertex>',
        /* glsl */ `
        vec3 posed = position;
        vec3 objectNormal = normal;
        pose(posed, objectNormal);
        mat3 facing = aroundY(iPlace.w);
        objectNormal = facing * objectNormal;`,
      )
      .replace(
        '#include <begin_vertex>',
        /* glsl */ `vec3 transformed = facing * posed + iPlace.xyz;
        vPlace = transformed;
        vLight = vec2(iLife.z, cloudShadow(iPlace.xz));`,
      )
    shader.fragmentShader = shader.fragmentShader
      .replace(
        '#include <common>',
        `#include <common>\nvarying vec3 vPlace;\nvarying vec2 vLight;\n${UNIFORMS}\n${FOG}`,
      )
      .replace('#include <color_fragment>', '#include <color_fragment>\ndiffuseColor.a = 1.0;')
      .replace(
        '#include <emissivemap_fragment>',
        'totalEmissiveRadiance += diffuseColor.rgb * (vec3(1.0, 0.58, 0.26) * vLight.x * uLamps * 1.25 + vec3(0.05, 0.055, 0.08) * uLamps);',
      )
      .replace(
        '#include <lights_fragment_end>',
        '#include <lights_fragment_end>\nreflectedLight.directDiffuse *= vLight.y;',
      )
      .replace(
        '#include <opaque_fragment>',
        'outgoingLight = throughAir(outgoingLight, vPlace);\n#include <opaque_fragment>',
      )
  }
  const mesh = new Mesh(near, material)
  mesh.frustumCulled = false
  mesh.receiveShadow = true

  const contact = createContactShadows(places, uniforms)
  parent.add(contact.mesh, mesh)

  interface Life {
    x: number
    y: number
    feet: number
    facing: number
    phase: number
    readonly pose: [number, number, number, number]
    readonly seed: number
    skin: Colour
    seen: number
  }
  const lives_ = new Map<string, Life>()
  const colours = new Map<string, Colour>()
  const known = (hex: string) => {
    const had = colours.get(hex)
    if (had) return had
    // Colours come from people: keep the memory of them small.
    if (colours.size > 2000) colours.clear()
    const made = colour(hex)
    colours.set(hex, made)
    return made
  }
  let frame = 0

  return {
    update(
      people: readonly SceneAvatar[],
      elapsedMs: number,
      feetAt: (x: number, y: number) => number,
      lampAt: (x: number, y: number) => number,
    ) {
      frame += 1
      const count = Math.min(people.length, AVATARS_MAX)
      const ease = 1 - Math.exp(-elapsedMs / POSE_MS)
      for (let i = 0; i < count; i += 1) {
        const person = people[i]
        if (!person) continue
        const feet = feetAt(person.x, person.y)
        let life = lives_.get(person.id)
        if (!life) {
          const seed = seedOf(person.id)
          life = {
            x: person.x,
            y: person.y,
            feet,
            facing: person.facing,
            phase: seed,
            pose: [0, 0, 0, 0],
            seed,
            skin: SKIN[Math.floor(seed * 7) % SKIN.length] ?? [1, 1, 1],
            seen: frame,
          }
          lives_.set(person.id, life)
        }
        const moved = Math.hypot(person.x - life.x, person.y - life.y)
        life.phase += Math.min(moved, 1) * 4.4
        life.x = person.x
        life.y = person.y
        life.feet += (feet - life.feet) * (Math.abs(feet - life.feet) > 2 ? 1 : 1 - Math.exp(-elapsedMs / 70))
        const around = Math.atan2(Math.sin(person.facing - life.facing), Math.cos(person.facing - life.facing))
        life.facing += around * (1 - Math.exp(-elapsedMs / 70))
        life.seen = frame
        const goal = [
          person.state === 'walking',
          person.state === 'sitting',
          person.state === 'waving',
          person.state === 'singing',
        ]
        for (let p = 0; p < 4; p += 1)
          life.pose[p] = (life.pose[p] ?? 0) + (Number(goal[p]) - (life.pose[p] ?? 0)) * ease
        places.setXYZW(i, person.x, life.feet, person.y, Math.PI - life.facing)
        poses.setXYZW(i, ...life.pose)
        lives.setXYZW(i, life.phase, life.seed * 6.283, lampAt(person.x, person.y), 0)
        bodies.setXYZ(i, ...known(person.look.body))
        accents.setXYZ(i, ...known(person.look.accent))
        skins.setXYZ(i, ...life.skin)
      }
      if (lives_.size > count) for (const [id, life] of lives_) if (life.seen !== frame) lives_.delete(id)
      for (const changed of [places, poses, lives, bodies, accents, skins]) changed.needsUpdate = true
      near.instanceCount = count
      far.instanceCount = count
      contact.setCount(count)
      mesh.visible = count > 0
    },
    /** Fewer triangles a person when the picture is more than `FAR_SPAN` tiles high, or in a crowd. */
    choose(span: number) {
      mesh.geometry = span > FAR_SPAN || near.instanceCount > CROWD ? far : near
    },
    dispose() {
      parent.remove(mesh, contact.mesh)
      near.dispose()
      far.dispose()
      material.dispose()
      contact.dispose()
    },
  }
}

function createBody(data: MeshData): InstancedBufferGeometry {
  const geometry = new InstancedBufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(data.position, 3))
  geometry.setAttribute('normal', new InterleavedBufferAttribute(new InterleavedBuffer(data.normal, 4), 3, 0, true))
  geometry.setAttribute('color', new BufferAttribute(data.colour, 4, true))
  geometry.setAttribute('trait', new BufferAttribute(data.trait, 4))
  geometry.setIndex(new BufferAttribute(data.index, 1))
  geometry.instanceCount = 0
  return geometry
}

function seedOf(id: string): number {
  let h = 17
  for (let i = 0; i < id.length; i += 1) h = (Math.imul(h, 31) + id.charCodeAt(i)) | 0
  return (h >>> 0) / 4294967296
}
