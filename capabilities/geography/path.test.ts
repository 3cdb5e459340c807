import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileGeography } from './compile.ts'
import type { Geography, Point } from './geography.ts'
import { findPath, PATH_TILES_MAX } from './path.ts'
import { sampleWorld } from './sample-world.ts'
import { middleOf } from './units.ts'
import { walk } from './walk.ts'

const NONE: ReadonlySet<string> = new Set()
const at = (column: number, row: number): Point => ({ x: middleOf(column), y: middleOf(row) })

const ROOM = compileGeography(
  sampleWorld([
    '@ggggggg', //
    'g#####gg',
    'g#ggg#gg',
    'g#ggg+gg',
    'g#####gg',
    'gggggggg',
  ]),
)

describe('findPath', () => {
  test('goes straight where it can', () => {
    expect(findPath(ROOM, at(0, 0), at(7, 0), NONE)).toEqual([at(7, 0)])
  })

  test('goes round walls and through an open door', () => {
    const path = findPath(ROOM, at(0, 0), at(2, 2), NONE)
    expect(path?.at(-1)).toEqual(at(2, 2))
    expect(path?.length).toBeGreaterThan(2)
  })

  test('finds none when the only door is shut, or into a wall', () => {
    expect(findPath(ROOM, at(0, 0), at(2, 2), new Set(['door-5-3']))).toBeUndefined()
    expect(findPath(ROOM, at(0, 0), at(1, 1), NONE)).toBeUndefined()
    expect(findPath(ROOM, at(1, 1), at(0, 0), NONE)).toBeUndefined()
  })

  test('a goal too near a wall becomes the middle of its tile', () => {
    expect(findPath(ROOM, at(0, 0), { x: 60, y: 160 }, NONE)?.at(-1)).toEqual(at(0, 2))
  })

  test('gives up on a maze beyond its bound', () => {
    const side = 200
    const walls = Array.from({ length: side }, (_, row) => {
      if (row === 100) return '#'.repeat(side)
      return 'g'.repeat(side)
    })
    const open = compileGeography(sampleWorld(walls))
    expect(side * 100).toBeGreaterThan(PATH_TILES_MAX)
    expect(findPath(open, at(0, 0), at(199, 199), NONE)).toBeUndefined()
  })

  test('every leg can be walked, equal questions give equal answers, and a way is found when there is one', () => {
    const side = 12
    const maps = fc
      .array(fc.constantFrom(...'ggggg##'), { minLength: side * side, maxLength: side * side })
      .map(tiles => Array.from({ length: side }, (_, row) => tiles.slice(row * side, (row + 1) * side).join('')))
      .map(picture => compileGeography(sampleWorld(picture)))
    const tile = fc.integer({ min: 0, max: side - 1 })
    fc.assert(
      fc.property(maps, tile, tile, tile, tile, (map, a, b, c, d) => {
        const path = findPath(map, at(a, b), at(c, d), NONE)
        expect(findPath(map, at(a, b), at(c, d), NONE)).toEqual(path)
        expect(path !== undefined).toBe(isConnected(map, [a, b], [c, d]))
        let here = at(a, b)
        for (const next of path ?? []) {
          expect(walk(map, here, next, NONE)).toBeUndefined()
          here = next
        }
        if (path) expect(here).toEqual(at(c, d))
      }),
      { numRuns: 300 },
    )
  })
})

/** Whether steps in four directions lead from one tile to another. */
function isConnected(map: Geography, from: readonly [number, number], to: readonly [number, number]): boolean {
  if (map.isSolid(...from) || map.isSolid(...to)) return false
  const seen = new Set([from.join()])
  const queue = [from]
  for (const [x, y] of queue) {
    for (const next of [
      [x + 1, y],
      [x - 1, y],
      [x, y + 1],
      [x, y - 1],
    ] as const) {
      if (map.isSolid(...next) || seen.has(next.join())) continue
      seen.add(next.join())
      queue.push(next)
    }
  }
  return seen.has(to.join())
}
