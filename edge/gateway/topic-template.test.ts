import { topicOf } from '@worldloom/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TopicTemplate } from './topic-template.ts'

test('fills exactly as the contract does', () => {
  const field = fc.constantFrom('{a}', '{b}', 'zone:', '-', 'world', '{c}')
  const value = fc.constantFrom('square', '', 7, undefined, '{a}', '$&')
  fc.assert(
    fc.property(fc.array(field), value, value, (parts, a, b) => {
      const template = parts.join('')
      expect(new TopicTemplate(template).fill({ a, b })).toBe(topicOf(template, { a, b }))
    }),
  )
})
