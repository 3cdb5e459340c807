import { decodeFrame } from '@worldloom/capabilities/presence'
import { describe, expect, test } from 'vitest'
import { placeIn, Rehearsal } from '../rehearsal.ts'
import { lowestFree, PEOPLE_MAX } from './numbers.ts'
import { PHASES } from './reflexes.ts'

const typesOf = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type)

/** The frames of one whole cycle of phases. */
function cycle(stage: Rehearsal) {
  const frames = []
  for (let tick = 0; tick < PHASES; tick += 1) {
    for (const event of stage.tick()) {
      if (event.type === 'frame') frames.push({ zone: event.data.zone, ...decodeFrame(event.data.bytes) })
    }
  }
  return frames
}

describe('presence', () => {
  test('PRESENCE-1: a newcomer gets a snapshot of the zone, themselves included, and the zone is told of them', () => {
    const stage = new Rehearsal()
    stage.react('placed', placeIn('mira', 'square', 64, 128, 3))
    const events = stage.react('placed', placeIn('oda', 'square', 10, 20, 4))
    expect(events).toContainEqual({
      type: 'snapshot',
      data: {
        player: 'oda',
        zone: 'square',
        people: [
          { index: 0, player: 'mira', x: 64, y: 128, pose: 3 },
          { index: 1, player: 'oda', x: 10, y: 20, pose: 4 },
        ],
      },
    })
    expect(typesOf(events).slice(-2)).toEqual(['snapshot', 'appeared'])
    expect(events.at(-1)?.data).toEqual({ zone: 'square', index: 1, player: 'oda', x: 10, y: 20, pose: 4 })
  })

  test('PRESENCE-2: a snapshot holds where people stand now, not where they stood at the last frame', () => {
    const stage = new Rehearsal()
    stage.react('placed', placeIn('mira', 'square', 1, 1))
    stage.react('moved', placeIn('mira', 'square', 9, 9, 5))
    const snapshot = stage.react('placed', placeIn('oda', 'square')).find(({ type }) => type === 'snapshot')
    expect(snapshot?.data).toMatchObject({ people: [{ player: 'mira', x: 9, y: 9, pose: 5 }, { player: 'oda' }] })
  })

  test('PRESENCE-11: whoever is placed where they are seen already gets the snapshot again, and nobody else hears of it', () => {
    const stage = new Rehearsal()
    stage.react('placed', placeIn('mira', 'square', 1, 1))
    stage.react('placed', placeIn('oda', 'square', 2, 2))
    const events = stage.react('placed', placeIn('mira', 'square', 1, 1))
    expect(typesOf(events)).toEqual(['snapshot'])
    expect(events[0]?.data).toMatchObject({ player: 'mira', people: [{ player: 'mira' }, { player: 'oda' }] })
  })

  test('PRESENCE-3: whoever changes zone disappears from the one and appears in the other under the same index', () => {
    const stage = new Rehearsal()
    stage.react('placed', placeIn('mira', 'square'))
    stage.react('placed', placeIn('oda', 'square'))
    const events = stage.react('zone-changed', { ...placeIn('oda', 'mill', 5, 6), from: 'square' })
    expect(events).toEqual([
      { type: 'disappeared', data: { zone: 'square', index: 1, player: 'oda' } },
      { type: 'zone-opened', data: { zone: 'mill', phase: 1 } },
      {
        type: 'snapshot',
        data: { player: 'oda', zone: 'mill', people: [{ index: 1, player: 'oda', x: 5, y: 6, pose: 0 }] },
      },
      { type: 'appeared', data: { zone: 'mill', index: 1, player: 'oda', x: 5, y: 6, pose: 0 } },
    ])
    expect(stage.react('moved', placeIn('oda', 'mill', 5, 6))).toEqual([])
  })

  test('PRESENCE-4: a frame tells each change once, the newest, and only to its zone', () => {
    const stage = new Rehearsal()
    stage.react('placed', placeIn('mira', 'square'))
    stage.react('placed', placeIn('oda', 'mill'))
    stage.react('moved', placeIn('mira', 'square', 1, 1))
    stage.react('moved', placeIn('mira', 'square', 2, 3, 4))
    const frames = cycle(stage)
    expect(frames).toHaveLength(1)
    expect(frames[0]).toMatchObject({ zone: 'square', entries: [{ index: 0, x: 2, y: 3, pose: 4 }] })
  })

  test('PRESENCE-5: nothing is sent when nothing changed', () => {
    const stage = new Rehearsal()
    stage.react('placed', placeIn('mira', 'square', 7, 7))
    expect(cycle(stage)).toEqual([])
    stage.react('moved', placeIn('mira', 'square', 7, 7))
    expect(cycle(stage)).toEqual([])
    stage.react('moved', placeIn('mira', 'square', 8, 7))
    expect(cycle(stage)).toHaveLength(1)
    expect(cycle(stage)).toEqual([])
  })

  test('PRESENCE-6: zones take turns; each has a frame at most every fourth tick', () => {
    const stage = new Rehearsal()
    const zones = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
    for (const zone of zones) stage.react('placed', placeIn(`in-${zone}`, zone))
    const perTick: string[][] = []
    for (let tick = 0; tick < 2 * PHASES; tick += 1) {
      for (const zone of zones) stage.react('moved', placeIn(`in-${zone}`, zone, tick + 1))
      perTick.push(stage.tick().map(event => (event.type === 'frame' ? event.data.zone : '')))
    }
    expect(perTick.map(told => told.length)).toEqual(new Array(2 * PHASES).fill(zones.length / PHASES))
    expect(perTick.slice(0, PHASES).flat().sort()).toEqual(zones)
    expect(perTick.slice(PHASES).flat().sort()).toEqual(zones)
  })

  test('PRESENCE-7: whoever leaves disappears, and no later frame speaks of them', () => {
    const stage = new Rehearsal()
    stage.react('placed', placeIn('mira', 'square'))
    stage.react('placed', placeIn('oda', 'square'))
    stage.react('moved', placeIn('mira', 'square', 5))
    stage.react('moved', placeIn('oda', 'square', 6))
    expect(stage.react('removed', { player: 'oda', zone: 'square' })).toEqual([
      { type: 'disappeared', data: { zone: 'square', index: 1, player: 'oda' } },
      { type: 'retired', data: { player: 'oda', index: 1 } },
    ])
    expect(cycle(stage)).toMatchObject([{ entries: [{ index: 0, x: 5 }] }])
    expect(stage.react('removed', { player: 'oda', zone: 'square' })).toEqual([])
    stage.react('removed', { player: 'mira', zone: 'square' })
    expect([...stage.documents.keys()]).toEqual(['numbers'])
  })

  test('PRESENCE-8: an index is the lowest free one, and rests for two seconds before it is given again', () => {
    const stage = new Rehearsal()
    const indexOf = (player: string) => {
      const told = stage.react('placed', placeIn(player, 'square')).find(({ type }) => type === 'numbered')
      return told?.type === 'numbered' ? told.data.index : undefined
    }
    expect([indexOf('a'), indexOf('b'), indexOf('c')]).toEqual([0, 1, 2])
    stage.react('removed', { player: 'b', zone: 'square' })
    stage.at += 1_999
    expect(indexOf('d')).toBe(3)
    stage.at += 1
    expect(indexOf('e')).toBe(1)
    expect(indexOf('f')).toBe(4)
  })

  test('PRESENCE-9: beyond PEOPLE_MAX a person sees the others but has no index', () => {
    expect(lowestFree({ next: PEOPLE_MAX, free: [], resting: [] }, 0)).toBeUndefined()
    expect(lowestFree({ next: PEOPLE_MAX, free: [], resting: [{ index: 7, until: 10 }] }, 10)).toBe(7)
    const stage = new Rehearsal()
    stage.react('placed', placeIn('mira', 'square'))
    stage.documents.set('numbers', { next: PEOPLE_MAX, free: [], resting: [] })
    expect(stage.react('placed', placeIn('oda', 'square'))).toEqual([
      {
        type: 'snapshot',
        data: { player: 'oda', zone: 'square', people: [{ index: 0, player: 'mira', x: 0, y: 0, pose: 0 }] },
      },
    ])
    expect(stage.react('moved', placeIn('oda', 'square', 4))).toEqual([])
    expect(stage.react('removed', { player: 'oda', zone: 'square' })).toEqual([])
  })
})
