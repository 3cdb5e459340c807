import { expect, test } from 'vitest'
import { CAUSE_DEPTH_MAX, EventFlow } from './event-flow.ts'

const event = (name: string) => ({ capability: 'c.d', event: name, data: undefined })

test('everyone sees events in one order, reactions behind their cause', () => {
  const flow = new EventFlow(() => undefined)
  const seen: string[] = []
  flow.react('c.d', 'a', () => flow.publish(event('b')))
  flow.react('c.d', 'a', () => flow.publish(event('c')))
  flow.subscribe(({ event }) => seen.push(event))
  flow.publish(event('a'))
  expect(seen).toEqual(['a', 'b', 'c'])
})

test('an event that causes itself is cut and reported', () => {
  const cut: string[] = []
  const flow = new EventFlow(({ event }) => cut.push(event))
  let times = 0
  flow.react('c.d', 'a', () => {
    times++
    flow.publish(event('a'))
  })
  flow.publish(event('a'))
  expect([times, cut]).toEqual([CAUSE_DEPTH_MAX, ['a']])
})

test('after unsubscribing nothing comes', () => {
  const flow = new EventFlow(() => undefined)
  const seen: string[] = []
  const stop = flow.subscribe(({ event }) => seen.push(event))
  stop()
  flow.publish(event('a'))
  expect(seen).toEqual([])
})
