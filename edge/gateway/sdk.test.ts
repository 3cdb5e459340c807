import { type Connection, connect, guestSocket, type OpenSocket } from '@worldloom/sdk'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { GatewayOptions } from './index.ts'
import { LOOK, openStand, until } from './trial/stand.ts'
import { ToyWorld, toy, worldsOf } from './trial/toy-world.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function open(options: Partial<GatewayOptions> = {}) {
  const stand = await openStand(options)
  closers.push(stand.close)
  return stand
}

async function join(url: string, openSocket?: OpenSocket): Promise<Connection> {
  const connection = connect({ url, openSocket: openSocket ?? (await guestSocket(url)) })
  closers.push(() => connection.close())
  return connection
}

/** Opens sockets by `ws`, and can cut the one that is open. */
async function cuttable(url: string): Promise<{ open: OpenSocket; cut: () => void }> {
  const cookie = (await fetch(`${url}/session`)).headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''
  let last: WebSocket | undefined
  return {
    open: (to, protocol) => {
      last = new WebSocket(to, protocol, { headers: { cookie } })
      return last as never
    },
    cut: () => last?.terminate(),
  }
}

describe('the client and the gateway, over a real socket', () => {
  test('enter, command, query, events, bytes both ways', async () => {
    const { gateway, world } = await open()
    const mira = await join(gateway.address)
    const said: string[] = []
    const nudges: number[] = []
    const off = mira.on(toy, 'said', ({ text }) => said.push(text))
    mira.on(toy, 'nudged', ({ n }) => nudges.push(n))
    expect(mira.send(toy, 'step', { n: 1 })).toBe(false)

    expect(await mira.enter('toy', 'Mira', LOOK)).toMatchObject({ world: 'toy', map: 'a'.repeat(64) })
    expect(mira.state).toMatchObject({ phase: 'entered', welcome: { worlds: [{ id: 'toy' }] } })
    expect(await mira.command(toy, 'say', { text: 'hello' })).toEqual({ reply: { n: 5 } })
    expect(await mira.command(toy, 'say', { text: 'no' })).toEqual({ refused: 'rude', because: 'Say something kind.' })
    await expect(mira.command(toy, 'say', { text: 'broken' })).rejects.toMatchObject({ code: 'internal' })
    await expect(mira.command(toy, 'rule', {})).rejects.toMatchObject({ code: 'not-allowed' })
    expect(await mira.query(toy, 'count', {})).toBe(4)
    expect(mira.send(toy, 'step', { n: 9 })).toBe(true)
    world.publish('nudged', { player: world.newcomers[0], n: 7 })
    await until(() => nudges.length === 1 && world.steps.length === 1)
    expect([said, nudges, world.steps]).toEqual([['hello'], [7], [{ n: 9 }]])
    off()
    await mira.command(toy, 'say', { text: 'unheard' })
    expect(said).toEqual(['hello'])
    expect(Math.abs(mira.now() - Date.now())).toBeLessThan(200)
    expect(() => mira.send(toy, 'say', { text: '' })).toThrow(/no binary form/)
  })

  test('a line that breaks comes back to the same session; what was asked meanwhile is done once', async () => {
    const { gateway, world } = await open()
    const line = await cuttable(gateway.address)
    const mira = await join(gateway.address, line.open)
    const phases: string[] = []
    mira.subscribe(() => phases.push(mira.state.phase))
    const first = await mira.enter('toy', 'Mira', LOOK)
    // The answer is on its way when the line is cut, so the command is sent again.
    const command = world.command.bind(world)
    let cuts = 0
    world.command = async (...args) => {
      const outcome = await command(...args)
      if (args[1] === 'say' && cuts++ === 0) line.cut()
      return outcome
    }
    expect(await mira.command(toy, 'say', { text: 'once' })).toEqual({ reply: { n: 4 } })
    expect(world.calls.filter(({ name }) => name === 'say')).toHaveLength(1)
    expect(cuts).toBeGreaterThan(1)
    expect(mira.state).toMatchObject({ phase: 'entered', entered: { session: (first as { session: string }).session } })
    expect(phases[0]).toBe('open')
    expect(phases).toContain('reconnecting')
    expect(phases.at(-1)).toBe('entered')
  })

  test('a server that stops and starts again finds its people back', async () => {
    const before = await open()
    const { port } = before.gateway
    const line = await guestSocket(before.gateway.address)
    const mira = await join(before.gateway.address, line)
    await mira.enter('toy', 'Mira', LOOK)
    const { guests } = before
    await before.gateway.close()
    await until(() => mira.state.phase === 'reconnecting')
    const world = new ToyWorld()
    await open({ port, guests, worlds: worldsOf(world) })
    for (let tries = 0; tries < 1_500 && mira.state.phase !== 'entered'; tries++) {
      await new Promise(resolve => setTimeout(resolve, 10))
    }
    expect(mira.state.phase).toBe('entered')
    expect(world.newcomers).toHaveLength(1)
  }, 20_000)

  test('taken over: it ends, and does not fight', async () => {
    const { gateway, world } = await open()
    const line = await guestSocket(gateway.address)
    const [first, second] = [await join(gateway.address, line), await join(gateway.address, line)]
    await first.enter('toy', 'Mira', LOOK)
    await second.enter('toy', 'Mira', LOOK)
    await until(() => first.state.phase === 'closed')
    expect(first.state).toEqual({ phase: 'closed', reason: 'taken-over' })
    await expect(first.query(toy, 'count', {})).rejects.toMatchObject({ code: 'closed' })
    expect(await second.query(toy, 'count', {})).toBe(world.calls.length)
  })

  test('closing leaves the world, and settles what was asked', async () => {
    const { gateway, world } = await open()
    const mira = await join(gateway.address)
    await mira.enter('toy', 'Mira', LOOK)
    const waiting = mira.command(toy, 'wait', {})
    mira.close()
    await expect(waiting).rejects.toMatchObject({ code: 'closed' })
    await until(() => world.count('leave') === 1)
    expect(world.calls.at(-1)?.input).toMatchObject({ parting: 'left' })
  })

  test('a world that refuses is told as it is', async () => {
    const { gateway, world } = await open()
    world.onJoin = () => ({ refused: 'full', because: 'It is full.' })
    const mira = await join(gateway.address)
    expect(await mira.enter('toy', 'Mira', LOOK)).toEqual({ refused: 'full', because: 'It is full.' })
    await expect(mira.enter('nowhere', 'Mira', LOOK)).rejects.toMatchObject({ code: 'unknown-world' })
  })

  test('two hundred questions at once are all answered', async () => {
    const { gateway } = await open()
    const mira = await join(gateway.address)
    await mira.enter('toy', 'Mira', LOOK)
    const answers = await Promise.all(Array.from({ length: 200 }, () => mira.query(toy, 'count', {})))
    expect(answers).toHaveLength(200)
  })
})
