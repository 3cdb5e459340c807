import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LODGE, Rehearsal } from '../rehearsal.ts'
import { words } from '../words.ts'
import { placesOf } from './usage.ts'

const occupied = (object: string, player: string, action = 'sit', zone = 'default') => ({
  type: 'occupied',
  data: { object, player, zone, action },
})
const released = (object: string, player: string, zone = 'default') => ({
  type: 'released',
  data: { object, player, zone },
})

/** People standing in the hall, each at a place in tiles. */
function hall(places: Readonly<Record<string, readonly [x: number, y: number]>>) {
  const stage = new Rehearsal()
  for (const [player, [x, y]] of Object.entries(places)) stage.at(player, x, y, 'default', 'placed')
  return stage
}

describe('using things', () => {
  test('INTERACTION-1: nobody uses, releases or turns anything before movement has told where they are', () => {
    const stage = new Rehearsal()
    expect([stage.use('mira', 'chair'), stage.release('mira'), stage.turn('mira', 'open-door')]).toEqual([
      'not-here',
      'not-here',
      'not-here',
    ])
  })

  test('INTERACTION-2: only things of the map that offer something can be used', () => {
    const stage = hall({ mira: [3.5, 6] })
    expect(stage.use('mira', 'unicorn')).toBe('unknown-object')
    expect(stage.use('mira', 'lamp')).toBe('not-usable')
    expect(stage.use('mira', 'chair')).toEqual([occupied('chair', 'mira')])
  })

  test('INTERACTION-3: one reaches one and a half tiles, to the nearest edge of the thing', () => {
    const stage = hall({ near: [5.5 + 1.5 + 0.5, 6.5], far: [5.5 + 1.5 + 0.5 + 2 / 64, 6.5] })
    expect(stage.use('far', 'stool')).toBe('out-of-reach')
    expect(stage.use('near', 'stool')).toEqual([occupied('stool', 'near')])
  })

  test('INTERACTION-4: nothing is reached through a wall or a shut door; an open door is no hindrance', () => {
    const stage = hall({ mira: [1.5, 5.3] })
    expect(stage.use('mira', 'throne')).toBe('behind-wall')
    const map = {
      ...LODGE,
      objects: [...LODGE.objects, { ...LODGE.objects[0], id: 'inside', position: { x: 3.5, y: 3.5 } }],
    }
    const other = new Rehearsal()
    other.settings(map as typeof LODGE)
    other.at('mira', 3.5, 5.25, 'default', 'placed')
    expect(other.use('mira', 'inside')).toBe('behind-wall')
    other.turn('mira', 'open-door')
    expect(other.use('mira', 'inside')).toEqual([occupied('inside', 'mira', 'sit', 'west')])
  })

  test('INTERACTION-5: a thing for one is had by whoever came first', () => {
    const stage = hall({ mira: [3.5, 6], oda: [4, 6] })
    expect(stage.use('oda', 'chair')).toEqual([occupied('chair', 'oda')])
    expect(stage.use('mira', 'chair')).toBe('taken')
    expect(stage.release('oda')).toEqual([released('chair', 'oda')])
    expect(stage.use('mira', 'chair')).toEqual([occupied('chair', 'mira')])
  })

  test('INTERACTION-6: a seat for many has as many places as tiles; other things for many hold 64', () => {
    const stage = hall({ ana: [9, 7.5], bo: [9, 7.6], cy: [9, 7.7] })
    expect(stage.use('ana', 'bench')).toEqual([occupied('bench', 'ana')])
    expect(stage.use('bo', 'bench')).toEqual([occupied('bench', 'bo')])
    expect(stage.use('cy', 'bench')).toBe('taken')
    const board = LODGE.objects.find(({ id }) => id === 'board')
    expect(board && placesOf(board)).toBe(64)
  })

  test('INTERACTION-7: using what one holds already changes nothing', () => {
    const stage = hall({ mira: [3.5, 6] })
    stage.use('mira', 'chair')
    expect(stage.use('mira', 'chair')).toEqual([])
  })

  test('INTERACTION-8: using another thing lets go of the first, the new one first', () => {
    const stage = hall({ mira: [4.5, 6] })
    stage.use('mira', 'chair')
    expect(stage.use('mira', 'stool')).toEqual([occupied('stool', 'mira'), released('chair', 'mira')])
    expect(stage.all()).toEqual({ occupied: [{ object: 'stool', player: 'mira' }], doors: [] })
  })

  test('INTERACTION-9: a computer is used from its chair: both are taken, both are let go', () => {
    const stage = hall({ mira: [4.5, 7] })
    expect(stage.use('mira', 'computer')).toEqual([occupied('chair', 'mira'), occupied('computer', 'mira', 'use')])
    stage.at('mira', 3.5, 6.5)
    expect(stage.release('mira')).toEqual([released('chair', 'mira'), released('computer', 'mira')])
  })

  test('INTERACTION-9: when the chair is taken the computer is refused, and nothing changes', () => {
    const stage = hall({ mira: [4.5, 7], oda: [4, 6] })
    stage.use('oda', 'chair')
    expect(stage.use('mira', 'computer')).toBe('seat-taken')
    expect(stage.all()).toEqual({ occupied: [{ object: 'chair', player: 'oda' }], doors: [] })
    expect(stage.use('oda', 'computer')).toEqual([occupied('computer', 'oda', 'use')])
    expect(stage.use('mira', 'computer')).toBe('taken')
  })

  test('INTERACTION-10: a required seat must itself be near and in sight, so that nobody is carried through walls', () => {
    const far = {
      ...LODGE,
      objects: LODGE.objects.map(it => (it.id === 'chair' ? { ...it, position: { x: 9.5, y: 6.5 } } : it)),
    }
    const stage = new Rehearsal()
    stage.settings(far)
    stage.at('mira', 4.5, 7, 'default', 'placed')
    expect(stage.use('mira', 'computer')).toBe('out-of-reach')
    stage.settings({
      ...LODGE,
      objects: LODGE.objects.map(it => (it.id === 'chair' ? { ...it, position: { x: 2.5, y: 3.5 } } : it)),
    })
    stage.at('mira', 3.5, 6)
    expect(stage.use('mira', 'computer')).toBe('behind-wall')
  })

  test('INTERACTION-11: walking off a seat lets go of it; stirring on it does not', () => {
    const stage = hall({ mira: [3.5, 6] })
    stage.use('mira', 'chair')
    expect(stage.at('mira', 3.5, 6.5)).toEqual([])
    expect(stage.at('mira', 3.75, 6.5)).toEqual([])
    expect(stage.at('mira', 4.5, 6.5)).toEqual([released('chair', 'mira')])
  })

  test('INTERACTION-12: other things are let go out of reach, or in another zone', () => {
    const stage = hall({ mira: [12.5, 6] })
    expect(stage.use('mira', 'board')).toEqual([occupied('board', 'mira', 'attach')])
    expect(stage.at('mira', 13.5, 6.5)).toEqual([])
    expect(stage.at('mira', 14.75, 6.5)).toEqual([released('board', 'mira')])
    stage.at('mira', 13.5, 5.25)
    stage.use('mira', 'board')
    expect(stage.cross('mira', 13.5, 5, 'east', 'default')).toEqual([released('board', 'mira')])
  })

  test('INTERACTION-13: whoever leaves the world lets go of everything', () => {
    const stage = hall({ mira: [4.5, 7] })
    stage.use('mira', 'computer')
    expect(stage.leave('mira')).toEqual([released('chair', 'mira'), released('computer', 'mira')])
    expect(stage.documents.size).toBe(0)
    expect(stage.leave('mira')).toEqual([])
  })

  test('INTERACTION-14: letting go of nothing is refused', () => {
    expect(hall({ mira: [3, 6] }).release('mira')).toBe('nothing-held')
  })

  test('INTERACTION-15: what is no longer on the map is let go', () => {
    const stage = hall({ mira: [3.5, 6] })
    stage.use('mira', 'chair')
    expect(stage.settings(LODGE)).toEqual([])
    const map = { ...LODGE, objects: LODGE.objects.filter(({ id }) => id !== 'chair') }
    expect(stage.settings(map)).toEqual([released('chair', 'mira')])
    expect(stage.all()).toEqual({ occupied: [], doors: [] })
  })

  test('every refusal has a sentence that says what to do', () => {
    for (const sentence of Object.values(words.refusals)) expect(sentence).toMatch(/^[A-Z].*\.$/)
  })

  test('INTERACTION-5, 6: whatever people do, nobody shares what is for one, and both ledgers agree', () => {
    let takings = 0
    const people = ['ana', 'bo', 'cy', 'di']
    const things = ['chair', 'stool', 'bench', 'computer', 'board']
    const deed = fc.oneof(
      { weight: 4, arbitrary: fc.record({ do: fc.constant('use' as const), who: fc.nat(3), thing: fc.nat(4) }) },
      {
        weight: 3,
        arbitrary: fc.record({
          do: fc.constant('walk' as const),
          who: fc.nat(3),
          x: fc.integer({ min: 2, max: 13 }),
          y: fc.integer({ min: 5, max: 8 }),
        }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('release' as const), who: fc.nat(3) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), who: fc.nat(3) }) },
    )
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 80, size: 'max' }), deeds => {
        const stage = hall({ ana: [4.5, 6.5], bo: [4.5, 7], cy: [9, 7.5], di: [12, 6] })
        const heard = new Map<string, Set<string>>()
        for (const it of deeds) {
          const who = people[it.who] ?? ''
          const events =
            it.do === 'use'
              ? stage.use(who, things[it.thing] ?? '')
              : it.do === 'walk'
                ? stage.at(who, it.x, it.y)
                : it.do === 'release'
                  ? stage.release(who)
                  : stage.leave(who)
          for (const event of typeof events === 'string' ? [] : events) {
            if (event.type === 'occupied') {
              takings += 1
              heard.set(event.data.object, new Set(heard.get(event.data.object)).add(event.data.player))
            } else if (event.type === 'released') {
              expect(heard.get(event.data.object)?.delete(event.data.player)).toBe(true)
            }
          }
          const told = [...heard].flatMap(([object, players]) => [...players].map(player => `${object} ${player}`))
          const answer = stage.all()
          const known = 'occupied' in answer ? answer.occupied.map(({ object, player }) => `${object} ${player}`) : []
          expect(known.sort()).toEqual(told.sort())
          for (const object of ['chair', 'stool', 'computer']) expect(heard.get(object)?.size ?? 0).toBeLessThan(2)
          expect(heard.get('bench')?.size ?? 0).toBeLessThan(3)
        }
      }),
      { numRuns: 150 },
    )
    expect(takings).toBeGreaterThan(500)
  })
})
