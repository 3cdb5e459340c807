import { describe, expect, it } from 'vitest'
import { drawnWorld } from './ground.fixture.ts'
import { DEEDS_MAX, deedsAt, nearText } from './nearby.ts'

const chair = (id: string, x: number, y: number) => ({
  id,
  type: 'chair' as const,
  position: { x, y },
  interaction: { action: 'sit' as const },
  occupancy: 'single' as const,
})
const geography = drawnWorld(
  [
    '########', //
    '#......#',
    '#......D',
    '########',
  ],
  [
    chair('near', 2.5, 1.5),
    { ...chair('far', 5.5, 1.5), name: 'the rocking chair' },
    { id: 'rock', type: 'flower', position: { x: 1.5, y: 1.5 } },
  ],
)
const around = (self = 'me', occupied: [string, string[]][] = [], shut = ['door-7-2']) => ({
  self,
  holders: new Map(occupied),
  shut: new Set(shut),
})

describe('what one can do', () => {
  it('is what lies within reach', () => {
    expect(deedsAt(geography, { x: 96, y: 96 }, around()).map(({ label }) => label)).toEqual(['Sit on the chair'])
  })

  it('is not what lies behind a wall', () => {
    const walled = drawnWorld(['#####', '#.#.#', '#.#.#', '#####'], [chair('behind', 3.5, 1.5)])
    expect(deedsAt(walled, { x: 1.7 * 64, y: 96 }, around())).toHaveLength(0)
  })

  it('comes nearest first and calls things by their names', () => {
    const labels = deedsAt(geography, { x: 6.5 * 64, y: 2.4 * 64 }, around()).map(({ label }) => label)
    expect(labels).toEqual(['Open the door to the Hall', 'Sit on the rocking chair'])
  })

  it('shows a taken seat as taken', () => {
    expect(deedsAt(geography, { x: 96, y: 96 }, around('me', [['near', ['mira']]]))[0]?.taken).toBe(true)
  })

  it('is to stand up first, for someone who sits', () => {
    const deeds = deedsAt(geography, { x: 160, y: 96 }, around('me', [['near', ['me']]]))
    expect(deeds).toEqual([{ kind: 'stand', target: 'near', label: 'Stand up', taken: false }])
  })

  it('is to shut a door that stands open', () => {
    expect(deedsAt(geography, { x: 6.9 * 64, y: 160 }, around('me', [], []))[0]).toMatchObject({ kind: 'shut' })
  })

  it('is never a long list', () => {
    const crowd = drawnWorld(
      ['#####', '#...#', '#####'],
      Array.from({ length: 9 }, (_, n) => chair(`c${n}`, 2.5, 1.5)),
    )
    expect(deedsAt(crowd, { x: 160, y: 96 }, around())).toHaveLength(DEEDS_MAX)
  })

  it('can be heard', () => {
    const deeds = deedsAt(geography, { x: 96, y: 96 }, around('me', [['near', ['mira']]]))
    expect(nearText(deeds, ['Mira', 'Tomas'])).toBe('Near you: Sit on the chair (taken), Mira, Tomas.')
    expect(nearText([], [])).toBe('Nothing within reach.')
    expect(nearText([], ['a', 'b', 'c', 'd', 'e', 'f'])).toMatch(/2 more people/)
  })
})
