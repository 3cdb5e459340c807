import { walk } from '@worldloom/capabilities/geography'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HAMLET, Rehearsal } from '../rehearsal.ts'
import { FREEZE_MS, isNewer } from './decide.ts'
import { geographyOf, shutDoors } from './ground.ts'

const typesOf = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type)
const geography = geographyOf({ object: () => HAMLET })

/** Someone on stage in the open, at (3, 5) in tiles. */
function walker() {
  const stage = new Rehearsal()
  stage.join('mira')
  stage.stand('mira', 3, 5)
  return stage
}

describe('a move', () => {
  test('PHYSICS-4: of someone who is not in the world is refused', () => {
    expect(new Rehearsal().refusal('nobody')).toBe('not-here')
  })

  test('PHYSICS-5: is answered once: an old or repeated number is passed over in silence', () => {
    const stage = walker()
    expect(typesOf(stage.move('mira', 3.2, 5, { seq: 7 }))).toEqual(['moved'])
    expect(stage.move('mira', 3.4, 5, { seq: 7 })).toEqual([])
    expect(stage.move('mira', 3.4, 5, { seq: 6 })).toEqual([])
    expect(stage.where('mira')).toMatchObject({ x: Math.round(3.2 * 64) })
  })

  test('PHYSICS-5: numbers wrap at 65 536', () => {
    expect(isNewer(0, 65_535)).toBe(true)
    expect(isNewer(65_535, 0)).toBe(false)
    expect(isNewer(32_767, 0)).toBe(true)
    expect(isNewer(32_768, 0)).toBe(false)
    expect(isNewer(12, -1)).toBe(true)
    const stage = walker()
    stage.move('mira', 3.1, 5, { seq: 65_535 })
    expect(typesOf(stage.move('mira', 3.2, 5, { seq: 0 }))).toEqual(['moved'])
  })

  test('PHYSICS-6: that is free moves the person exactly there, in the pose they gave', () => {
    const stage = walker()
    expect(stage.intent('mira', { seq: 1, x: 201, y: 333, pose: 12 })).toEqual([
      { type: 'moved', data: { player: 'mira', x: 201, y: 333, pose: 12, zone: 'default', region: 'hill' } },
    ])
    expect(stage.where('mira')).toEqual({
      player: 'mira',
      x: 201,
      y: 333,
      pose: 12,
      zone: 'default',
      region: 'hill',
    })
  })

  test('PHYSICS-7: into or through a wall is corrected to the last accepted place', () => {
    const stage = walker()
    stage.stand('mira', 5.5, 3.5)
    expect(stage.move('mira', 6, 3.5, { seq: 3 })).toEqual([
      { type: 'corrected', data: { player: 'mira', seq: 3, x: 352, y: 224, pose: 13 - 8, reason: 'collision' } },
    ])
    // Both ends are free, the wall between them is not.
    expect(stage.move('mira', 7.5, 3.5)).toMatchObject([{ type: 'corrected', data: { reason: 'collision' } }])
    expect(stage.where('mira')).toMatchObject({ x: 352, y: 224 })
  })

  test('PHYSICS-8: through a shut door is corrected; once it is open, the same move passes', () => {
    const stage = walker()
    stage.stand('mira', 5.5, 4.5)
    expect(stage.move('mira', 7.5, 4.5)).toMatchObject([{ type: 'corrected', data: { reason: 'door' } }])
    stage.react('interaction', 'door-turned', { door: 'door', state: 'open' })
    expect(typesOf(stage.move('mira', 7.5, 4.5))).toContain('moved')
    stage.react('interaction', 'door-turned', { door: 'door', state: 'shut' })
    stage.at += 1_000
    expect(stage.move('mira', 5.5, 4.5)).toMatchObject([{ type: 'corrected', data: { reason: 'door' } }])
  })

  test('PHYSICS-9: faster than the budget is corrected, whatever the clock of the Client says', () => {
    const stage = walker()
    stage.stand('mira', 2, 7.5, 'square')
    expect(stage.move('mira', 5.1, 7.5)).toMatchObject([{ type: 'corrected', data: { reason: 'too-fast' } }])
    expect(typesOf(stage.move('mira', 5, 7.5))).toEqual(['moved'])
    expect(stage.move('mira', 5.2, 7.5)).toMatchObject([{ type: 'corrected', data: { reason: 'too-fast' } }])
    stage.at += 50
    expect(typesOf(stage.move('mira', 5.2, 7.5))).toEqual(['moved'])
  })

  test('PHYSICS-9: an honest walker is never corrected', () => {
    const stage = walker()
    stage.stand('mira', 2, 7.5, 'square')
    for (let n = 1; n <= 100; n += 1) {
      stage.at += 100
      const x = 2 + Math.abs(((n * 0.4) % 20) - 10)
      expect(typesOf(stage.move('mira', n === 1 ? 2 : Math.min(12, x), 7.5))).not.toContain('corrected')
      if (n === 1) stage.stand('mira', 12, 7.5, 'square', 'vale')
    }
  })

  test('PHYSICS-10: onto the tile of somebody who sits is corrected; people on their feet are walked through', () => {
    const stage = walker()
    stage.join('oda')
    stage.stand('mira', 3.5, 7.4, 'square')
    stage.stand('oda', 3.5, 7.5, 'square')
    expect(typesOf(stage.move('mira', 3.5, 7.5))).toEqual(['moved'])
    stage.react('interaction', 'occupied', { object: 'bench', player: 'oda', zone: 'square', action: 'sit' })
    expect(stage.move('mira', 3.5, 8.5)).toMatchObject([{ type: 'corrected', data: { reason: 'occupied' } }])
    expect(typesOf(stage.move('mira', 4.5, 8.5))).toEqual(['moved'])
    stage.react('interaction', 'released', { object: 'bench', player: 'oda', zone: 'square' })
    expect(typesOf(stage.move('mira', 3.5, 8.5))).toEqual(['moved'])
  })

  test('PHYSICS-11: three rejections within two seconds freeze the person for half a second', () => {
    const stage = walker()
    stage.stand('mira', 5.5, 3.5)
    const bump = () => stage.move('mira', 6, 3.5)
    bump()
    stage.at += 999
    bump()
    stage.at += 1_000
    bump()
    expect(stage.move('mira', 5.4, 3.5)).toMatchObject([{ type: 'corrected', data: { x: 352, reason: 'too-fast' } }])
    stage.at += FREEZE_MS - 1
    expect(typesOf(stage.move('mira', 5.4, 3.5))).toEqual(['corrected'])
    stage.at += 1
    expect(typesOf(stage.move('mira', 5.4, 3.5))).toEqual(['moved'])
    expect(FREEZE_MS).toBe(500)
  })

  test('PHYSICS-11: rejections further apart do not freeze', () => {
    const stage = walker()
    stage.stand('mira', 5.5, 3.5)
    for (let n = 0; n < 6; n += 1) {
      stage.at += 1_000
      expect(stage.move('mira', 6, 3.5)).toMatchObject([{ data: { reason: 'collision' } }])
    }
    expect(typesOf(stage.move('mira', 5.4, 3.5))).toEqual(['moved'])
  })

  test('PHYSICS-12: a change of pose alone needs no budget and is told once', () => {
    const stage = walker()
    const { x, y } = stage.person('mira')
    expect(typesOf(stage.intent('mira', { seq: 1, x, y, pose: 24 }))).toEqual(['moved'])
    expect(stage.intent('mira', { seq: 2, x, y, pose: 24 })).toEqual([])
    expect(stage.person('mira').seq).toBe(2)
  })

  test('PHYSICS-6, 7, 9: whatever is sent, the accepted place is free, reached by a free walk, and never too far', () => {
    let accepted = 0
    let corrected = 0
    const hop = fc.record({
      dx: fc.integer({ min: -120, max: 120 }),
      dy: fc.integer({ min: -120, max: 120 }),
      ms: fc.nat(400),
    })
    const wild = fc.record({ x: fc.nat(65_535), y: fc.nat(65_535), ms: fc.nat(400) })
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 9, arbitrary: hop }, { weight: 1, arbitrary: wild }), {
          size: 'max',
          maxLength: 60,
        }),
        intents => {
          const stage = walker()
          const shut = shutDoors(geography)
          const start = stage.at
          let travelled = 0
          intents.forEach((intent, seq) => {
            stage.at += intent.ms
            const before = stage.person('mira')
            const to = 'dx' in intent ? { x: before.x + intent.dx, y: before.y + intent.dy } : intent
            const x = Math.max(0, to.x)
            const y = Math.max(0, to.y)
            const events = stage.intent('mira', { seq, x, y, pose: seq % 8 })
            const after = stage.person('mira')
            if (events.some(({ type }) => type === 'corrected')) {
              corrected += 1
              expect([after.x, after.y, after.pose]).toEqual([before.x, before.y, before.pose])
            } else {
              accepted += 1
              expect([after.x, after.y]).toEqual([x, y])
              expect(walk(geography, before, after, shut)).toBeUndefined()
              travelled += Math.hypot(after.x - before.x, after.y - before.y)
            }
            expect(travelled).toBeLessThan(3 * 64 + ((stage.at - start) * 4 * 64 * 1.15) / 1000 + 1)
          })
        },
      ),
      { numRuns: 200 },
    )
    expect(accepted).toBeGreaterThan(1_000)
    expect(corrected).toBeGreaterThan(1_000)
  })
})
