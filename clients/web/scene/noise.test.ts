import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dice, hash, smoothNoise } from './noise.ts'

test('hash is the same at each call, in [0, 1), and spread evenly', () => {
  const buckets = new Array<number>(10).fill(0)
  for (let x = 0; x < 100; x += 1) {
    for (let y = 0; y < 100; y += 1) {
      const n = hash(x, y, 7)
      expect(n).toBe(hash(x, y, 7))
      const bucket = Math.floor(n * 10)
      buckets[bucket] = (buckets[bucket] ?? 0) + 1
    }
  }
  for (const count of buckets) expect(count).toBeGreaterThan(850)
})

test('smooth noise has no jumps', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -200, max: 200, noNaN: true }),
      fc.double({ min: -200, max: 200, noNaN: true }),
      (x, y) => {
        expect(Math.abs(smoothNoise(x, y) - smoothNoise(x + 0.01, y))).toBeLessThan(0.03)
        expect(Math.abs(smoothNoise(x, y) - smoothNoise(x, y + 0.01))).toBeLessThan(0.03)
      },
    ),
  )
})

test('two streams of dice with one seed agree; other seeds differ', () => {
  const rolls = (seed: number) => {
    const roll = dice(seed)
    return Array.from({ length: 20 }, roll)
  }
  expect(rolls(5)).toEqual(rolls(5))
  expect(rolls(5)).not.toEqual(rolls(6))
})
