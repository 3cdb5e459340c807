import { describe, expect, it } from 'vitest'
import { facingTowards, limited, onGround } from './heading.ts'
import { actionOf, walks, wishOf } from './keys.ts'
import { THUMB_TRAVEL_PX, thumb } from './thumb.ts'

describe('keys', () => {
  it.each([
    ['KeyW', [0, -1]],
    ['KeyW KeyD', [1, -1]],
    ['ArrowUp KeyW', [0, -1]],
    ['KeyA KeyD', [0, 0]],
    ['KeyQ', [0, 0]],
    ['', [0, 0]],
  ])('%s', (codes, [x, y]) => {
    expect(wishOf(codes.split(' '))).toEqual({ x, y })
  })

  it('do things by their place', () => {
    expect(actionOf('KeyF')).toBe('interact')
    expect(actionOf('constructor')).toBeUndefined()
    expect(walks('ArrowLeft')).toBe(true)
    expect(walks('toString')).toBe(false)
  })
})

describe('headings', () => {
  it.each([
    [0, -1, 0],
    [1, -1, 1],
    [1, 0, 2],
    [0, 1, 4],
    [-1, 0, 6],
    [-1, -1, 7],
    [-0.1, -1, 0],
  ])('(%d, %d) is eighth %i', (x, y, facing) => {
    expect(facingTowards(x, y)).toBe(facing)
  })

  it('two keys are no faster than one', () => {
    const { x, y } = limited({ x: 1, y: -1 })
    expect(Math.hypot(x, y)).toBeCloseTo(1)
    expect(limited({ x: 0.3, y: 0 })).toEqual({ x: 0.3, y: 0 })
  })

  it.each([
    [0, [0, -1]],
    [1, [1, 0]],
    [2, [0, 1]],
    [3, [-1, 0]],
  ])('up on the screen after %i quarter turns', (quarters, [x = 0, y = 0]) => {
    const up = onGround({ x: 0, y: -1 }, (quarters * Math.PI) / 2)
    expect(up.x).toBeCloseTo(x)
    expect(up.y).toBeCloseTo(y)
  })
})

describe('the thumb stick', () => {
  it('has a dead middle, a soft range, and an end', () => {
    expect(thumb({ x: 5, y: 5 }).wish).toEqual({ x: 0, y: 0 })
    expect(thumb({ x: 28, y: 0 }).wish.x).toBeCloseTo(0.5)
    const far = thumb({ x: 300, y: -400 })
    expect(Math.hypot(far.knob.x, far.knob.y)).toBeCloseTo(THUMB_TRAVEL_PX)
    expect(far.wish.x).toBeCloseTo(0.6)
    expect(far.wish.y).toBeCloseTo(-0.8)
  })
})
