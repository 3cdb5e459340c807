import { describe, expect, test } from 'vitest'
import { LODGE, Rehearsal } from '../rehearsal.ts'

const turned = (door: string, state: 'open' | 'shut') => [{ type: 'door-turned', data: { door, state } }]

function at(x: number, y: number, zone = 'default') {
  const stage = new Rehearsal()
  stage.at('mira', x, y, zone, 'placed')
  return stage
}

describe('turning doors', () => {
  test('INTERACTION-16: a shut door opens, an open one shuts, within reach', () => {
    const stage = at(3.5, 5.5)
    expect(stage.turn('mira', 'trapdoor')).toBe('unknown-door')
    expect(stage.turn('mira', 'role-door')).toBe('out-of-reach')
    expect(stage.turn('mira', 'open-door')).toEqual(turned('open-door', 'open'))
    expect(stage.turn('mira', 'open-door')).toEqual(turned('open-door', 'shut'))
  })

  test('INTERACTION-4: a door is not reached through a wall', () => {
    expect(at(4.5, 3.5, 'west').turn('mira', 'role-door')).toBe('out-of-reach')
    const wall = LODGE.map.layers.map(layer =>
      layer.id === 'walls'
        ? { ...layer, rows: layer.rows.map((row, n) => (n === 5 ? `#.#${row.slice(3)}` : row)) }
        : layer,
    )
    const stage = at(1.75, 5.5)
    expect(stage.turn('mira', 'open-door')).toEqual(turned('open-door', 'open'))
    stage.map = { ...LODGE, map: { ...LODGE.map, layers: wall } }
    expect(stage.turn('mira', 'open-door')).toBe('behind-wall')
  })

  test('INTERACTION-17: a door by role turns for those roles only', () => {
    const stage = at(8.5, 5.5)
    expect(stage.turn('mira', 'role-door', ['guest', 'player'])).toBe('role-needed')
    expect(stage.turn('mira', 'role-door', ['player', 'editor'])).toEqual(turned('role-door', 'open'))
    expect(stage.turn('mira', 'role-door', ['guest'])).toBe('role-needed')
  })

  test('INTERACTION-18: a door to knock at turns from the inside only', () => {
    expect(at(13.5, 5.5).turn('mira', 'knock-door', ['admin'])).toBe('knock-needed')
    expect(at(13.5, 3.5, 'east').turn('mira', 'knock-door')).toEqual(turned('knock-door', 'open'))
  })

  test('INTERACTION-19: whoever is inside can always get out', () => {
    expect(at(8.5, 3.5, 'middle').turn('mira', 'role-door', ['guest'])).toEqual(turned('role-door', 'open'))
  })

  test('INTERACTION-20: a door is never shut on somebody who stands in it', () => {
    const stage = at(3.5, 5.5)
    stage.turn('mira', 'open-door')
    stage.at('oda', 3.5, 4.5)
    expect(stage.turn('mira', 'open-door')).toBe('doorway-taken')
    stage.at('oda', 3.5, 5.2)
    expect(stage.turn('mira', 'open-door')).toBe('doorway-taken')
    stage.at('oda', 3.5, 5.25)
    expect(stage.turn('mira', 'open-door')).toEqual(turned('open-door', 'shut'))
  })

  test('INTERACTION-21: latecomers are told what is not as the World file has it, and nothing else', () => {
    const stage = at(3.5, 5.5)
    stage.turn('mira', 'open-door')
    expect(stage.all()).toEqual({ occupied: [], doors: [{ door: 'open-door', state: 'open' }] })
    stage.turn('mira', 'open-door')
    expect(stage.all()).toEqual({ occupied: [], doors: [] })
    stage.turn('mira', 'open-door')
    stage.settings({ ...LODGE, doors: LODGE.doors.filter(({ id }) => id !== 'open-door') })
    expect(stage.all()).toEqual({ occupied: [], doors: [] })
  })
})
