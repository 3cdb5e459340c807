import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileGeography } from './compile.ts'
import { footprintOf } from './footprint.ts'
import { formatWorldFile } from './formatting.ts'
import { comparePublished, displaced } from './publishing.ts'
import { parseWorldFile } from './reading.ts'
import { sampleWorld } from './sample-world.ts'
import { middleOf } from './units.ts'
import { walk } from './walk.ts'
import type { WorldObject, WorldZone } from './world-file.ts'

const PICTURE = [
  '@ggg~ggg', //
  'ggg####g',
  'ggg#gg#@',
  'ggg##+#g',
  'ggggD=gg',
]
const NONE: ReadonlySet<string> = new Set()
const at = (column: number, row: number) => ({ x: middleOf(column), y: middleOf(row) })
const zone = (id: string, type: WorldZone['type'], x: number, y: number, width: number, height: number): WorldZone => ({
  id,
  name: id,
  type,
  region: 'land',
  bounds: [{ x, y, width, height }],
  overrides: {},
})

describe('compileGeography', () => {
  const file = sampleWorld(PICTURE, {
    zones: [
      zone('team', 'TeamArea', 0, 0, 3, 3),
      zone('own', 'PrivateRoom', 0, 0, 1, 1),
      zone('late', 'TeamArea', 2, 2, 2, 2),
    ],
    objects: [
      { id: 'tree', type: 'tree-oak', position: { x: 1.5, y: 3.5 } },
      { id: 'chair', type: 'chair', position: { x: 2.5, y: 3.5 } },
      { id: 'ghost', type: 'table', position: { x: 2.5, y: 4.5 }, solid: false },
    ],
  })
  const geography = compileGeography(file)

  test('is remembered per file', () => {
    expect(compileGeography(file)).toBe(geography)
    expect(compileGeography({ ...file })).not.toBe(geography)
  })

  test('knows what stops people: walls, deep water, solid objects, the outside; not doors, shallows, chairs', () => {
    const solid = [
      [3, 1],
      [4, 4],
      [1, 3],
      [-1, 0],
      [0, -1],
      [8, 0],
      [0, 5],
    ] as const
    const free = [
      [0, 0],
      [4, 0],
      [5, 3],
      [5, 4],
      [2, 3],
      [2, 4],
    ] as const
    for (const [column, row] of solid) expect(geography.isSolid(column, row), `${column}, ${row}`).toBe(true)
    for (const [column, row] of free) expect(geography.isSolid(column, row), `${column}, ${row}`).toBe(false)
  })

  test('a layer may stop people with every tile, or with none', () => {
    const collides = (collision: boolean, kind: 'grass' | 'hedge') => {
      const base = sampleWorld(['gg'])
      const layers = [...base.map.layers, { id: 'more', legend: { x: kind }, rows: ['x.'], collision } as const]
      return compileGeography({ ...base, map: { ...base.map, layers } }).isSolid(0, 0)
    }
    expect([collides(true, 'grass'), collides(false, 'hedge')]).toEqual([true, false])
  })

  test('the more particular zone has a tile; between equals the earlier one', () => {
    expect(geography.zoneAt(0, 0)).toBe('own')
    expect(geography.zoneAt(1, 1)).toBe('team')
    expect(geography.zoneAt(2, 2)).toBe('team')
    expect(geography.zoneAt(3, 3)).toBe('late')
    expect(geography.zoneAt(7, 4)).toBe('default')
    expect(geography.zoneAt(-1, 4)).toBe('default')
    expect(geography.regionAt(7, 4)).toBe('land')
    expect(geography.regionAt(8, 4)).toBe('')
  })

  test('a door lies along the wall it interrupts', () => {
    expect(geography.doorAt(5, 3)).toBe('door-5-3')
    expect(geography.door('door-5-3')?.alongX).toBe(true)
    const turned = compileGeography(sampleWorld(['@#g', 'g+g', 'g#g']))
    expect(turned.door('door-1-1')?.alongX).toBe(false)
  })

  test('arrivals use spawn points in turn and then stand apart', () => {
    expect(geography.spawnFor(0)).toEqual(at(0, 0))
    expect(geography.spawnFor(1)).toEqual(at(7, 2))
    const places = Array.from({ length: 20 }, (_, n) => geography.spawnFor(n))
    expect(new Set(places.map(({ x, y }) => `${x},${y}`)).size).toBe(20)
    for (const place of places) expect(walk(geography, place, place, NONE)).toBeUndefined()
    expect(geography.spawnFor(1_000_000)).toBeDefined()
  })

  test('nearestFree stays where one can stand, else finds the nearest tile one can walk to', () => {
    expect(geography.nearestFree(32, 32)).toEqual({ x: 32, y: 32 })
    // Middle of the wall at (3, 1): up and left are equally near, the northern one wins.
    expect(geography.nearestFree(224, 96)).toEqual(at(3, 0))
    expect(geography.nearestFree(9999, -50)).toEqual(at(7, 0))
  })

  test('nearestFree never ends in a pocket without a way out', () => {
    const pocket = compileGeography(sampleWorld(['@gg####', 'ggg#g##', 'ggg####']))
    expect(pocket.nearestFree(middleOf(4), middleOf(1))).toEqual(at(2, 1))
  })

  test('nearestFree is the nearest of all', () => {
    const tiles = fc.array(fc.constantFrom(...'gg##'), { minLength: 63, maxLength: 63 })
    const place = fc.integer({ min: 0, max: 511 })
    fc.assert(
      fc.property(tiles, place, place, (list, x, y) => {
        const picture = Array.from({ length: 8 }, (_, row) => ['@', ...list].slice(row * 8, row * 8 + 8).join(''))
        const map = compileGeography(sampleWorld(picture))
        const found = map.nearestFree(x, y)
        if (found.x === x && found.y === y) return
        const away = (column: number, row: number) => Math.hypot(middleOf(column) - x, middleOf(row) - y)
        map.cells.reachable.forEach((reachable, tile) => {
          const distance = away(tile % 8, Math.floor(tile / 8))
          if (reachable === 1) expect(Math.hypot(found.x - x, found.y - y)).toBeLessThanOrEqual(distance)
        })
      }),
    )
  })
})

test('a footprint is the tiles whose middles lie under the object', () => {
  const of = (type: WorldObject['type'], x: number, y: number, facing?: 'e') =>
    footprintOf({ id: 'o', type, position: { x, y }, ...(facing ? { facing } : {}) })
  expect(of('table', 2.5, 3.5)).toEqual({ x: 2, y: 3, width: 1, height: 1 })
  expect(of('desk', 5, 4.5)).toEqual({ x: 4, y: 4, width: 2, height: 1 })
  expect(of('desk', 5.5, 4, 'e')).toEqual({ x: 5, y: 3, width: 1, height: 2 })
})

describe('publishing', () => {
  const before = sampleWorld(PICTURE, { zones: [zone('old', 'TeamArea', 0, 0, 1, 1)] })
  const after = sampleWorld(
    PICTURE.map(row => row.replace('+', '#')),
    {
      objects: [{ id: 'tree', type: 'tree-oak', position: { x: 1.5, y: 1.5 } }],
    },
  )

  test('tells what is retired and what is new', () => {
    expect(comparePublished(before, after)).toEqual({
      retired: { regions: [], zones: ['old'], doors: ['door-5-3'], objects: [], spawnPoints: [] },
      added: { regions: [], zones: [], doors: [], objects: ['tree'], spawnPoints: [] },
    })
  })

  test('moves those whom a new wall or a lost way out displaces, and nobody else', () => {
    const geography = compileGeography(after)
    expect(displaced(geography, at(0, 0))).toBeUndefined()
    expect(displaced(geography, at(1, 1))).toEqual(at(1, 0))
    const out = displaced(geography, at(4, 2))
    expect(out && geography.cells.reachable[Math.floor(out.y / 64) * 8 + Math.floor(out.x / 64)]).toBe(1)
  })
})

test('formatted files read back equal, one line per thing', () => {
  const file = sampleWorld(PICTURE, { zones: [zone('own', 'PrivateRoom', 0, 0, 1, 1)] })
  const text = formatWorldFile(file)
  expect(parseWorldFile(text)).toEqual(file)
  expect(text).toContain('          "ggg####g",\n')
  expect(text.split('\n').every(line => line.length <= 140)).toBe(true)
})
