import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Listener, Topics } from './topics.ts'

const listener = () => {
  const got: number[] = []
  return { topics: new Set<string>(), got, write: (frame: Buffer) => void got.push(frame[0] ?? -1) }
}

test('a frame reaches everyone on its topic once, and nobody else', () => {
  const topics = new Topics()
  const [mira, tom] = [listener(), listener()]
  topics.join('zone:a', mira)
  topics.join('zone:a', mira)
  topics.join('zone:b', tom)
  topics.publish('zone:a', Buffer.of(7), false)
  topics.publish('zone:nowhere', Buffer.of(8), false)
  expect([mira.got, tom.got]).toEqual([[7], []])
})

test('membership is what the joins and leaves say, and empty topics do not stay', () => {
  const act = fc.record({ topic: fc.constantFrom('a', 'b', 'c'), who: fc.nat(2), joins: fc.boolean() })
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), acts => {
      const topics = new Topics()
      const people = [listener(), listener(), listener()]
      const model = new Map<string, Set<number>>()
      for (const { topic, who, joins } of acts) {
        const members = model.get(topic) ?? new Set()
        model.set(topic, members)
        if (joins) members.add(who)
        else members.delete(who)
        topics[joins ? 'join' : 'leave'](topic, people[who] as Listener)
      }
      expect(topics.size).toBe([...model.values()].filter(members => members.size > 0).length)
      for (const [topic, members] of model) {
        const before = people.map(({ got }) => got.length)
        topics.publish(topic, Buffer.of(1), false)
        expect(people.map(({ got }, who) => got.length - (before[who] ?? 0))).toEqual(
          [0, 1, 2].map(who => +members.has(who)),
        )
      }
      for (const person of people) topics.leaveAll(person)
      expect(topics.size).toBe(0)
    }),
  )
})
