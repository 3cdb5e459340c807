import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as ws from 'ws'
import { BINARY, framed, framedJson } from './framing.ts'

/** Exported by `ws`, left out of its types. */
const { Receiver } = ws as unknown as { Receiver: new (options: object) => NodeJS.WritableStream }

/** Reads frames back with `ws`' own receiver. */
async function received(frames: Buffer): Promise<[Buffer, boolean][]> {
  const receiver = new Receiver({ isServer: false })
  const messages: [Buffer, boolean][] = []
  receiver.on('message', (data: Buffer, isBinary: boolean) => messages.push([data, isBinary]))
  await new Promise<void>((resolve, reject) => {
    receiver.on('error', reject)
    receiver.write(frames, () => resolve())
  })
  return messages
}

test('every length is read back as it was', async () => {
  for (const length of [0, 1, 125, 126, 127, 65_535, 65_536, 200_000]) {
    const payload = Buffer.alloc(length, length)
    expect(await received(framed(payload, BINARY))).toEqual([[payload, true]])
  }
})

test('frames written one after another stay apart', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 8 }), async payloads => {
      const messages = await received(Buffer.concat(payloads.map(payload => framed(payload, BINARY))))
      expect(messages.map(([data]) => [...data])).toEqual(payloads.map(payload => [...payload]))
    }),
    { numRuns: 50 },
  )
})

test('a view into a larger buffer is framed alone', async () => {
  const view = new Uint8Array(Uint8Array.of(9, 1, 2, 9).buffer, 1, 2)
  expect(await received(framed(view, BINARY))).toEqual([[Buffer.of(1, 2), true]])
})

test('text is UTF-8', async () => {
  const [message] = await received(framedJson({ text: 'håll 🌍' }))
  expect(message?.[1]).toBe(false)
  expect(JSON.parse(String(message?.[0]))).toEqual({ text: 'håll 🌍' })
})
