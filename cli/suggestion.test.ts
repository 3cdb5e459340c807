import fc from 'fast-check'
import { expect, test } from 'vitest'
import { suggestion } from './suggestion.ts'

const KNOWN = ['start', 'world import', 'world check']

test.each([
  ['strat', 'start'],
  ['Start', 'start'],
  ['world imprt', 'world import'],
  ['world chekc', 'world check'],
  ['worldcheck', 'world check'],
])('%s was meant as %s', (word, meant) => {
  expect(suggestion(word, KNOWN)).toBe(meant)
})

test.each(['deploy', '', 'x', 'harmony'])('%j was not meant as anything here', word => {
  expect(suggestion(word, KNOWN)).toBeUndefined()
})

test('a known word is always taken for itself', () => {
  fc.assert(fc.property(fc.constantFrom(...KNOWN), word => suggestion(word, KNOWN) === word))
})

test('one slip of the finger is always forgiven', () => {
  const slipped = fc
    .tuple(fc.constantFrom(...KNOWN), fc.nat(), fc.constantFrom('q', 'z', ''))
    .map(([word, at, letter]) => {
      const index = at % word.length
      return { word, typed: `${word.slice(0, index)}${letter}${word.slice(index + 1)}` }
    })
  fc.assert(fc.property(slipped, ({ word, typed }) => suggestion(typed, KNOWN) === word))
})
