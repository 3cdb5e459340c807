import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readClientText } from './client-text.ts'
import { LOOK, uuid } from './trial/stand.ts'

const id = uuid()
const enter = (rest: object) => JSON.stringify({ type: 'enter', id, world: 'toy', name: 'Mira', look: LOOK, ...rest })
const flawOf = (text: string) => {
  const read = readClientText(text)
  return 'flaw' in read ? read.flaw : undefined
}

describe('a text frame is refused with the right code', () => {
  const cases: readonly (readonly [string, string, string | undefined])[] = [
    ['nothing', '', 'not-json'],
    ['half a frame', '{"type":"enter"', 'not-json'],
    ['no object', '7', 'unknown-frame'],
    ['null', 'null', 'unknown-frame'],
    ['a list', '[]', 'unknown-frame'],
    ['an unknown type', '{"type":"shout"}', 'unknown-frame'],
    ['a type that is no text', '{"type":{}}', 'unknown-frame'],
    ['an unknown field', enter({ admin: true }), 'invalid-input'],
    ['a missing field', '{"type":"enter"}', 'invalid-input'],
    ['a name of 10,000 letters', enter({ name: 'm'.repeat(10_000) }), 'invalid-input'],
    ['a name with a control character', enter({ name: 'Mi\u0007ra' }), 'invalid-input'],
    ['a name that turns the writing round', enter({ name: 'Mi\u202era' }), 'invalid-input'],
    ['a name with half a character', enter({ name: 'Mi' }).replace('Mi', '\\ud800'), 'invalid-input'],
    ['a name of two lines', enter({ name: 'Mi\nra' }), 'invalid-input'],
    ['a name of blanks', enter({ name: '   ' }), 'invalid-input'],
    ['a colour that is none', enter({ look: { body: 'red', accent: '#000000' } }), 'invalid-input'],
    ['an id that is no UUIDv7', enter({ id: '7' }), 'invalid-input'],
    ['a number that is infinite', '{"type":"ping","n":1e999}', 'bad-number'],
    ['a number that is infinite, deep in', '{"type":"ping","n":[{"a":-1e999}]}', 'bad-number'],
    ['NaN', '{"type":"ping","n":NaN}', 'not-json'],
    ['a key that poisons', '{"type":"ping","n":1,"__proto__":{"admin":true}}', 'forbidden-key'],
    ['a key that poisons, escaped', '{"type":"ping","n":{"\\u005f_proto__":1}}', 'forbidden-key'],
    ['17 levels', `{"a":${'['.repeat(16)}${']'.repeat(16)}}`, 'too-deep'],
    ['60,000 levels, never closed', '['.repeat(60_000), 'too-deep'],
    ['brackets in a text', enter({ name: '[[[[[[[[[[[[[[[[[[[[' }), undefined],
    ['quotes in a text', enter({ name: '\\"[[[[[[[[[[[[[[[[[[' }), undefined],
    ['a whole frame', enter({}), undefined],
  ]
  test.each(cases)('%s', (_, text, flaw) => {
    expect(flawOf(text)).toBe(flaw)
  })
})

test('the id is told where it could be read, so that nobody waits in vain', () => {
  expect(readClientText(enter({ admin: true }))).toMatchObject({ id })
  expect(readClientText(enter({ id: 'nonsense' }))).toMatchObject({ id: undefined })
})

test('nothing at all makes it throw, and prototypes stay clean', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), text => void readClientText(text)))
  fc.assert(fc.property(fc.json({ maxDepth: 4 }), text => void readClientText(text)))
  readClientText('{"type":"ping","constructor":{"prototype":{"admin":true}},"n":1}')
  expect(({} as { admin?: boolean }).admin).toBeUndefined()
})
