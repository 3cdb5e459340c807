import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawnWorld } from './ground.fixture.ts'
import { groundOf, rounded } from './ground.ts'
import { stride } from './stride.ts'

const room = groundOf(
  drawnWorld([
    '########', //
    '#......#',
    '#..##..#',
    '#......#',
    '########',
  ]),
  () => ({ shut: new Set(), taken: new Set() }),
)

describe('stride', () => {
  it('goes straight over free ground', () => {
    expect(stride(room, { x: 96, y: 96 }, { x: 1, y: 0 }, 40)).toEqual({ x: 136, y: 96 })
  })

  it('slides along a wall instead of sticking to it', () => {
    const along = stride(room, { x: 96, y: 80 }, { x: Math.SQRT1_2, y: -Math.SQRT1_2 }, 64)
    expect(along.y).toBe(80)
    expect(along.x).toBeGreaterThan(130)
  })

  it('stops in a corner', () => {
    const corner = stride(room, { x: 80, y: 80 }, { x: -1, y: -1 }, 64)
    expect(rounded(corner)).toEqual({ x: 80, y: 80 })
  })

  it('never stands where the server would not have it, whatever the wish', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ turn: fc.integer({ min: 0, max: 359 }), length: fc.integer({ min: 0, max: 70 }) }), {
          maxLength: 60,
        }),
        steps => {
          let at = { x: 96, y: 96 }
          for (const { turn, length } of steps) {
            const angle = (turn * Math.PI) / 180
            at = stride(room, at, { x: Math.cos(angle), y: Math.sin(angle) }, length)
            expect(room.clear(rounded(at), rounded(at))).toBe(true)
          }
        },
      ),
    )
  })
})
