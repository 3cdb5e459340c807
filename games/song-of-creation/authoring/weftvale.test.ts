import { readFileSync } from 'node:fs'
import {
  compileGeography,
  findPath,
  formatWorldFile,
  lineOf,
  middleOf,
  parseWorldFile,
  readWorldFile,
  toUnits,
} from '@worldloom/capabilities/geography'
import { describe, expect, test } from 'vitest'
import { composeWeftvale } from './weftvale.ts'

const committed = readFileSync(new URL('../worlds/song.json', import.meta.url), 'utf8')

describe('Weftvale', () => {
  test('the committed file is what the authoring script makes', () => {
    expect(formatWorldFile(composeWeftvale()) === committed, 'run authoring/write.ts').toBe(true)
  })

  test('it is a valid world with five named regions', () => {
    expect(readWorldFile(committed).problems.map(lineOf)).toEqual([])
    expect(parseWorldFile(committed).regions).toHaveLength(5)
  })

  test('every door, seat and region can be walked to from the square', () => {
    const geography = compileGeography(parseWorldFile(committed))
    const start = geography.spawnFor(0)
    const unreached: string[] = []
    for (const door of geography.doors) {
      const goal = { x: middleOf(door.bounds.x), y: middleOf(door.bounds.y) }
      if (!findPath(geography, start, goal, new Set())) unreached.push(door.id)
    }
    for (const { id, position, interaction } of geography.file.objects) {
      if (interaction?.action !== 'sit') continue
      const goal = { x: toUnits(position.x), y: toUnits(position.y) }
      if (!findPath(geography, start, goal, new Set())) unreached.push(id)
    }
    expect(unreached).toEqual([])
    const regions = new Set<string>()
    geography.cells.reachable.forEach((isReached, tile) => {
      if (isReached === 1) regions.add(geography.regionAt(tile % geography.width, Math.floor(tile / geography.width)))
    })
    expect([...regions].sort()).toEqual(['bellfell', 'coinlight', 'larkloom', 'selvage', 'treadle'])
  })

  test('nearly all open ground belongs to one connected world', () => {
    const { cells } = compileGeography(parseWorldFile(committed))
    const open = cells.solid.filter(solid => solid === 0).length
    const reached = cells.reachable.filter(reachable => reachable === 1).length
    expect(reached / open).toBeGreaterThan(0.85)
  })
})
