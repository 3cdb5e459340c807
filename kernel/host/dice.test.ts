import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diceFor } from './dice.ts'

test('the same key draws the same on every call; another kind, number or seed draws otherwise', () => {
  const draw = (seed: string, kind: string, number: number) => {
    const dice = diceFor(seed, kind, number)
    return [dice.roll(1_000_000), dice.roll(1_000_000), dice.newId(1_700_000_000_000)].join()
  }
  const first = draw('s', 'command', 1)
  expect(draw('s', 'command', 1)).toBe(first)
  for (const other of [draw('s', 'step', 1), draw('s', 'command', 2), draw('t', 'command', 1)])
    expect(other).not.toBe(first)
})

test('draws these very numbers: a change here would break every journal', () => {
  const dice = diceFor('seed', 'command', 42)
  expect([dice.roll(6), dice.roll(100), dice.roll(2 ** 32)]).toMatchInlineSnapshot(`
    [
      5,
      47,
      640506168,
    ]
  `)
})

test('every side comes up about as often', () => {
  const counts = new Array<number>(6).fill(0)
  for (let number = 0; number < 6_000; number++) {
    const side = diceFor('fair', 'command', number).roll(6)
    counts[side] = (counts[side] ?? 0) + 1
  }
  // Six standard deviations of a fair die: about 1 in 10^8 to fail by chance, and the draws are fixed anyway.
  for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(173)
})

test('stays within its sides and refuses impossible dice', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 32 }), fc.nat(), (sides, number) => {
      const side = diceFor('bounds', 'command', number).roll(sides)
      expect(side).toBeGreaterThanOrEqual(0)
      expect(side).toBeLessThan(sides)
    }),
  )
  for (const sides of [0, -1, 1.5, Number.NaN, 2 ** 33])
    expect(() => diceFor('x', 'command', 1).roll(sides)).toThrow(/a die needs/)
})
