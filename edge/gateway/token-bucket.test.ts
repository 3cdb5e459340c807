import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TokenBucket } from './token-bucket.ts'

test('never lets through more than the burst and what has flowed in', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(500), { maxLength: 300 }), gaps => {
      const bucket = new TokenBucket(10, 5, 0)
      let now = 0
      let passed = 0
      for (const gap of gaps) {
        now += gap
        if (bucket.take(now)) passed += 1
      }
      expect(passed).toBeLessThanOrEqual(5 + now / 100)
    }),
  )
})

test('goes one burst into debt, and recovers', () => {
  const bucket = new TokenBucket(10, 2, 0)
  expect([1, 2, 3].map(() => bucket.take(0))).toEqual([true, true, false])
  expect(bucket.exhausted).toBe(false)
  bucket.take(0)
  expect(bucket.exhausted).toBe(true)
  for (let more = 0; more < 100; more++) bucket.take(0)
  expect(bucket.take(400)).toBe(true)
})

test('a clock set back takes nothing away', () => {
  const bucket = new TokenBucket(1, 3, 1_000)
  bucket.take(1_000)
  expect(bucket.take(0)).toBe(true)
  expect(bucket.take(0)).toBe(true)
})
