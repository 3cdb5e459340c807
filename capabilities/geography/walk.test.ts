import { FACINGS, UNITS_PER_TILE as MOVEMENT_UNITS } from '@worldloom/capabilities/movement'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileGeography } from './compile.ts'
import type { Geography, Point } from './geography.ts'
import { sampleWorld } from './sample-world.ts'
import { BODY_RADIUS, UNITS_PER_TILE } from './units.ts'
import { walk } from './walk.ts'
import { VECTOR_MAP, WALK_VECTORS } from './walk-vectors.ts'
import { DIRECTIONS } from './world-file.ts'

const NONE: ReadonlySet<string> = new Set()
const TILES = 10

/** Random maps with walls, water and a door here and there. */
const maps = fc
  .array(fc.constantFrom(...'gggggg#D+'), { minLength: TILES * TILES, maxLength: TILES * TILES })
  .map(tiles => Array.from({ length: TILES }, (_, row) => tiles.slice(row * TILES, (row + 1) * TILES).join('')))
  .map(picture => compileGeography(sampleWorld(picture)))
const coordinate = fc.integer({ min: 0, max: TILES * UNITS_PER_TILE })
const points = fc.record({ x: coordinate, y: coordinate })

const allDoors = (geography: Geography) => new Set(geography.doors.map(({ id }) => id))

/** Distance from a point to the nearest obstacle, the slow and obvious way. */
function clearance(geography: Geography, { x, y }: Point, shut: ReadonlySet<string>): number {
  const side = TILES * UNITS_PER_TILE
  let least = Math.min(x, y, side - x, side - y)
  for (let row = 0; row < TILES; row += 1) {
    for (let column = 0; column < TILES; column += 1) {
      if (!geography.isSolid(column, row) && !shut.has(geography.doorAt(column, row) ?? '')) continue
      const dx = Math.max(column * UNITS_PER_TILE - x, 0, x - (column + 1) * UNITS_PER_TILE)
      const dy = Math.max(row * UNITS_PER_TILE - y, 0, y - (row + 1) * UNITS_PER_TILE)
      least = Math.min(least, Math.hypot(dx, dy))
    }
  }
  return least
}

/** Least clearance over samples at most 0.36 units apart. */
function sampledClearance(geography: Geography, from: Point, to: Point, shut: ReadonlySet<string>): number {
  const steps = 4 * Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y), 1)
  let least = Number.POSITIVE_INFINITY
  for (let step = 0; step <= steps; step += 1) {
    const at = { x: from.x + ((to.x - from.x) * step) / steps, y: from.y + ((to.y - from.y) * step) / steps }
    least = Math.min(least, clearance(geography, at, shut))
  }
  return least
}

describe('walk', () => {
  const geography = compileGeography(sampleWorld(VECTOR_MAP))
  const shut = new Set(['door-4-2'])
  test.each(WALK_VECTORS)('%s', (_, from, to, verdict) => {
    expect(walk(geography, from, to, shut)).toBe(verdict)
    expect(walk(geography, to, from, shut)).toBe(verdict)
  })

  test('an open door stops nobody', () => {
    expect(walk(geography, { x: 288, y: 96 }, { x: 288, y: 224 }, NONE)).toBeUndefined()
  })

  test('the way back has the same verdict', () => {
    fc.assert(
      fc.property(maps, points, points, (map, from, to) => {
        const doors = allDoors(map)
        expect(walk(map, from, to, doors)).toBe(walk(map, to, from, doors))
      }),
      { numRuns: 500 },
    )
  })

  test('it agrees with dense sampling, in both directions', () => {
    fc.assert(
      fc.property(maps, points, points, fc.boolean(), (map, from, to, areShut) => {
        const doors = areShut ? allDoors(map) : NONE
        const least = sampledClearance(map, from, to, doors)
        if (walk(map, from, to, doors) === undefined) expect(least).toBeGreaterThanOrEqual(BODY_RADIUS - 1e-6)
        else expect(least).toBeLessThan(BODY_RADIUS + 0.2)
      }),
      { numRuns: 120 },
    )
  })

  test('every prefix of a clear segment is clear', () => {
    const small = fc.integer({ min: -12, max: 12 })
    fc.assert(
      fc.property(maps, points, small, small, fc.integer({ min: 1, max: 40 }), (map, from, dx, dy, length) => {
        // Whole multiples of one step lie exactly on the segment.
        const at = (n: number) => ({ x: from.x + n * dx, y: from.y + n * dy })
        if (walk(map, from, at(length), NONE) !== undefined) return
        for (let n = 0; n <= length; n += 1) expect(walk(map, from, at(n), NONE)).toBeUndefined()
      }),
      { numRuns: 500 },
    )
  })

  test('nothing tunnels on the largest map: a wall one tile thick stops the longest walk', () => {
    const side = 512
    const picture = Array.from({ length: side }, (_, row) => (row === 256 ? '#' : 'g').repeat(side))
    const large = compileGeography(sampleWorld(picture))
    const end = side * UNITS_PER_TILE - 16
    expect(walk(large, { x: 16, y: 16 }, { x: end, y: end }, NONE)).toBe('collision')
    expect(walk(large, { x: 16, y: 16 }, { x: end, y: 255 * UNITS_PER_TILE }, NONE)).toBeUndefined()
    expect(walk(large, { x: 16, y: 16 }, { x: end, y: 256 * UNITS_PER_TILE - 16 }, NONE)).toBeUndefined()
    expect(walk(large, { x: 16, y: 16 }, { x: end, y: 256 * UNITS_PER_TILE - 15 }, NONE)).toBe('collision')
  })
})

test('positions and facings are those of the movement capability', () => {
  expect(UNITS_PER_TILE).toBe(MOVEMENT_UNITS)
  expect(DIRECTIONS).toEqual(FACINGS)
})
