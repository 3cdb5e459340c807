import type { WorldFile } from '@worldloom/capabilities/geography'
import { expect, test } from 'vitest'
import { spreadLamps } from './lamps.ts'
import { surveyLand } from './land.ts'
import { stageWorld } from './stage-world.ts'

/** A strip of grass with a lamp in its west and something standing in its middle. */
function strip(standing: 'wall-stone' | 'window-stone' | undefined): WorldFile {
  const rows = ['ggggggggg', 'ggggggggg', 'ggggggggg']
  const wall = rows.map(() => (standing ? '....x....' : '.........'))
  return {
    ...stageWorld(),
    map: {
      width: 9,
      height: 3,
      layers: [
        { id: 'ground', legend: { g: 'grass' }, rows },
        { id: 'standing', legend: { x: standing ?? 'fence' }, rows: wall },
      ],
      heights: ['000000000', '000000000', '000000000'],
    },
    doors: [],
    objects: [{ id: 'lamp', type: 'lamp', position: { x: 2.5, y: 1.5 } }],
    regions: [
      { id: 'strip', name: 'Strip', bounds: [{ x: 0, y: 0, width: 9, height: 3 }], neighbours: [], ground: 50 },
    ],
    spawnPoints: [{ id: 'start', position: { x: 1.5, y: 1.5 } }],
  }
}
const lightOf = (file: WorldFile) => spreadLamps(surveyLand(file), [])

test('light fades with the way it goes', () => {
  const light = lightOf(strip(undefined))
  expect(light.at(2.5, 1.5)).toBeGreaterThan(0.8)
  expect(light.at(4.5, 1.5)).toBeLessThan(light.at(3.5, 1.5))
  expect(light.at(6.5, 1.5)).toBeGreaterThan(0)
})

test('walls stop light and windows let it through', () => {
  expect(lightOf(strip('wall-stone')).at(6.5, 1.5)).toBe(0)
  expect(lightOf(strip('window-stone')).at(6.5, 1.5)).toBeGreaterThan(0)
})

test('light is weaker far above the ground', () => {
  const { sample } = lightOf(strip(undefined))
  expect(sample(3, 4, 1.5, 0, 0)).toBeLessThan(sample(3, 0, 1.5, 0, 0))
})
