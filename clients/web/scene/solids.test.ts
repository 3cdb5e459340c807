import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MeshBuilder } from './mesh-builder.ts'
import { flawsOf, turnedAway } from './mesh-checks.ts'
import { PALETTE } from './palette.ts'
import { blob, box, lathe } from './solids.ts'

const length = fc.double({ min: 0.05, max: 3, noNaN: true })
const turn = fc.double({ min: -7, max: 7, noNaN: true })

test('boxes are closed to the eye at every size, bevel and turn', () => {
  fc.assert(
    fc.property(length, length, length, fc.double({ min: 0, max: 0.3, noNaN: true }), turn, (w, h, d, bevel, yaw) => {
      const mesh = new MeshBuilder()
      mesh.place(10, 1, 10, yaw)
      box(mesh, [0, 0, 0], [w, h, d], PALETTE.clay, { bevel, floating: true })
      const data = mesh.build()
      expect(flawsOf(data)).toEqual([])
      expect(turnedAway(data)).toBe(0)
    }),
  )
})

test('turned bodies and lumps face outwards', () => {
  fc.assert(
    fc.property(length, length, fc.integer({ min: 3, max: 16 }), fc.integer(), (r, h, sides, seed) => {
      const mesh = new MeshBuilder()
      lathe(
        mesh,
        0,
        0,
        [
          { y: 0, r, c: PALETTE.moss },
          { y: h, r: r * 0.5, c: PALETTE.moss },
        ],
        sides,
        { caps: 'both' },
      )
      expect(turnedAway(mesh.build())).toBe(0)
      for (const faceted of [false, true]) {
        const lump = new MeshBuilder()
        blob(
          lump,
          [0, 1, 0],
          [r, r * 0.8, r],
          { low: PALETTE.pine, high: PALETTE.moss },
          { segments: Math.max(5, sides), seed, faceted, roughness: 0.1 },
        )
        expect(flawsOf(lump.build())).toEqual([])
        expect(turnedAway(lump.build())).toBe(0)
      }
    }),
  )
})

test('a face shows the same side whichever way round its corners are given', () => {
  const corners: [number, number, number][] = [
    [0, 0, 0],
    [1, 0, 0],
    [1, 0, 1],
    [0, 0, 1],
  ]
  for (const order of [corners, [...corners].reverse()]) {
    const mesh = new MeshBuilder()
    mesh.face(order, [0, 1, 0], PALETTE.sand)
    expect(turnedAway(mesh.build())).toBe(0)
  }
})
