import { uuidFrom } from '@worldloom/contract'
import { expect, test } from 'vitest'
import { AcceptedIds, packId, unpackId } from './accepted-ids.ts'

const id = (at: number, n = 0) => uuidFrom(at, 1, 2, n)
const NOW = 1_000_000

test('remembers where an id was accepted, for as long as it may come back', () => {
  const ids = new AcceptedIds(1_000, 10)
  ids.add(id(NOW), 7)
  expect(ids.positionOf(id(NOW))).toBe(7)
  ids.prune(NOW + 1_001)
  expect(ids.size).toBe(0)
  expect(() => ids.check(id(NOW), NOW + 1_001)).toThrow(expect.objectContaining({ code: 'too-old' }))
})

test('under load the window gets shorter, never forgetful: what it forgot it refuses', () => {
  const ids = new AcceptedIds(1_000_000, 3)
  for (let n = 0; n < 5; n++) ids.add(id(NOW + n, n), n + 1)
  expect(ids.size).toBe(3)
  for (let n = 0; n < 2; n++) {
    expect(ids.positionOf(id(NOW + n, n))).toBeUndefined()
    expect(() => ids.check(id(NOW + n, n), NOW + 5)).toThrow(expect.objectContaining({ code: 'too-old' }))
  }
  expect(() => ids.check(id(NOW + 4, 9), NOW + 5)).not.toThrow()
})

test('an id from more than 30 s ahead is a clock gone wrong', () => {
  const ids = new AcceptedIds()
  expect(() => ids.check(id(NOW + 30_000), NOW)).not.toThrow()
  expect(() => ids.check(id(NOW + 30_001), NOW)).toThrow(expect.objectContaining({ code: 'clock-skew' }))
})

test('packs ids into sixteen bytes and back; zeros are no id', () => {
  const bytes = new Uint8Array(48)
  packId(id(NOW, 5), bytes, 16)
  expect(unpackId(bytes, 16)).toBe(id(NOW, 5))
  expect(unpackId(bytes, 0)).toBeUndefined()
})

test('a clock that is set back does not bring back ids that were forgotten', () => {
  const ids = new AcceptedIds(1_000, 10)
  ids.add(id(NOW), 7)
  ids.prune(NOW + 1_001)
  expect(() => ids.check(id(NOW), NOW + 500)).toThrow(expect.objectContaining({ code: 'too-old' }))
})
