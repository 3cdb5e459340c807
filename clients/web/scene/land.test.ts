import { expect, test } from 'vitest'
import { STEP_HEIGHT, surveyLand } from './land.ts'
import { stageWorld } from './stage-world.ts'

const land = surveyLand(stageWorld())
const tiles = Array.from(
  { length: land.width * land.height },
  (_, i) => [i % land.width, Math.floor(i / land.width)] as const,
)

test('water lies below its banks and above its bed', () => {
  for (const [column, row] of tiles) {
    const surface = land.surfaceAt(column, row)
    if (surface === undefined) continue
    expect(surface).toBeGreaterThan(land.topAt(column, row))
    if (land.kindAt(column, row) !== 'bridge')
      expect(surface).toBeLessThan(land.geography.heightAt(column, row) * STEP_HEIGHT)
  }
})

test('one walks on a bridge, not in the water below it', () => {
  const bridge = tiles.find(([column, row]) => land.kindAt(column, row) === 'bridge')
  if (!bridge) throw new Error('the stage has no bridge')
  const [column, row] = bridge
  expect(land.surfaceAt(column, row)).toBeDefined()
  expect(land.feetAt(column + 0.5, row + 0.5)).toBeGreaterThan(land.surfaceAt(column, row) ?? Number.POSITIVE_INFINITY)
})

test('feet never jump more than a step between neighbouring places', () => {
  for (let x = 2; x < 20; x += 0.05) {
    expect(Math.abs(land.feetAt(x, 16.5) - land.feetAt(x + 0.05, 16.5))).toBeLessThanOrEqual(STEP_HEIGHT)
  }
})

test('outside the map feet are at zero and there is no ground', () => {
  expect(land.feetAt(-4, 5)).toBe(0)
  expect(land.topAt(-1, 0)).toBe(Number.NEGATIVE_INFINITY)
})
