import { describe, expect, test } from 'vitest'
import { Rehearsal } from '../rehearsal.ts'

const typesOf = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type)

function at(x: number, y: number, zone: string, region = 'hill') {
  const stage = new Rehearsal()
  stage.join('mira')
  stage.stand('mira', x, y, zone, region)
  stage.react('interaction', 'door-turned', { door: 'door', state: 'open' })
  return stage
}

describe('zones and regions', () => {
  test('PHYSICS-13: a more particular zone is entered at once', () => {
    const stage = at(6.5, 4.5, 'default')
    expect(stage.move('mira', 7.02, 4.5)).toMatchObject([
      { type: 'zone-changed', data: { player: 'mira', zone: 'room', from: 'default', x: 449 } },
      { type: 'moved', data: { zone: 'room', x: 449 } },
    ])
  })

  test('PHYSICS-14: a zone is left half a tile past its edge, not before', () => {
    const stage = at(7.02, 4.5, 'room')
    expect(typesOf(stage.move('mira', 6.52, 4.5))).toEqual(['moved'])
    expect(stage.move('mira', 6.5, 4.5)).toMatchObject([
      { type: 'zone-changed', data: { zone: 'default', from: 'room' } },
      { type: 'moved' },
    ])
  })

  test('PHYSICS-14: between equals one changes half a tile past the edge, either way', () => {
    const stage = at(12.5, 6.9, 'yard', 'vale')
    expect(typesOf(stage.move('mira', 12.5, 7.45))).toEqual(['moved'])
    expect(stage.move('mira', 12.5, 7.5)).toMatchObject([{ data: { zone: 'square', from: 'yard' } }, {}])
    expect(typesOf(stage.move('mira', 12.5, 6.55))).toEqual(['moved'])
    stage.at += 1_000
    expect(stage.move('mira', 12.5, 6.4)).toMatchObject([{ data: { zone: 'yard', from: 'square' } }, {}])
  })

  test('PHYSICS-14: shivering on an edge changes zone once', () => {
    const stage = at(6.9, 4.5, 'default')
    let changes = 0
    for (let n = 0; n < 50; n += 1) {
      stage.at += 100
      const events = stage.move('mira', n % 2 ? 6.8 : 7.1, 4.5)
      changes += events.filter(({ type }) => type === 'zone-changed').length
      expect(typesOf(events)).toContain('moved')
    }
    expect(changes).toBe(1)
  })

  test('PHYSICS-15: regions change half a tile past the edge; where there is none, the last one holds', () => {
    const stage = at(7.9, 7.5, 'square')
    expect(typesOf(stage.move('mira', 8.45, 7.5))).toEqual(['moved'])
    expect(stage.move('mira', 8.5, 7.5)).toEqual([
      { type: 'region-changed', data: { player: 'mira', region: 'vale', from: 'hill' } },
      { type: 'moved', data: expect.objectContaining({ region: 'vale' }) },
    ])
    stage.stand('mira', 13.5, 7.5, 'square', 'vale')
    stage.at += 1_000
    expect(typesOf(stage.move('mira', 14.7, 7.5))).toEqual(['moved'])
    expect(stage.where('mira')).toMatchObject({ region: 'vale' })
  })
})
