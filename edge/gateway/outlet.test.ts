import { Duplex } from 'node:stream'
import { expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { GATEWAY_LIMITS } from './limits.ts'
import { HELD_FRAMES_MAX, Outlet } from './outlet.ts'

function stage() {
  const written: number[] = []
  const raw = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _encoding, done) => {
      written.push(...chunk)
      done()
    },
  })
  const closes: number[] = []
  const socket = { close: (code: number) => void closes.push(code), terminate: () => undefined }
  const counts = { framesDropped: 0, bytesOut: 0 }
  const outlet = new Outlet(socket as unknown as WebSocket, raw, GATEWAY_LIMITS, counts)
  return { outlet, closes, counts, written }
}

test('what is held comes after what is said in between, in order, presence included', () => {
  const { outlet, written } = stage()
  outlet.hold()
  outlet.write(Buffer.of(1), false)
  outlet.write(Buffer.of(2), true)
  expect(written).toEqual([])
  outlet.send({ type: 'pong', n: 0, at: 0 })
  outlet.release()
  outlet.write(Buffer.of(3), false)
  expect(written[0]).toBe(0x81)
  expect(written.slice(-3)).toEqual([1, 2, 3])
})

test('whoever is held up for too long is closed, and nothing is kept', () => {
  const { outlet, closes, written } = stage()
  outlet.hold()
  for (let n = 0; n <= HELD_FRAMES_MAX; n++) outlet.write(Buffer.of(n), false)
  outlet.release()
  outlet.write(Buffer.of(1), false)
  expect([closes, written]).toEqual([[4003], []])
})

test('one close, and nothing after it', () => {
  const { outlet, closes, counts, written } = stage()
  outlet.close('flood')
  outlet.close('silent')
  outlet.write(Buffer.of(1), false)
  outlet.send({ type: 'pong', n: 0, at: 0 })
  outlet.ping()
  expect([closes, written, counts.bytesOut]).toEqual([[4002], [], 0])
})

test.each([
  ['below', { backlogDropBytes: 100, backlogCloseBytes: 200 }],
  ['above', { backlogDropBytes: 100_000, backlogCloseBytes: 200_000 }],
])("a line that takes nothing goes without what is stale, then is closed; limits %s the socket's own", (_, limits) => {
  const raw = new Duplex({ read: () => undefined, write: () => undefined })
  const closes: number[] = []
  const socket = { close: (code: number) => void closes.push(code), terminate: () => undefined }
  const counts = { framesDropped: 0, bytesOut: 0 }
  const outlet = new Outlet(socket as unknown as WebSocket, raw, { ...GATEWAY_LIMITS, ...limits }, counts)
  const frame = Buffer.alloc(limits.backlogDropBytes / 10)
  for (let n = 0; n <= 10; n++) outlet.write(frame, true)
  expect([counts.framesDropped, raw.writableLength]).toEqual([0, frame.length * 11])
  outlet.write(frame, true)
  expect([counts.framesDropped, raw.writableLength]).toEqual([1, frame.length * 11])
  for (let n = 0; n < 10; n++) outlet.write(frame, false)
  expect([closes, raw.writableLength]).toEqual([[], frame.length * 21])
  outlet.write(frame, false)
  expect([closes, raw.writableLength]).toEqual([[4003], frame.length * 21])
})
