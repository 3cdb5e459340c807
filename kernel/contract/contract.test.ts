import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  canonical,
  clientFrameSchema,
  command,
  defineCapability,
  defineModule,
  defineWords,
  event,
  eventPosition,
  isPrintable,
  nameSchema,
  recordPosition,
  required,
  sentence,
  topicOf,
  uuidFrom,
  uuidSchema,
  uuidTime,
  worldStep,
  worldTime,
  z,
} from './index.ts'

describe('canonical JSON', () => {
  test('equal values give equal bytes, whatever the order of their keys', () => {
    expect(canonical({ b: [1, null], a: { d: 'x', c: true } })).toBe('{"a":{"c":true,"d":"x"},"b":[1,null]}')
    expect(canonical({ a: undefined, b: 1 })).toBe('{"b":1}')
  })

  test('says the same as JSON for every JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  test.each([[Number.NaN], [Number.POSITIVE_INFINITY], [1n], [() => 1], [{ deep: [Number.NaN] }]])(
    'refuses %s',
    value => {
      expect(() => canonical(value)).toThrow(/cannot be recorded/)
    },
  )
})

describe('ids', () => {
  test('a UUIDv7 carries its time and passes the schema', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 47), fc.nat(2 ** 31), fc.nat(2 ** 31), fc.nat(2 ** 31), (at, a, b, c) => {
        const uuid = uuidFrom(at, a, b, c)
        expect(uuidSchema.safeParse(uuid).success).toBe(true)
        expect(uuidTime(uuid)).toBe(at)
      }),
    )
  })

  test('an event position holds the record and sorts within and across records', () => {
    expect(recordPosition(eventPosition(7, 1000))).toBe(7)
    expect(eventPosition(7, 999)).toBeLessThan(eventPosition(8, 0))
  })
})

describe('text', () => {
  test.each([
    ['hello', true],
    ['two\nlines', true],
    ['tab\there', false],
    ['nul\u0000', false],
    ['\u202Eevil', false],
    ['lone \ud800 surrogate', false],
    ['pâté 🎵', true],
  ])('%j is printable: %s', (text, printable) => {
    expect(isPrintable(text)).toBe(printable)
  })

  test.each([['a'.repeat(33)], ['a'.repeat(10_000)], [''], ['   '], ['a\nb'], ['a\u0007']])(
    'refuses the name %j',
    name => {
      expect(nameSchema.safeParse(name).success).toBe(false)
    },
  )

  test('trims names', () => {
    expect(nameSchema.parse('  Mira ')).toBe('Mira')
  })
})

describe('world time', () => {
  const clock = { at: 1_000_000, world: 500, rate: 24_000 }

  test('runs at its rate, in whole ms, and not backwards before the clock was set', () => {
    expect(worldTime(clock, 1_001_000)).toBe(500 + 24_000)
    expect(worldTime(clock, 1_000_001)).toBe(500 + 24)
    expect(worldTime(clock, 0)).toBe(500)
    expect(worldTime({ ...clock, rate: 0 }, 9e12)).toBe(500)
  })

  test('a step is ten world minutes', () => {
    expect([worldStep(599_999), worldStep(600_000)]).toEqual([0, 1])
  })
})

describe('declarations', () => {
  test('a topic is filled from the event, and nobody is meant when a field is empty', () => {
    expect(topicOf('zone:{zone}', { zone: 'square' })).toBe('zone:square')
    expect(topicOf('zone:{zone}', { zone: '' })).toBeUndefined()
    expect(topicOf('world', {})).toBe('world')
  })

  test('a capability whose audience names a missing field is a Misfit', () => {
    const events = { rang: event({ data: z.strictObject({ bell: z.string() }), audience: 'zone:{zone}' }) }
    expect(() => defineCapability({ id: 'town.bells', version: '1.0.0', scope: 'world', events })).toThrow(
      /no field "zone"/,
    )
  })

  const bells = defineCapability({
    id: 'town.bells',
    version: '1.0.0',
    scope: 'world',
    commands: { ring: command({ input: z.strictObject({}), roles: [] }) },
    events: { rang: event({ data: z.strictObject({}), audience: 'world' }) },
  })
  const base = { requires: {}, documents: {}, events: {}, refusals: {}, views: {}, settings: z.unknown() } as const

  test('a module lists everything it has no rule for', () => {
    const words = defineWords({ ...base, provides: [bells], events: { cracked: z.strictObject({}) } })
    const empty = {
      id: 'belfry',
      version: '1.0.0',
      schema: 1,
      keeping: 'paged',
      words,
      decide: {},
      evolve: {},
    } as never
    expect(() => defineModule(empty)).toThrow(
      'module belfry: command "ring" has no rule; event "rang" has no rule; event "cracked" has no rule; keys of command "ring" has no rule',
    )
  })

  test('two events of one name are a Misfit', () => {
    const make = () => defineWords({ ...base, provides: [bells], events: { rang: z.strictObject({}) } })
    expect(make).toThrow(/event "rang" is declared by town.bells and by the module/)
  })

  test('a requirement remembers its range', () => {
    expect(required(bells, '^1.0.0')).toMatchObject({ mode: 'required', multiplicity: '1', range: '^1.0.0' })
  })

  test('a sentence is filled; a placeholder without a value stays visible', () => {
    expect(sentence('Only {n} of {m}.', { n: 3 })).toBe('Only 3 of {m}.')
  })
})

test('a client frame with anything extra is refused', () => {
  const frame = { type: 'query', id: '01890a5d-ac96-774b-bcce-b302099a8057', capability: 'a.b', name: 'c', data: {} }
  expect(clientFrameSchema.safeParse(frame).success).toBe(true)
  expect(clientFrameSchema.safeParse({ ...frame, admin: true }).success).toBe(false)
})
