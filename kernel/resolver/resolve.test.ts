import { defineCapability, defineModule, defineWords, optional, required, z } from '@worldloom/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { resolve } from './index.ts'

const capability = (id: string, version: string, features: readonly string[] = []) =>
  defineCapability({ id, version, scope: 'world', features })

type Needs = Parameters<typeof defineWords>[0]['requires']

const moduleOf = (id: string, provides: ReturnType<typeof capability>[], requires: Needs = {}) =>
  defineModule({
    id,
    version: '1.0.0',
    schema: 1,
    keeping: 'resident',
    words: defineWords({
      provides,
      requires,
      documents: {},
      events: {},
      refusals: {},
      views: {},
      settings: z.unknown(),
    }),
    decide: {},
    evolve: {},
  })

const tides1 = capability('sea.tides', '1.2.0')
const tides2 = capability('sea.tides', '2.0.0')
const harbour = (range: string) =>
  moduleOf('harbour', [capability('sea.harbour', '1.0.0')], { tides: required(tides1, range) })

describe('resolve', () => {
  test('picks the highest satisfying version', () => {
    const plan = resolve([harbour('>=1.0.0'), moduleOf('moon', [tides1]), moduleOf('abacus', [tides2])])
    expect(plan.bindings).toEqual([
      {
        consumer: 'harbour',
        slot: 'tides',
        capability: 'sea.tides',
        scope: 'world',
        provider: 'abacus',
        version: '2.0.0',
      },
    ])
  })

  test('breaks a tie by module name', () => {
    const plan = resolve([harbour('^1.0.0'), moduleOf('moon', [tides1]), moduleOf('almanac', [tides1])])
    expect(plan.bindings[0]?.provider).toBe('almanac')
  })

  test('says for every candidate why it fell out', () => {
    const needy = moduleOf('needy', [capability('sea.boats', '1.0.0')], {
      tides: required(tides1, '^3.0.0', ['spring']),
    })
    const plan = resolve([needy, moduleOf('moon', [tides1]), moduleOf('abacus', [capability('sea.tides', '3.1.0')])])
    expect(plan.unmet).toEqual([
      {
        consumer: 'needy',
        slot: 'tides',
        capability: 'sea.tides',
        range: '^3.0.0',
        mode: 'required',
        candidates: [
          { provider: 'abacus', fellOutBecause: 'it lacks spring' },
          { provider: 'moon', fellOutBecause: 'its version 1.2.0 is not in ^3.0.0' },
        ],
      },
    ])
  })

  test('orders providers before consumers and shows a circle of required needs', () => {
    const a = moduleOf('a', [capability('x.a', '1.0.0')], { b: required(capability('x.b', '1.0.0'), '^1.0.0') })
    const b = moduleOf('b', [capability('x.b', '1.0.0')], { a: required(capability('x.a', '1.0.0'), '^1.0.0') })
    const c = moduleOf('c', [capability('x.c', '1.0.0')], { a: optional(capability('x.a', '1.0.0'), '^1.0.0') })
    expect(resolve([a, b, c]).cycle).toEqual(['a', 'b', 'a'])
    const free = resolve([harbour('^1.0.0'), moduleOf('moon', [tides1])])
    expect(free).toMatchObject({ order: ['moon', 'harbour'], cycle: [] })
  })

  test('the order of the list never matters', () => {
    const modules = [
      harbour('*'),
      moduleOf('moon', [tides1]),
      moduleOf('abacus', [tides2]),
      moduleOf('quay', [capability('sea.quay', '1.0.0')]),
    ]
    const expected = JSON.stringify(resolve(modules))
    fc.assert(
      fc.property(fc.shuffledSubarray(modules, { minLength: modules.length }), shuffled => {
        expect(JSON.stringify(resolve(shuffled))).toBe(expected)
      }),
    )
  })
})
