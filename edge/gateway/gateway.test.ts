import type { Outcome } from '@worldloom/host'
import { afterEach, describe, expect, test } from 'vitest'
import { createGateway, type GatewayOptions } from './index.ts'
import { Line, openStand, until } from './trial/stand.ts'
import { ToyWorld, worldsOf } from './trial/toy-world.ts'

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

describe('a visit', () => {
  test('welcome, enter, command, query, event', async () => {
    const { world, line } = await open()
    const mira = await line()
    const entered = await mira.enter()
    expect(entered).toMatchObject({
      world: 'toy',
      title: 'A toy',
      map: 'a'.repeat(64),
      capabilities: world.capabilities,
    })
    expect(world.calls[0]).toMatchObject({ name: 'join', actor: { player: '', roles: [] }, input: { name: 'Mira' } })

    expect(await mira.ask('command', 'say', { text: 'hello' })).toMatchObject({ type: 'ack', reply: { n: 5 } })
    expect(await mira.next('event')).toMatchObject({ capability: 'toy.box', name: 'said', data: { text: 'hello' } })
    expect(world.calls.at(-1)?.actor).toMatchObject({ session: entered.session, roles: ['guest'] })
    expect(await mira.ask('query', 'count')).toMatchObject({ type: 'answer', data: 2 })
    expect(await mira.ask('command', 'say', { text: 'no' })).toMatchObject({ type: 'refused', code: 'rude' })
    expect(await mira.ask('command', 'say', { text: 'away' })).toMatchObject({ code: 'unavailable', retryAfterMs: 250 })
    expect(await mira.ask('command', 'say', { text: 'broken' })).toMatchObject({ type: 'fault', code: 'internal' })
  })

  test('what happens while one comes in is heard after `entered`, all of it and in order', async () => {
    const { world, line } = await open()
    world.onJoin = async ({ player }) => {
      world.publish('roomed', { player, room: 'hall', from: '' })
      world.publish('pulse', { room: 'hall', bytes: Uint8Array.of(0x12, 1) })
      await new Promise(resolve => setTimeout(resolve, 20))
      world.publish('said', { player, text: 'hi' })
      return {}
    }
    const mira = await line()
    const types: string[] = []
    mira.socket.on('message', (data: Buffer, isBinary: boolean) => {
      types.push(isBinary ? 'bytes' : String(JSON.parse(data.toString()).name ?? JSON.parse(data.toString()).type))
    })
    await mira.enter()
    await mira.next('event')
    await until(() => types.length === 4)
    expect(types).toEqual(['entered', 'roomed', 'bytes', 'said'])
  })

  test('events go to their audience, bytes as bytes, and nowhere else', async () => {
    const { world, line, gateway } = await open()
    const [mira, tom, visitor] = [await line(), await line(), await line()]
    await mira.enter()
    await tom.enter()
    const [miraId, tomId] = world.newcomers
    world.publish('roomed', { player: miraId, room: 'hall', from: '' })
    world.publish('roomed', { player: tomId, room: 'yard', from: '' })
    world.publish('pulse', { room: 'hall', bytes: Uint8Array.of(0x12, 1) })
    world.publish('nudged', { player: tomId, n: 7 })
    world.publish('hidden', {})
    world.publish('unheard-of', {})
    expect([...(await mira.nextBytes())]).toEqual([0x12, 1])
    expect([...(await tom.nextBytes())]).toEqual([0x13, 7])

    world.publish('roomed', { player: tomId, room: 'hall', from: 'yard' })
    world.publish('pulse', { room: 'yard', bytes: Uint8Array.of(0x12, 2) })
    world.publish('pulse', { room: 'hall', bytes: Uint8Array.of(0x12, 3) })
    expect([...(await tom.nextBytes())]).toEqual([0x12, 3])
    expect([...(await mira.nextBytes())]).toEqual([0x12, 3])
    world.publish('said', { player: miraId, text: 'all' })
    await mira.next('event')
    expect([visitor.frames, visitor.bytes, mira.bytes, tom.bytes]).toEqual([[], [], [], []])
    expect(gateway.stats()).toMatchObject({ connections: 3, people: 2, topics: 4 })
  })

  test('bytes in reach the world without a detour', async () => {
    const { world, line } = await open()
    const mira = await line()
    mira.send(Uint8Array.of(0x11, 1))
    await mira.enter()
    mira.send(Uint8Array.of(0x11, 2))
    mira.send(Uint8Array.of(0x11, 3))
    await until(() => world.steps.length === 2)
    expect(world.steps).toEqual([{ n: 2 }, { n: 3 }])
  })

  test('a world that throws at bytes breaks nothing', async () => {
    const { world, line, log } = await open()
    const mira = await line()
    await mira.enter()
    world.send = () => {
      throw new TypeError('a bug')
    }
    mira.send(Uint8Array.of(0x11, 2))
    expect(await mira.ask('query', 'count')).toMatchObject({ type: 'answer' })
    expect(log.join('')).toContain('a bug')
  })

  test('no such world, a full world, a world that fails', async () => {
    const { world, line, gateway } = await open()
    const mira = await line()
    const enter = (id: string, to = 'toy') =>
      mira.send({ type: 'enter', id, world: to, name: 'Mira', look: { body: '#000000', accent: '#ffffff' } })
    const ids = [1, 2, 3].map(n => `01938000-0000-7000-9000-00000000000${n}`)
    enter(ids[0] ?? '', 'nowhere')
    expect(await mira.next('fault')).toMatchObject({ code: 'unknown-world' })
    world.onJoin = () => ({ refused: 'full', because: 'It is full.' })
    enter(ids[1] ?? '')
    expect(await mira.next('refused')).toMatchObject({ code: 'full' })
    world.onJoin = () => {
      throw new RangeError('a bug')
    }
    enter(ids[2] ?? '')
    expect(await mira.next('fault')).toMatchObject({ code: 'internal' })
    expect(gateway.stats()).toMatchObject({ people: 0, topics: 0 })
  })

  test('going to another world leaves the first', async () => {
    const [first, second] = [new ToyWorld('first'), new ToyWorld('second')]
    const { line } = await open({ worlds: worldsOf(first, second) })
    const mira = await line()
    await mira.enter('first')
    await mira.enter('second')
    expect(first.calls.map(({ name }) => name)).toEqual(['join', 'leave'])
    first.publish('said', { player: 'x', text: 'from the first' })
    second.publish('said', { player: 'x', text: 'from the second' })
    expect(await mira.next('event')).toMatchObject({ data: { text: 'from the second' } })
  })
})

describe('coming back', () => {
  const limits = { graceMs: 60, sweepEveryMs: 10 }

  test('within the grace period to the same session, and to the topics that events have moved one to', async () => {
    const { world, line, cookie } = await open({ limits: { ...limits, graceMs: 10_000 } })
    const mine = await cookie()
    const before = await line(mine)
    const { session } = await before.enter()
    const player = world.newcomers[0]
    world.publish('roomed', { player, room: 'hall', from: '' })
    before.socket.terminate()
    await before.closed()
    await new Promise(resolve => setTimeout(resolve, 100))
    world.publish('roomed', { player, room: 'yard', from: 'hall' })
    const after = await line(mine)
    expect(await after.enter()).toMatchObject({ session })
    world.publish('pulse', { room: 'hall', bytes: Uint8Array.of(0x12, 1) })
    world.publish('pulse', { room: 'yard', bytes: Uint8Array.of(0x12, 2) })
    expect([...(await after.nextBytes())]).toEqual([0x12, 2])
    expect(world.calls.map(({ name }) => name)).toEqual(['join', 'join'])
  })

  test('not in time: sent home as lost, and the next visit is a new one', async () => {
    const { world, line, cookie, gateway } = await open({ limits })
    const mine = await cookie()
    const before = await line(mine)
    const { session } = await before.enter()
    before.socket.terminate()
    await until(() => world.count('leave') === 1)
    expect(world.calls.at(-1)?.input).toEqual({ session, parting: 'lost' })
    expect(gateway.stats()).toMatchObject({ people: 0, topics: 0 })
    const after = await line(mine)
    expect((await after.enter()).session).not.toBe(session)
  })

  test('who says goodbye is gone at once', async () => {
    const { world, line } = await open()
    const mira = await line()
    const { session } = await mira.enter()
    mira.socket.close(1000)
    await until(() => world.count('leave') === 1)
    expect(world.calls.at(-1)?.input).toEqual({ session, parting: 'left' })
  })

  test('a second tab takes over: same session, the first is told and changes nothing any more', async () => {
    const { world, line, cookie } = await open({ limits })
    const mine = await cookie()
    const first = await line(mine)
    const { session } = await first.enter()
    const second = await line(mine)
    expect(await second.enter()).toMatchObject({ session })
    expect(await first.closed()).toBe(4004)
    await new Promise(resolve => setTimeout(resolve, 120))
    expect(world.count('leave')).toBe(0)
    expect(await second.ask('command', 'say', { text: 'still here' })).toMatchObject({ type: 'ack' })
  })

  test('a second tab while the first is still on its way in: what the world answers the first is not for the second', async () => {
    const { world, line, cookie } = await open()
    const answers: ((outcome: Outcome) => void)[] = []
    world.onJoin = () => new Promise(resolve => answers.push(resolve))
    const mine = await cookie()
    const [first, second] = [await line(mine), await line(mine)]
    first.enter().catch(() => undefined)
    await until(() => answers.length === 1)
    const entering = second.enter()
    await until(() => answers.length === 2)
    answers[0]?.({ refused: 'full', because: 'It is full.' })
    answers[1]?.({})
    await entering
    world.publish('said', { player: 'x', text: 'both ways' })
    expect(await second.next('event')).toMatchObject({ data: { text: 'both ways' } })
    expect(await first.closed()).toBe(4004)
  })

  test('a line that breaks on the way in leaves nobody behind', async () => {
    const { world, line, gateway } = await open({ limits })
    let letIn = () => {}
    world.onJoin = () =>
      new Promise(resolve => {
        letIn = () => resolve({})
      })
    const mira = await line()
    mira.enter().catch(() => undefined)
    await until(() => world.count('join') === 1)
    mira.socket.terminate()
    await mira.closed()
    letIn()
    await until(() => world.count('leave') === 1)
    expect(gateway.stats()).toMatchObject({ connections: 0, people: 0, topics: 0 })
  })

  test('a departure that the world cannot take now is told again with the same id', async () => {
    const { world, line } = await open({ limits })
    const command = world.command.bind(world)
    const tried: string[] = []
    world.command = async (capability, name, input, actor, id) => {
      if (name !== 'leave') return command(capability, name, input, actor, id)
      tried.push(id)
      if (tried.length < 3)
        throw Object.assign(new Error('moving'), { name: 'Fault', code: 'unavailable', retry: 'now' })
      return command(capability, name, input, actor, id)
    }
    const mira = await line()
    await mira.enter()
    mira.socket.close(1000)
    await until(() => world.count('leave') === 1)
    expect(new Set(tried).size).toBe(1)
  })
})

describe('stopping', () => {
  test('everyone is told when to come back, the world hears of it, nothing stays', async () => {
    const stand = await openStand()
    const mira = await stand.line()
    const { session } = await mira.enter()
    const closing = stand.close()
    const { retryAfterMs } = await mira.next('closing')
    expect(retryAfterMs).toBeGreaterThanOrEqual(0)
    expect(retryAfterMs).toBeLessThan(5_000)
    expect(await mira.closed()).toBe(4005)
    await closing
    expect(stand.world.calls.at(-1)).toMatchObject({ name: 'leave', input: { session, parting: 'restarted' } })
    expect(stand.world.listeners).toBe(0)
    await expect(fetch(`${stand.gateway.address}/healthz`)).rejects.toThrow()
  })

  test('a client that does not say goodbye does not hold it up', async () => {
    const stand = await openStand()
    const mira = await stand.line()
    mira.socket.pause()
    const begun = performance.now()
    await stand.close()
    expect(performance.now() - begun).toBeLessThan(10_000)
    mira.socket.terminate()
  })

  test('twice is once', async () => {
    const stand = await openStand()
    await Promise.all([stand.close(), stand.gateway.close()])
  })

  test('a taken port is said in one sentence', async () => {
    const { gateway } = await open()
    const again = open({ port: gateway.port })
    await expect(again).rejects.toMatchObject({
      code: 'port-taken',
      message: expect.stringContaining(`${gateway.port}`),
    })
  })
})

test('two codecs with one tag do not fit', async () => {
  const { toy } = await import('./trial/toy-world.ts')
  const twin = { ...toy, id: 'toy.twin' as const }
  const opening = createGateway({ capabilities: [toy, twin] } as unknown as GatewayOptions)
  await expect(opening).rejects.toMatchObject({ code: 'tag-clash' })
})

test('log lines carry no secret', async () => {
  const { line, cookie, log } = await open()
  const mine = await cookie()
  const mira = await line(mine)
  await mira.enter()
  mira.send('{')
  await mira.next('fault')
  await Line.open('http://127.0.0.1:1', mine).catch(() => undefined)
  expect(log.join('')).not.toContain(mine.split('.')[1])
})
