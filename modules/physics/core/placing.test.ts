import { tileOf, type WorldFile, walk } from '@worldloom/capabilities/geography'
import { facingOf, stateOf } from '@worldloom/capabilities/movement'
import { describe, expect, test } from 'vitest'
import { HAMLET, Rehearsal } from '../rehearsal.ts'
import { geographyOf } from './ground.ts'

const typesOf = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type)
const geography = geographyOf({ object: () => HAMLET })
/** Tiles of the default zone of the hamlet that are neither wall nor doorway. */
const FREE_TILES = 14 + 5 * 5
const sit = (stage: Rehearsal, player: string, object: string) =>
  stage.react('interaction', 'occupied', { object, player, zone: 'any', action: 'sit' })
const release = (stage: Rehearsal, player: string, object: string) =>
  stage.react('interaction', 'released', { object, player, zone: 'any' })

describe('arriving and leaving', () => {
  test('PHYSICS-1: whoever joins stands at a spawn point, and is told zone and region', () => {
    const stage = new Rehearsal()
    expect(stage.join('mira').slice(1)).toEqual([
      {
        type: 'placed',
        data: { player: 'mira', x: 160, y: 96, pose: 5, zone: 'default', region: 'hill' },
      },
      { type: 'region-changed', data: { player: 'mira', region: 'hill', from: '' } },
    ])
  })

  test('PHYSICS-2: nobody arrives on top of another while there is room', () => {
    const stage = new Rehearsal()
    const tiles = new Set<string>()
    for (let n = 0; n < 70; n += 1) {
      stage.join(`p${n}`)
      const { x, y, zone } = stage.person(`p${n}`)
      expect(walk(geography, { x, y }, { x, y }, new Set())).toBeUndefined()
      expect(zone).toBe('default')
      tiles.add(`${tileOf(x)} ${tileOf(y)}`)
    }
    // The open ground around the room, less the doorway: there is no more.
    expect(tiles.size).toBe(FREE_TILES)
    expect(stage.person('p69')).toBeDefined()
  })

  test('PHYSICS-3: whoever leaves is gone; the end of an older session changes nothing', () => {
    const stage = new Rehearsal()
    stage.join('mira', 'one')
    const again = stage.join('mira', 'two')
    expect(typesOf(again)).toEqual(['removed', 'tracked', 'placed', 'region-changed'])
    expect(
      stage.react('sessions', 'left', { player: 'mira', session: 'one', parting: 'taken-over', at: stage.at }),
    ).toEqual([])
    expect(stage.where('mira')).not.toBeNull()
    expect(stage.react('sessions', 'left', { player: 'mira', session: 'two', parting: 'left', at: stage.at })).toEqual([
      { type: 'removed', data: { player: 'mira', zone: 'default' } },
    ])
    expect(stage.where('mira')).toBeNull()
    expect(stage.react('sessions', 'left', { player: 'mira', session: 'two', parting: 'left', at: stage.at })).toEqual(
      [],
    )
  })

  test('PHYSICS-22: whoever comes back to their session stands where they stood, and counts from the start', () => {
    const stage = new Rehearsal()
    stage.join('mira', 'one')
    const before = stage.where('mira')
    stage.join('tom', 'two')
    const back = stage.join('mira', 'one')
    expect(typesOf(back)).toEqual(['tracked', 'placed', 'region-changed'])
    expect(back[1]).toMatchObject({ data: before })
    expect(stage.person('mira').seq).toBe(-1)
  })
})

describe('sitting', () => {
  function sitter() {
    const stage = new Rehearsal()
    stage.join('mira')
    stage.stand('mira', 7.5, 4.5, 'room')
    return stage
  }

  test('PHYSICS-16: whoever takes a seat is put on it, sitting as it faces, and told so', () => {
    const stage = sitter()
    stage.move('mira', 7.4, 4.5, { seq: 9 })
    const events = sit(stage, 'mira', 'chair')
    expect(typesOf(events)).toEqual(['seated', 'tracked', 'region-changed', 'moved', 'corrected'])
    expect(events.at(-1)?.data).toMatchObject({ player: 'mira', seq: 9, x: 544, y: 264, reason: 'moved' })
    const { x, y, pose } = stage.person('mira')
    expect([x, y, facingOf(pose), stateOf(pose)]).toEqual([544, 264, 0, 'sitting'])
  })

  test('PHYSICS-16: the zone and region follow the seat', () => {
    const stage = new Rehearsal()
    stage.join('mira')
    stage.stand('mira', 4.5, 6.9)
    expect(sit(stage, 'mira', 'bench')).toMatchObject([
      { type: 'seated' },
      { type: 'tracked' },
      { type: 'zone-changed', data: { zone: 'square', from: 'default' } },
      { type: 'moved', data: { zone: 'square' } },
      { type: 'corrected' },
    ])
  })

  test('PHYSICS-17: a seat for many gives each sitter a place of their own, the nearest first', () => {
    const stage = new Rehearsal()
    for (const player of ['ana', 'bo', 'cy']) {
      stage.join(player)
      stage.stand(player, 4.5, 7.5, 'square')
    }
    sit(stage, 'ana', 'bench')
    sit(stage, 'bo', 'bench')
    expect(stage.person('ana')).toMatchObject({ x: 288, y: 544 })
    expect(stage.person('bo')).toMatchObject({ x: 224, y: 544 })
    expect(sit(stage, 'cy', 'bench')).toEqual([])
    release(stage, 'ana', 'bench')
    sit(stage, 'cy', 'bench')
    expect(stage.person('cy')).toMatchObject({ x: 288, y: 544 })
  })

  test('PHYSICS-18: whoever stands up does so on the spot where there is room, else where they stood before', () => {
    const stage = sitter()
    sit(stage, 'mira', 'chair')
    // The chair is half under the desk: there one can sit but not stand.
    expect(walk(geography, stage.person('mira'), stage.person('mira'), new Set())).toBe('collision')
    const events = release(stage, 'mira', 'chair')
    expect(events.at(-1)).toMatchObject({ type: 'corrected', data: { x: 480, y: 288, reason: 'moved' } })
    expect(stateOf(stage.person('mira').pose)).toBe('idle')

    stage.stand('mira', 4.5, 7.5, 'square')
    sit(stage, 'mira', 'bench')
    release(stage, 'mira', 'bench')
    expect(stage.person('mira')).toMatchObject({ x: 288, y: 544, seat: null })
    expect(stateOf(stage.person('mira').pose)).toBe('idle')
  })

  test('PHYSICS-19: one gets up by walking, from the seat or from where one stood before', () => {
    const stage = sitter()
    sit(stage, 'mira', 'chair')
    expect(typesOf(stage.move('mira', 7.5, 5))).toContain('moved')
    expect(typesOf(release(stage, 'mira', 'chair'))).toEqual(['risen', 'tracked'])
    expect(stage.person('mira').seat).toBeNull()
    expect([...stage.documents.keys()].some(key => key.startsWith('seat:'))).toBe(false)
  })

  test('PHYSICS-19: getting up never leads back through a door that was shut meanwhile', () => {
    const stage = new Rehearsal()
    stage.join('mira')
    stage.react('interaction', 'door-turned', { door: 'door', state: 'open' })
    stage.stand('mira', 6.5, 4.5)
    sit(stage, 'mira', 'chair')
    stage.react('interaction', 'door-turned', { door: 'door', state: 'shut' })
    expect(stage.move('mira', 5.9, 4.5)).toMatchObject([{ type: 'corrected' }])
    const events = release(stage, 'mira', 'chair')
    expect(events.at(-1)).toMatchObject({ type: 'corrected', data: { reason: 'moved' } })
    expect(stage.where('mira')).toMatchObject({ zone: 'room' })
  })

  test('PHYSICS-20: a seat is free again when its sitter leaves the world', () => {
    const stage = sitter()
    sit(stage, 'mira', 'chair')
    stage.react('sessions', 'left', { player: 'mira', session: 'mira-1', parting: 'lost', at: stage.at })
    expect(release(stage, 'mira', 'chair')).toEqual([{ type: 'risen', data: { object: 'chair', player: 'mira' } }])
    expect(stage.documents.has('seat:chair')).toBe(false)
  })

  test('a thing that is used but not sat on moves nobody', () => {
    const stage = sitter()
    const data = { object: 'desk', player: 'mira', zone: 'room', action: 'use' as const }
    expect(stage.react('interaction', 'occupied', data)).toEqual([])
    expect(release(stage, 'mira', 'desk')).toEqual([])
    expect(sit(stage, 'nobody', 'chair')).toEqual([])
    expect(sit(stage, 'mira', 'no-such-thing')).toEqual([])
  })
})

describe('a new map', () => {
  const withWall = (rows: Readonly<Record<number, string>>, zones = HAMLET.zones): WorldFile => ({
    ...HAMLET,
    zones,
    map: {
      ...HAMLET.map,
      layers: HAMLET.map.layers.map(layer =>
        layer.id === 'walls' ? { ...layer, rows: layer.rows.map((row, n) => rows[n] ?? row) } : layer,
      ),
    },
  })

  test('PHYSICS-21: whoever stands in a new wall goes to the nearest free tile and is told; the rest stay', () => {
    const stage = new Rehearsal()
    stage.settings(HAMLET, 'one')
    stage.join('mira')
    stage.join('oda')
    stage.stand('mira', 3.5, 7.5, 'square')
    stage.stand('oda', 5.5, 7.5, 'square')
    const map = withWall({ 7: '#.###..........#' })
    const events = stage.settings(map, 'two')
    expect(typesOf(events)).toEqual(['map-taken', 'tracked', 'zone-changed', 'moved', 'corrected'])
    expect(events.at(-1)?.data).toMatchObject({ player: 'mira', reason: 'moved' })
    const { x, y } = stage.person('mira')
    expect([tileOf(x), tileOf(y)]).toEqual([3, 6])
    expect(stage.person('oda')).toMatchObject({ x: 352, y: 480 })
    expect(stage.settings(map, 'two')).toEqual([])
  })

  test('PHYSICS-21: whoever stays learns that their zone is another now', () => {
    const stage = new Rehearsal()
    stage.settings(HAMLET, 'one')
    stage.join('mira')
    stage.stand('mira', 3.5, 7.5, 'square')
    const zones = HAMLET.zones.map(zone => (zone.id === 'square' ? { ...zone, id: 'plaza' } : zone))
    expect(stage.settings(withWall({}, zones), 'two')).toMatchObject([
      { type: 'map-taken' },
      { type: 'tracked' },
      { type: 'zone-changed', data: { zone: 'plaza', from: 'square' } },
      { type: 'moved' },
    ])
  })

  test('PHYSICS-21: a sitter stays on a seat that stayed', () => {
    const stage = new Rehearsal()
    stage.settings(HAMLET, 'one')
    stage.join('mira')
    stage.stand('mira', 7.5, 4.5, 'room')
    sit(stage, 'mira', 'chair')
    expect(typesOf(stage.settings(withWall({}), 'two'))).toEqual(['map-taken'])
  })
})
