import { beforeEach, describe, expect, it } from 'vitest'
import { drawnWorld } from './ground.fixture.ts'
import { groundOf } from './ground.ts'
import { createThings, type Things } from './things.ts'

const geography = drawnWorld(
  ['######', '#....#', '#...D#', '######'],
  [
    { id: 'chair', type: 'chair', position: { x: 2.5, y: 1.5 }, interaction: { action: 'sit' } },
    { id: 'desk', type: 'screen', position: { x: 1.5, y: 2.5 }, interaction: { action: 'use' } },
  ],
)

describe('things', () => {
  let things: Things
  beforeEach(() => {
    things = createThings()
    things.reset(geography, { occupied: [{ object: 'chair', player: 'mira' }], doors: [] })
  })

  it('begin as the World file and the server have them', () => {
    expect(things.shut).toEqual(new Set(['door-4-2']))
    expect(things.seatOf(geography, 'mira')).toBe('chair')
    things.reset(geography, { occupied: [], doors: [{ door: 'door-4-2', state: 'open' }] })
    expect(things.shut.size).toBe(0)
    expect(things.holders.size).toBe(0)
  })

  it('change, and say so', () => {
    const before = things.version
    things.turned('door-4-2', 'open')
    things.released('chair', 'mira')
    things.occupied('desk', 'tomas')
    expect(things.doors.get('door-4-2')).toBe('open')
    expect([...things.holders]).toEqual([['desk', ['tomas']]])
    expect(things.seatOf(geography, 'tomas')).toBeUndefined()
    expect(things.version).toBeGreaterThan(before)
  })

  it('hold each person once', () => {
    things.occupied('desk', 'tomas')
    things.occupied('desk', 'tomas')
    things.occupied('desk', 'mira')
    expect(things.holders.get('desk')).toEqual(['tomas', 'mira'])
    things.released('desk', 'nobody')
    expect(things.holders.get('desk')).toHaveLength(2)
  })

  it('keep one off a seat that somebody else sits on, and let one sit on one’s own', () => {
    const placeOf = () => ({ x: 160, y: 96 })
    const ground = (self: string) =>
      groundOf(geography, () => ({ shut: things.shut, taken: things.takenTiles(geography, self, placeOf) }))
    expect(ground('me').clear({ x: 96, y: 96 }, { x: 160, y: 96 })).toBe(false)
    expect(ground('mira').clear({ x: 96, y: 96 }, { x: 160, y: 96 })).toBe(true)
  })
})
