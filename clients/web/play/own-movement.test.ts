import { fullBudget, type Point, REFILL_PER_MS, spend, UNITS_PER_TILE } from '@worldloom/capabilities/geography'
import { type MoveIntent, type PositionCorrection, poseOf, stateOf } from '@worldloom/capabilities/movement'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawnWorld } from './ground.fixture.ts'
import { groundOf, rounded } from './ground.ts'
import {
  CORRECTIONS_MAX,
  createOwnMovement,
  FREEZE_MS,
  INTENT_BURST,
  INTENTS_PER_SECOND,
  isAfter,
  type OwnMovement,
  type Wish,
} from './own-movement.ts'

const FRAME_MS = 1000 / 60
const STILL: Wish = { x: 0, y: 0, resting: 'idle' }
const EAST: Wish = { x: 1, y: 0, resting: 'idle' }

const geography = drawnWorld([
  '################',
  '#..............#',
  '#......#.......#',
  '#......#.......#',
  '#......D.......#',
  '#......#.......#',
  '################',
])
const open = groundOf(geography, () => ({ shut: new Set(), taken: new Set() }))
const start = { x: 96, y: 96 }
const own = (at: Point = start): OwnMovement => createOwnMovement(open, at, poseOf(4, 'idle'))

/** Runs frames from `fromMs` and collects what was told, with the moment it was told. */
function run(movement: OwnMovement, wish: (ms: number) => Wish, fromMs: number, forMs: number) {
  const told: { at: number; intent: MoveIntent }[] = []
  for (let ms = fromMs; ms < fromMs + forMs; ms += FRAME_MS) {
    for (const intent of movement.advance(ms, wish(ms))) told.push({ at: ms, intent })
  }
  return told
}

describe('own movement', () => {
  it('moves at once, at walking speed', () => {
    const movement = own()
    run(movement, () => EAST, 0, 1000)
    expect((movement.at.x - start.x) / UNITS_PER_TILE).toBeCloseTo(4, 0)
    expect(movement.state).toBe('walking')
  })

  it('tells the start and the stop at once, and ten times a second between them', () => {
    const movement = own()
    const walk = run(movement, () => EAST, 0, 1000)
    expect(walk[0]?.at).toBeLessThan(2 * FRAME_MS)
    expect(walk.length).toBeGreaterThanOrEqual(8)
    expect(walk.length).toBeLessThanOrEqual(11)
    const stop = run(movement, () => STILL, 1000, 100)
    expect(stop).toHaveLength(1)
    expect(stop[0]?.at).toBeLessThan(1000 + 2 * FRAME_MS)
    expect(stateOf(stop[0]?.intent.pose ?? 0)).toBe('idle')
    expect(stop[0]?.intent).toMatchObject(rounded(movement.at))
  })

  it('says nothing while it stands', () => {
    const movement = own()
    expect(run(movement, () => STILL, 0, 2000)).toEqual([])
  })

  it('tells a turn at once', () => {
    const movement = own()
    run(movement, () => EAST, 0, 500)
    const turned = run(movement, () => ({ ...STILL, y: 1 }), 500, 30)
    expect(turned[0]?.at).toBe(500)
  })

  it('stays under the rate that the server allows, however wild the hands', () => {
    const movement = own()
    const wild = run(movement, ms => (Math.floor(ms / 17) % 2 === 0 ? EAST : { ...STILL, x: -1 }), 0, 5000)
    expect(wild.length).toBeLessThanOrEqual(INTENT_BURST + INTENTS_PER_SECOND * 5)
  })

  it('does not leap after a long sleep', () => {
    const movement = own()
    movement.advance(0, EAST)
    movement.advance(60_000, EAST)
    expect(movement.at.x - start.x).toBeLessThanOrEqual(UNITS_PER_TILE)
  })

  it('only tells segments that the server accepts: no cut corners, no overspent budget', () => {
    const wishes = fc.array(
      fc.record({ turn: fc.integer({ min: 0, max: 71 }), frames: fc.integer({ min: 1, max: 40 }) }),
      { minLength: 1, maxLength: 40 },
    )
    fc.assert(
      fc.property(wishes, legs => {
        const movement = own()
        let held: Point = start
        let budget = fullBudget(0)
        let ms = 0
        for (const { turn, frames } of legs) {
          const angle = (turn * Math.PI) / 36
          const wish = { x: Math.cos(angle), y: Math.sin(angle), resting: 'idle' as const }
          for (const { at, intent } of run(movement, () => wish, ms, frames * FRAME_MS)) {
            expect(open.clear(held, intent)).toBe(true)
            const spent = spend(budget, intent.x - held.x, intent.y - held.y, Math.floor(at))
            expect(spent).toBeDefined()
            budget = spent ?? budget
            held = intent
          }
          ms += frames * FRAME_MS
        }
        expect(REFILL_PER_MS).toBeGreaterThan(0)
      }),
    )
  })
})

const correction = (seq: number, at: Point, reason: PositionCorrection['reason'] = 'collision') => ({
  player: 'self',
  seq,
  ...at,
  pose: poseOf(2, 'idle'),
  reason,
})

describe('a correction', () => {
  it('of the newest intent puts one where the server has one', () => {
    const movement = own()
    const told = run(movement, () => EAST, 0, 300)
    const last = told.at(-1)?.intent.seq ?? 0
    movement.correct(correction(last, start), 300)
    expect(movement.at).toEqual(start)
  })

  it('of an older intent keeps the later ones that the server can accept', () => {
    const movement = own()
    const told = run(movement, () => EAST, 0, 300)
    const at = movement.at
    movement.correct(correction(told[0]?.intent.seq ?? 0, start), 300)
    expect(movement.at).toEqual(at)
  })

  it('rewinds when a door has been shut before the later ones', () => {
    const shut = new Set<string>()
    const doorway = { x: 6 * 64 + 32, y: 4 * 64 + 32 }
    const movement = createOwnMovement(
      groundOf(geography, () => ({ shut, taken: new Set() })),
      doorway,
      poseOf(2, 'idle'),
    )
    const told = run(movement, () => EAST, 0, 600)
    expect(movement.at.x).toBeGreaterThan(8 * 64)
    shut.add('door-7-4')
    movement.correct(correction(told[0]?.intent.seq ?? 0, doorway, 'door'), 600)
    expect(movement.at).toEqual(doorway)
    expect(run(movement, () => EAST, 617, 300).every(({ intent }) => intent.x < 7 * 64)).toBe(true)
  })

  it('is hidden: drawn where one was, then where one is', () => {
    const movement = own()
    const told = run(movement, () => EAST, 0, 100)
    const before = movement.drawn(100)
    expect(movement.correct(correction(told.at(-1)?.intent.seq ?? 0, start), 100)).toBe('snap')
    expect(movement.drawn(100).x).toBeCloseTo(before.x)
    expect(movement.drawn(117).x).toBeLessThan(before.x)
    expect(movement.drawn(134)).toEqual(start)
  })

  it.each([
    ['none', 0, 0],
    ['blend', 8, 100],
    ['snap', 100, 34],
    ['fade', 200, 0],
  ])('hides by %s a difference of %i units', (how, units, lastsMs) => {
    const movement = own({ x: 400, y: 96 })
    expect(movement.correct(correction(0, { x: 400 - units, y: 96 }), 0)).toBe(how)
    expect(movement.drawn(lastsMs / 2).x).toBeCloseTo(400 - units + (lastsMs > 0 ? units / 2 : 0))
    expect(movement.drawn(lastsMs).x).toBe(400 - units)
  })

  it('tells the pose again when the server holds another one', () => {
    const movement = own()
    run(movement, () => EAST, 0, 300)
    const stop = run(movement, () => STILL, 300, 50)
    movement.correct({ ...correction(stop.at(-1)?.intent.seq ?? 0, start), pose: poseOf(2, 'walking') }, 350)
    expect(run(movement, () => STILL, 800, 50).map(({ intent }) => stateOf(intent.pose))).toEqual(['idle'])
  })

  it('by the server itself (a seat) ends what was wished before', () => {
    const movement = own()
    run(movement, () => EAST, 0, 300)
    movement.correct({ ...correction(1, { x: 200, y: 96 }, 'moved'), pose: poseOf(6, 'sitting') }, 300)
    expect(movement.at).toEqual({ x: 200, y: 96 })
    expect([movement.facing, movement.state]).toEqual([6, 'sitting'])
    expect(run(movement, () => ({ ...STILL, resting: 'sitting' }), 317, 200)).toEqual([])
  })

  it('three in a row make one wait as long as the server does not listen', () => {
    const movement = own()
    for (let n = 1; n <= CORRECTIONS_MAX; n += 1) movement.correct(correction(n, start), n)
    expect(run(movement, () => EAST, 10, FREEZE_MS - 30)).toEqual([])
    expect(run(movement, () => EAST, FREEZE_MS + 20, 100).length).toBeGreaterThan(0)
  })
})

describe('sequence numbers', () => {
  it('go round at 65 536', () => {
    expect(isAfter(0, 65_535)).toBe(true)
    expect(isAfter(65_535, 0)).toBe(false)
    expect(isAfter(7, 7)).toBe(false)
  })
})
