import { connect, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { GatewayOptions } from './index.ts'
import { openStand, until, uuid } from './trial/stand.ts'

type Stand = Awaited<ReturnType<typeof openStand>>
const stands: Stand[] = []
async function open(options: Partial<GatewayOptions> = {}): Promise<Stand> {
  const stand = await openStand(options)
  stands.push(stand)
  return stand
}
afterEach(async () => {
  for (const stand of stands.splice(0)) await stand.close()
})

/** A WebSocket by hand, for what no library would send. */
async function rawSocket({ gateway, cookie }: Stand): Promise<Socket> {
  const mine = await cookie()
  const socket = connect(gateway.port, '127.0.0.1')
  socket.write(
    [
      'GET /ws HTTP/1.1',
      'Host: localhost',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}`,
      'Sec-WebSocket-Protocol: worldloom.v1',
      `Cookie: ${mine}`,
      '',
      '',
    ].join('\r\n'),
  )
  await new Promise<void>(resolve => socket.once('data', () => resolve()))
  return socket
}

/** A masked client frame with a mask of zeros. */
const clientFrame = (opcode: number, payload: Buffer, claimed = payload.length): Buffer => {
  const header = Buffer.of(0x80 | opcode, 0x80 | 126, claimed >> 8, claimed & 0xff, 0, 0, 0, 0)
  return Buffer.concat([header, payload])
}

/** The server still does its work. */
async function isWell(stand: Stand): Promise<void> {
  const line = await stand.line()
  await line.enter()
  expect(await line.ask('command', 'say', { text: 'well' })).toMatchObject({ type: 'ack' })
  line.socket.terminate()
}

test('text that is not UTF-8 closes with 1007', async () => {
  const stand = await open()
  const line = await stand.line()
  line.socket.send(Buffer.of(0xc3, 0x28), { binary: false })
  expect(await line.closed()).toBe(1007)
  await isWell(stand)
})

test('a frame over 64 KiB closes with a reason; one without any bound is not even read', async () => {
  const stand = await open()
  const [large, huge] = [await stand.line(), await stand.line()]
  large.send('x'.repeat(65_537))
  huge.send('x'.repeat(1_000_000))
  expect([await large.closed(), await huge.closed()]).toEqual([4001, 1009])
  await isWell(stand)
})

test('60,000 levels of nesting get a fault', async () => {
  const stand = await open()
  const line = await stand.line()
  line.send('['.repeat(60_000))
  expect(await line.next('fault')).toMatchObject({ code: 'too-deep' })
  await isWell(stand)
})

test('names with control characters or 10,000 letters get a fault that names the field', async () => {
  const stand = await open()
  const line = await stand.line()
  for (const name of ['Mi\u0000ra', 'm'.repeat(10_000)]) {
    const id = uuid()
    line.send({ type: 'enter', id, world: 'toy', name, look: { body: '#000000', accent: '#000000' } })
    expect(await line.next('fault', id)).toMatchObject({
      code: 'invalid-input',
      because: expect.stringContaining('name'),
    })
  }
  await isWell(stand)
})

test('ten bad frames are told, the eleventh is the end', async () => {
  const stand = await open()
  const line = await stand.line()
  for (let n = 0; n < 11; n++) line.send(n % 2 ? '{"type":"shout"}' : Uint8Array.of(0xee, n))
  expect(await line.closed()).toBe(4000)
  expect(line.frames.filter(({ type }) => type === 'fault')).toHaveLength(10)
  await isWell(stand)
})

test('a flood is ended, and what it sent is not done', async () => {
  const stand = await open({ limits: { messagesPerSecondMax: 10, messagesBurstMax: 20 } })
  const line = await stand.line()
  await line.enter()
  for (let n = 0; n < 2_000; n++) line.send(Uint8Array.of(0x11, 1))
  expect(await line.closed()).toBe(4002)
  expect(stand.world.steps.length).toBeLessThan(30)
  await isWell(stand)
})

test('one who never reads is closed, gets no presence before, and costs no more than the bound', async () => {
  const stand = await open({ limits: { backlogDropBytes: 20_000, backlogCloseBytes: 100_000 } })
  const [slow, quick] = [await stand.line(), await stand.line()]
  await slow.enter()
  const player = stand.world.newcomers[0]
  await quick.enter()
  stand.world.publish('roomed', { player, room: 'hall', from: '' })
  await slow.next('event')
  slow.socket.pause()
  const bytes = new Uint8Array(10_000).fill(0x12)
  for (let n = 0; n < 2_000 && stand.gateway.stats().framesDropped === 0; n++) {
    stand.world.publish('pulse', { room: 'hall', bytes })
    if (n % 20 === 0) await new Promise(resolve => setTimeout(resolve, 1))
  }
  expect(stand.gateway.stats().framesDropped).toBeGreaterThan(0)
  expect(stand.gateway.stats().connections).toBe(2)
  const text = 'x'.repeat(10_000)
  for (let n = 0; n < 2_000 && stand.gateway.stats().connections === 2; n++) {
    stand.world.publish('said', { player, text })
    await new Promise(resolve => setTimeout(resolve, 1))
  }
  expect(stand.gateway.stats().connections).toBe(1)
  expect(await quick.ask('query', 'count')).toMatchObject({ type: 'answer' })
  slow.socket.terminate()
})

test('a half-open socket is found by its silence', async () => {
  const stand = await open({ limits: { pingEveryMs: 40, deadAfterMs: 250, sweepEveryMs: 20 } })
  const dead = await rawSocket(stand)
  const alive = await stand.line()
  dead.on('data', () => undefined)
  await until(() => stand.gateway.stats().connections === 1)
  await new Promise(resolve => setTimeout(resolve, 400))
  expect(await alive.ask('query', 'count')).toMatchObject({ code: 'not-entered' })
  dead.destroy()
})

test('a frame that never ends, and one that ends too soon, hold nothing up', async () => {
  const stand = await open({ limits: { pingEveryMs: 30, deadAfterMs: 100, sweepEveryMs: 10 } })
  const truncated = await rawSocket(stand)
  truncated.on('error', () => undefined)
  truncated.write(clientFrame(1, Buffer.from('{"type"'), 60_000))
  const cut = await rawSocket(stand)
  cut.write(clientFrame(2, Buffer.of(0x11), 2))
  cut.destroy()
  await until(() => stand.gateway.stats().connections === 0)
  await isWell(stand)
  truncated.destroy()
})

test('reserved opcodes, unmasked frames and noise are closed by the protocol', async () => {
  const stand = await open()
  for (const bytes of [clientFrame(3, Buffer.alloc(4)), Buffer.of(0x81, 0x01, 0x41), Buffer.alloc(500, 0xff)]) {
    const socket = await rawSocket(stand)
    socket.on('error', () => undefined)
    const closed = new Promise<void>(resolve => socket.once('close', () => resolve()))
    socket.on('data', () => undefined)
    socket.write(bytes)
    await closed
  }
  await until(() => stand.gateway.stats().connections === 0)
  await isWell(stand)
})

test('commands that never end are bounded', async () => {
  const stand = await open({ limits: { inFlightMax: 4 } })
  const line = await stand.line()
  await line.enter()
  for (let n = 0; n < 5; n++) {
    line.send({ type: 'command', id: uuid(), capability: 'toy.box', name: 'wait', data: {} })
  }
  expect(await line.next('fault')).toMatchObject({ code: 'busy' })
  expect(stand.world.count('wait')).toBe(4)
})

test('many lines that come, misbehave and go leave nothing behind', async () => {
  const stand = await open({ limits: { graceMs: 10, sweepEveryMs: 10, guestsPerMinuteMax: 1_000 } })
  for (let round = 0; round < 40; round++) {
    const line = await stand.line()
    await line.enter()
    line.send('{'.repeat(round * 10))
    line.send(Uint8Array.of(0x11))
    line.socket.terminate()
  }
  await until(() => stand.world.count('leave') === 40)
  expect(stand.gateway.stats()).toMatchObject({ connections: 0, people: 0, topics: 0 })
  await isWell(stand)
})
