import { DIRECTIONS, type ObjectTypeName, sizeOf, type WorldObject } from '@worldloom/capabilities/geography'
import { type Draw, FURNITURE } from './furniture.ts'
import { buildRoof } from './houses.ts'
import type { Land } from './land.ts'
import { LANDMARKS } from './landmarks.ts'
import { LANTERNS } from './lanterns.ts'
import { MARKET } from './market.ts'
import { KIND, type MeshBuilder } from './mesh-builder.ts'
import { MONUMENTS } from './monuments.ts'
import { hash, hashText } from './noise.ts'
import { PALETTE } from './palette.ts'
import { bush, flowers, grassTuft, mushrooms, reed, rock } from './plants.ts'
import type { Rooms } from './rooms.ts'
import { birch, log, oak, pine, stump, willow } from './trees.ts'

const GROWING: Readonly<Partial<Record<ObjectTypeName, Draw>>> = {
  'tree-oak': (mesh, { seed }) => oak(mesh, seed),
  'tree-birch': (mesh, { seed }) => birch(mesh, seed),
  'tree-pine': (mesh, { seed }) => pine(mesh, seed),
  'tree-willow': (mesh, { seed }) => willow(mesh, seed),
  bush: (mesh, { seed }) => bush(mesh, seed),
  flower: (mesh, { seed }) => flowers(mesh, seed, 7),
  'grass-tuft': (mesh, { seed }) => grassTuft(mesh, seed, 10, 1.25),
  reed: (mesh, { seed }) => reed(mesh, seed),
  mushroom: (mesh, { seed }) => mushrooms(mesh, seed),
  rock: (mesh, { seed }) => rock(mesh, seed),
  boulder: (mesh, { seed, width }) => rock(mesh, seed, width * 1.05),
  log: (mesh, { seed, width }) => log(mesh, width, seed),
  stump: (mesh, { seed }) => stump(mesh, seed),
}
const DRAWS: Readonly<Partial<Record<ObjectTypeName, Draw>>> = {
  ...GROWING,
  ...FURNITURE,
  ...LANDMARKS,
  ...LANTERNS,
  ...MARKET,
  ...MONUMENTS,
}

/** Trees of one family differ in size; things people made do not. */
const varies = (type: ObjectTypeName) => type.startsWith('tree-') || type === 'bush' || type === 'rock'

const SMALL = new Set<ObjectTypeName>([
  'bush',
  'rock',
  'bench',
  'crate',
  'barrel',
  'log',
  'stump',

  'flower',
  'grass-tuft',
  'reed',
  'mushroom',
  'plant',
  'cushion',
  'rug',
  'stool',
  'chair',
])

/** True for what nobody misses from afar. */
export const isSmall = (object: WorldObject): boolean => SMALL.has(object.type)

/** Draws one object of a World file where it stands. `number` is 1 + its index in the file. */
export function buildObject(mesh: MeshBuilder, land: Land, rooms: Rooms, object: WorldObject, number: number): void {
  const { x, y } = object.position
  const size = sizeOf(object)
  const seed = hashText(object.id)
  mesh.object = number
  mesh.sway = 0
  mesh.mark = 0
  if (object.type === 'house') {
    mesh.room = rooms.list.find(room => room.object === object)?.number ?? 0
    mesh.place(x, Math.max(-4, land.topAt(Math.floor(x), Math.floor(y))), y)
    // Roofs are scenery: lighting one up with its whole house would say that it can be used.
    mesh.object = 0
    buildRoof(mesh, size.width, size.height, object.tone, seed)
    mesh.room = 0
    return
  }
  const draw = DRAWS[object.type]
  if (!draw) return
  const isWild = GROWING[object.type] !== undefined
  const facing = object.facing ?? 's'
  const yaw = isWild ? hash(seed, 3) * Math.PI * 2 : (DIRECTIONS.indexOf(facing) - 4) * (Math.PI / 4)
  const isTurned = facing === 'e' || facing === 'w'
  const grown = varies(object.type) ? 0.86 + hash(seed, 4) * 0.34 : 1
  mesh.room = rooms.at(Math.floor(x), Math.floor(y))
  const floats = object.type === 'boat' || object.type === 'reed'
  const surface = floats ? land.surfaceAt(Math.floor(x), Math.floor(y)) : undefined
  mesh.as(KIND.low).place(x, surface ?? land.feetAt(x, y), y, yaw, grown)
  draw(mesh, {
    width: isTurned && !isWild ? size.height : size.width,
    depth: isTurned && !isWild ? size.width : size.height,
    tone: PALETTE[object.tone ?? 'clay'],
    seed,
  })
  mesh.room = 0
  mesh.object = 0
}
