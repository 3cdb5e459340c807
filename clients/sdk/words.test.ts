import { chat } from '@worldloom/capabilities/chat'
import { movement } from '@worldloom/capabilities/movement'
import { presence } from '@worldloom/capabilities/presence'
import { Fault } from '@worldloom/contract'
import { expect, expectTypeOf, test } from 'vitest'
import type { Connection } from './connect.ts'
import { Subscriptions } from './subscriptions.ts'
import type { CommandInput, CommandReply, EventData, QueryAnswer, QueryInput } from './words.ts'

test('types follow from the declarations', () => {
  expectTypeOf<CommandInput<typeof chat, 'say'>>().toEqualTypeOf<{ channel: 'world' | 'zone'; text: string }>()
  expectTypeOf<CommandReply<typeof chat, 'say'>>().toEqualTypeOf<{ line: string }>()
  expectTypeOf<QueryInput<typeof chat, 'history'>>().toHaveProperty('limit').toEqualTypeOf<number | undefined>()
  expectTypeOf<QueryAnswer<typeof chat, 'history'>[number]>().toHaveProperty('text').toEqualTypeOf<string>()
  expectTypeOf<EventData<typeof movement, 'placed'>>().toHaveProperty('zone').toEqualTypeOf<string>()
  expectTypeOf<Connection['send']>().toBeCallableWith(movement, 'move', { seq: 1, x: 2, y: 3, pose: 4 })
  // @ts-expect-error: there is no such command
  expectTypeOf<CommandInput<typeof chat, 'shout'>>()
})

test('binary events arrive decoded by their tag; malformed and unknown ones do not arrive', () => {
  const subscriptions = new Subscriptions()
  const seqs: number[] = []
  const frames: unknown[] = []
  const off = subscriptions.add(movement, 'corrected', data => seqs.push((data as { seq: number }).seq))
  subscriptions.add(presence, 'frame', data => frames.push(data))
  const correction = { player: 'self', seq: 700, x: 1, y: 2, pose: 3, reason: 'door' } as const
  const bytes = movement.events.corrected.binary?.write(correction) ?? new Uint8Array()
  subscriptions.bytes(bytes)
  for (let length = 0; length < bytes.length; length++) subscriptions.bytes(bytes.subarray(0, length))
  subscriptions.bytes(Uint8Array.of(0xee, 1, 2, 3))
  expect([seqs, frames]).toEqual([[700], []])
  off()
  subscriptions.bytes(bytes)
  expect(seqs).toEqual([700])
})

test('one function may listen twice, and an unknown event is an error at once', () => {
  const subscriptions = new Subscriptions()
  const heard: unknown[] = []
  const listen = (data: unknown) => heard.push(data)
  const off = subscriptions.add(chat, 'said', listen)
  subscriptions.add(chat, 'said', listen)
  subscriptions.event(chat.id, 'said', 1)
  off()
  off()
  subscriptions.event(chat.id, 'said', 2)
  expect(heard).toEqual([1, 1, 2])
  for (const name of ['shouted', 'constructor']) expect(() => subscriptions.add(chat, name, listen)).toThrow(Fault)
})
