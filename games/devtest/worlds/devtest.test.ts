import { readFileSync } from 'node:fs'
import { formatWorldFile, lineOf, parseWorldFile, readWorldFile, ZONE_TYPES } from '@worldloom/capabilities/geography'
import { describe, expect, test } from 'vitest'

const text = readFileSync(new URL('./devtest.json', import.meta.url), 'utf8')

describe('the devtest world', () => {
  test('is valid, and formatted as the platform formats World files', () => {
    expect(readWorldFile(text).problems.map(lineOf)).toEqual([])
    expect(formatWorldFile(parseWorldFile(text))).toBe(text)
  })

  test('has one of everything', () => {
    const { zones, doors, objects, regions, map } = parseWorldFile(text)
    const kinds = new Set(map.layers.flatMap(({ legend }) => Object.values(legend)))
    expect(new Set(zones.map(({ type }) => type))).toEqual(new Set(ZONE_TYPES))
    expect(new Set(doors.map(({ access }) => access.type))).toEqual(new Set(['open', 'role', 'knock']))
    expect(new Set(doors.map(({ open }) => open))).toEqual(new Set([true, false]))
    expect(new Set(objects.flatMap(({ interaction }) => interaction?.action ?? []))).toEqual(
      new Set(['sit', 'use', 'attach']),
    )
    expect(new Set(objects.flatMap(({ occupancy }) => occupancy ?? []))).toEqual(new Set(['single', 'multiple']))
    expect(objects.some(({ interaction }) => interaction?.requires !== undefined)).toBe(true)
    expect(regions.length).toBeGreaterThan(2)
    for (const kind of ['water', 'deep-water', 'rock', 'wall-stone', 'window-stone'] as const)
      expect(kinds).toContain(kind)
    expect(new Set(map.heights.join('')).size).toBeGreaterThan(4)
  })
})
