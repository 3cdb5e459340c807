import { expect, test } from 'vitest'
import { afterFrame, FULL_QUALITY, type QualityState, resolutionOf, SLOW_FOR_MS } from './quality.ts'

function frames(state: QualityState, elapsedMs: number, forMs: number): QualityState {
  let now = state
  for (let passed = 0; passed < forMs; passed += elapsedMs) now = afterFrame(now, elapsedMs)
  return now
}

test('quick frames change nothing', () => {
  expect(frames(FULL_QUALITY, 16, 60_000).quality).toBe(0)
})

test('slow frames drop one step at a time, down to the last', () => {
  const once = frames(FULL_QUALITY, 60, SLOW_FOR_MS * 1.6)
  expect(once.quality).toBe(1)
  expect(frames(once, 60, 120_000).quality).toBe(4)
})

test('a stutter or a hidden tab is not slowness', () => {
  expect(frames(frames(FULL_QUALITY, 60, 1_000), 16, 5_000).quality).toBe(0)
  const back = afterFrame(FULL_QUALITY, 600_000)
  expect(frames(back, 16, 5_000).quality).toBe(0)
})

test('a machine that draws one frame a second goes to the least at once', () => {
  let state = FULL_QUALITY
  for (let frame = 0; frame < 10; frame += 1) state = afterFrame(state, 1_000)
  expect(state.quality).toBe(4)
})

test('resolution goes last', () => {
  expect([0, 1, 2, 3, 4].map(q => resolutionOf(q as 0))).toEqual([1, 1, 1, 0.75, 0.5])
})
