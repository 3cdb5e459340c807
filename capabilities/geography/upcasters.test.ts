import { expect, test } from 'vitest'
import { readWorldFile } from './reading.ts'
import { upcast } from './upcasters.ts'
import { WORLD_FORMAT_VERSION } from './world-file.ts'

/** A whole World file of format 0, as it was written: one rectangle as bounds, no overrides, the name on top. */
const FORMAT_0 = {
  formatVersion: 0,
  id: 'draft',
  name: 'The Draft',
  meta: { author: 'Someone' },
  map: {
    width: 3,
    height: 2,
    layers: [{ id: 'ground', legend: { g: 'grass' }, rows: ['ggg', 'ggg'] }],
    heights: ['000', '000'],
  },
  regions: [{ id: 'all', name: 'All', bounds: { x: 0, y: 0, width: 3, height: 2 }, neighbours: [], ground: 40 }],
  zones: [{ id: 'west', name: 'West', type: 'TeamArea', region: 'all', bounds: { x: 0, y: 0, width: 1, height: 2 } }],
  doors: [],
  objects: [],
  spawnPoints: [{ id: 'start', position: { x: 0.5, y: 0.5 } }],
}

test('a file of format 0 reads as the newest format', () => {
  const { world, problems } = readWorldFile(JSON.stringify(FORMAT_0))
  expect(problems).toEqual([])
  expect(world?.formatVersion).toBe(WORLD_FORMAT_VERSION)
  expect(world?.meta).toEqual({ author: 'Someone', name: 'The Draft' })
  expect(world?.zones[0]?.bounds).toEqual([{ x: 0, y: 0, width: 1, height: 2 }])
  expect(world?.zones[0]?.overrides).toEqual({})
})

test('the newest format passes unchanged', () => {
  const file = { formatVersion: WORLD_FORMAT_VERSION, anything: 1 }
  expect(upcast(file)).toBe(file)
})

test('a newer or senseless format is refused in words', () => {
  expect(() => upcast({ formatVersion: WORLD_FORMAT_VERSION + 1 })).toThrow(/Update the server/)
  for (const formatVersion of [undefined, -1, 0.5, '1', null, Number.NaN]) {
    expect(() => upcast({ formatVersion })).toThrow(/formatVersion/)
  }
})

test('malformed files of old formats are left to the schema', () => {
  for (const zones of [undefined, 7, [7], [{}], [{ bounds: 7 }]]) {
    expect(readWorldFile(JSON.stringify({ ...FORMAT_0, zones })).problems[0]?.code).toBe('shape')
  }
})
