import { InstancedBufferAttribute, InstancedMesh, type Material, Matrix4, type Object3D } from 'three'
import type { DoorState } from './api.ts'
import { toGeometry } from './chunks.ts'
import type { LampLight } from './lamps.ts'
import type { Land } from './land.ts'
import { KIND, MeshBuilder, type MeshData, PATTERN, PIVOT_Y_OFFSET } from './mesh-builder.ts'
import { colour, scale, WOOD } from './palette.ts'
import type { Rooms } from './rooms.ts'
import { box } from './solids.ts'
import { DOOR_HEAD } from './walls.ts'

const OPEN_ANGLE = 1.75
const SWING_MS = 110
const JAMB = 0.1

/** A leaf of boards one metre wide, its hinge at the origin, lying along +x. */
export function buildLeaf(): MeshData {
  const mesh = new MeshBuilder()
  mesh.place(0, 0, 0).as(KIND.wall, PATTERN.soft)
  const boards = 5
  for (let i = 0; i < boards; i += 1) {
    const shade = scale(WOOD.light, 0.86 + ((i * 7) % 5) * 0.05)
    box(mesh, [(i + 0.5) / boards, 0.04, 0], [1 / boards - 0.014, DOOR_HEAD - 0.08, 0.07], shade, { foot: 0.8 })
  }
  for (const y of [0.36, 1.5]) box(mesh, [0.5, y, 0], [0.98, 0.12, 0.1], WOOD.dark, { foot: 1, floating: true })
  for (const z of [-0.06, 0.06])
    box(mesh, [0.86, 0.92, z], [0.06, 0.14, 0.05], colour('#C9A24E'), { foot: 1, floating: true })
  return mesh.build()
}

interface Leaf {
  readonly door: string
  readonly x: number
  readonly y: number
  readonly z: number
  readonly yaw: number
  readonly length: number
  /** Which way it opens. */
  readonly sense: 1 | -1
  angle: number
  goal: number
}

/** Every door of a world as one instanced draw call; leaves turn on their hinges. */
export function createDoors(parent: Object3D, material: Material, land: Land, rooms: Rooms, lamps: LampLight) {
  const leaves: Leaf[] = land.geography.doors.flatMap(door => {
    const { x, y, width, height } = door.bounds
    const span = door.alongX ? width : height
    const y0 = land.deckAt(x, y) ?? Math.max(-4, land.topAt(x, y))
    const isInside = door.alongX ? rooms.at(x, y - 1) > 0 : rooms.at(x + 1, y) > 0
    const sense = isInside ? 1 : -1
    const angle = door.open ? OPEN_ANGLE * sense : 0
    const base = { door: door.id, y: y0, angle, goal: angle }
    const yaw = door.alongX ? 0 : -Math.PI / 2
    const [cx, cz] = door.alongX ? [x, y + 0.5] : [x + 0.5, y]
    const at = (along: number) => (door.alongX ? { x: cx + along, z: cz } : { x: cx, z: cz + along })
    if (span < 2) return [{ ...base, ...at(JAMB), yaw, length: span - JAMB * 2, sense }]
    const half = span / 2 - JAMB
    return [
      { ...base, ...at(JAMB), yaw, length: half, sense },
      {
        ...base,
        ...at(span - JAMB),
        yaw: yaw + Math.PI,
        length: half,
        sense: -sense as 1 | -1,
        angle: -angle,
        goal: -angle,
      },
    ] satisfies Leaf[]
  })
  if (leaves.length === 0) return undefined
  const geometry = toGeometry(buildLeaf())
  const pivots = new Uint16Array(leaves.length * 4)
  const traits = new Float32Array(leaves.length * 2)
  const firstNumber = land.geography.file.objects.length + 1
  leaves.forEach((leaf, i) => {
    const index = land.geography.doors.findIndex(door => door.id === leaf.door)
    const { bounds } = land.geography.doors[index] ?? { bounds: { x: 0, y: 0 } }
    pivots.set(
      [(bounds.x + 0.5) * 64, (bounds.y + 0.5) * 64, (leaf.y + PIVOT_Y_OFFSET) * 64, firstNumber + index],
      i * 4,
    )
    traits.set([rooms.at(bounds.x, bounds.y), lamps.at(bounds.x + 0.5, bounds.y + 0.5)], i * 2)
  })
  geometry.setAttribute('pivot', new InstancedBufferAttribute(pivots, 4))
  geometry.setAttribute('doorTrait', new InstancedBufferAttribute(traits, 2))
  const mesh = new InstancedMesh(geometry, material, leaves.length)
  mesh.frustumCulled = false
  mesh.receiveShadow = true
  parent.add(mesh)
  const matrix = new Matrix4()
  const stretch = new Matrix4()

  function put(leaf: Leaf, i: number) {
    matrix.makeRotationY(leaf.yaw + leaf.angle).setPosition(leaf.x, leaf.y, leaf.z)
    matrix.multiply(stretch.makeScale(leaf.length, 1, 1))
    mesh.setMatrixAt(i, matrix)
    mesh.instanceMatrix.needsUpdate = true
  }
  leaves.forEach(put)

  return {
    numberOf(id: string): number {
      const index = land.geography.doors.findIndex(door => door.id === id)
      return index < 0 ? 0 : firstNumber + index
    },
    set(doors: ReadonlyMap<string, DoorState>) {
      for (const leaf of leaves) {
        const state = doors.get(leaf.door) ?? (land.geography.door(leaf.door)?.open ? 'open' : 'shut')
        leaf.goal = state === 'open' ? OPEN_ANGLE * leaf.sense : 0
      }
    },
    update(elapsedMs: number, reducedMotion: boolean) {
      leaves.forEach((leaf, i) => {
        const left = leaf.goal - leaf.angle
        if (left === 0) return
        leaf.angle =
          reducedMotion || Math.abs(left) < 0.004
            ? leaf.goal
            : leaf.angle + left * (1 - Math.exp(-elapsedMs / SWING_MS))
        put(leaf, i)
      })
    },
    dispose() {
      parent.remove(mesh)
      geometry.dispose()
      mesh.dispose()
    },
  }
}
