import { type AnyModule, canonical, LIMITS } from '@worldloom/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkCommandSize, checkKeyCount } from './limits.ts'

const withLimits = (limits: object) => ({ limits: { ...LIMITS, ...limits } }) as AnyModule

describe('limits of commands', () => {
  test('what is as large as allowed passes, what is larger is turned away', () => {
    const module = withLimits({ commandBytesMax: 100 })
    expect(() => checkCommandSize(module, { text: 'x'.repeat(50) })).not.toThrow()
    expect(() => checkCommandSize(module, { text: 'x'.repeat(101) })).toThrow(
      expect.objectContaining({ code: 'too-large', retry: 'never' }),
    )
    expect(() => checkCommandSize(module, new Array(200).fill(0))).toThrow(/may have 100 bytes/)
    expect(() => checkCommandSize(module, { deep: { deeper: ['y'.repeat(90)] } })).toThrow(/100 bytes/)
  })

  test('never turns away what fits as JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const module = withLimits({ commandBytesMax: Math.max(2, canonical(value).length) })
        expect(() => checkCommandSize(module, value)).not.toThrow()
      }),
    )
  })

  test('counts documents', () => {
    const module = withLimits({ keysPerCommandMax: 2 })
    expect(() => checkKeyCount(module, ['a', 'b'])).not.toThrow()
    expect(() => checkKeyCount(module, ['a', 'b', 'c'])).toThrow(expect.objectContaining({ code: 'too-many-keys' }))
  })
})
