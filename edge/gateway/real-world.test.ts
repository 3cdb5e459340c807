import { createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { chat } from '@worldloom/capabilities/chat'
import { parseWorldFile } from '@worldloom/capabilities/geography'
import { movement, type Place } from '@worldloom/capabilities/movement'
import { decodeFrame, type FrameEntry, presence, type Sighting } from '@worldloom/capabilities/presence'
import { sessions } from '@worldloom/capabilities/sessions'
import type { Capability, ObjectStore } from '@worldloom/contract'
import { devtest } from '@worldloom/devtest'
import { createHost, type Host } from '@worldloom/host'
import { migrate, openPool, PostgresEngineStore, PostgresGuestStore, PostgresWorldRegistry } from '@worldloom/postgres'
import { type Connection, connect, type OpenSocket } from '@worldloom/sdk'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { WebSocket } from 'ws'
import { createGateway, type Gateway } from './index.ts'
import { LOOK, newCookie, until } from './trial/stand.ts'

let admin: ReturnType<typeof openPool>
let pool: ReturnType<typeof openPool>
let host: Host
let gateway: Gateway
const database = `gateway_${randomBytes(6).toString('hex')}`
const troubles: unknown[] = []

const kept = new Map<string, Uint8Array>()
const objects: ObjectStore = {
  async put(bytes) {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    kept.set(sha256, bytes)
    return sha256
  },
  get: async sha256 => kept.get(sha256),
}

beforeAll(async () => {
  admin = openPool(inject('databaseUrl'))
  await admin.query(`create database ${database}`)
  const url = new URL(inject('databaseUrl'))
  url.pathname = `/${database}`
  pool = openPool(url.href)
  await migrate(pool)
  host = await createHost({
    game: devtest,
    store: new PostgresEngineStore(pool),
    registry: new PostgresWorldRegistry(pool),
    objects,
    ambient: {
      now: () => Date.now(),
      after: (ms, run) => {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
      random32: () => randomBytes(4).readUInt32LE(),
    },
    readMap: async file => parseWorldFile(await readFile(fileURLToPath(file), 'utf8')),
    onTrouble: (what, why) => troubles.push([what, why]),
  })
  gateway = await createGateway({
    worlds: host,
    capabilities: devtest.modules.flatMap(({ words }) => words.provides as readonly Capability[]),
    guests: new PostgresGuestStore(pool),
    objects,
    clientFolder: fileURLToPath(new URL('./trial', import.meta.url)),
    host: '127.0.0.1',
    port: 0,
    logger: pino({ level: 'silent' }),
  })
})

afterAll(async () => {
  await gateway.close()
  await host.close()
  await pool.end()
  await admin.query(`drop database ${database} with (force)`)
  await admin.end()
  expect(troubles).toEqual([])
})

/** Somebody with a client that keeps what it hears, on a line that can be cut. */
async function visitor(name: string) {
  const cookie = await newCookie(gateway.address)
  let socket: WebSocket | undefined
  const openSocket: OpenSocket = (url, protocol) => {
    socket = new WebSocket(url, protocol, { headers: { cookie } })
    return socket as never
  }
  const connection: Connection = connect({ url: gateway.address, openSocket })
  const seen = {
    places: [] as Place[],
    snapshots: [] as (readonly Sighting[])[],
    moves: [] as FrameEntry[],
    lines: [] as string[],
    corrections: [] as string[],
    gone: [] as string[],
  }
  connection.on(movement, 'placed', place => seen.places.push(place))
  connection.on(movement, 'corrected', ({ reason }) => seen.corrections.push(reason))
  connection.on(presence, 'snapshot', ({ people }) => seen.snapshots.push(people))
  connection.on(presence, 'frame', ({ bytes }) => seen.moves.push(...(decodeFrame(bytes)?.entries ?? [])))
  connection.on(chat, 'said', ({ text }) => seen.lines.push(text))
  connection.on(sessions, 'left', ({ player }) => seen.gone.push(player))
  await connection.enter('devtest', name, LOOK)
  await until(() => seen.snapshots.length > 0)
  return { connection, seen, cut: () => socket?.terminate(), player: seen.places[0]?.player ?? '' }
}

test('two people in the real world: they talk, walk, are corrected, break off and come back to where they stood', async () => {
  const [mira, tom] = [await visitor('Mira'), await visitor('Tom')]
  try {
    expect(tom.seen.snapshots[0]?.map(({ player }) => player).sort()).toEqual([mira.player, tom.player].sort())
    const index = tom.seen.snapshots[0]?.find(({ player }) => player === tom.player)?.index

    expect(await tom.connection.command(chat, 'say', { channel: 'world', text: 'hello' })).toHaveProperty('reply.line')
    await until(() => mira.seen.lines.includes('hello'))

    const [start] = tom.seen.places
    if (!start) throw new Error('Tom was never placed')
    const here = { x: start.x + 4, y: start.y, pose: 1 }
    tom.connection.send(movement, 'move', { seq: 0, ...here })
    await until(() => mira.seen.moves.some(move => move.index === index && move.x === here.x))

    tom.connection.send(movement, 'move', { seq: 1, x: start.x + 640, y: start.y, pose: 1 })
    await until(() => tom.seen.corrections.length > 0)

    tom.cut()
    await until(() => tom.seen.places.length === 2)
    expect(tom.seen.places[1]).toMatchObject({ player: tom.player, x: here.x, y: here.y })
    await until(() => tom.seen.snapshots.length === 2)
    expect(tom.seen.snapshots[1]).toContainEqual({ index, player: tom.player, ...here })
    expect(mira.seen.gone).toEqual([])
    expect(await mira.connection.query(sessions, 'who', {})).toHaveLength(2)

    tom.connection.close()
    await until(() => mira.seen.gone.includes(tom.player))
    expect(await mira.connection.query(movement, 'where', { player: tom.player })).toBeNull()
  } finally {
    tom.connection.close()
    mira.connection.close()
  }
})

test('the map that `entered` names is served under its hash', async () => {
  const mira = await visitor('Mira')
  try {
    const { state } = mira.connection
    if (state.phase !== 'entered') throw new Error('not entered')
    const map = Buffer.from(await (await fetch(`${gateway.address}/objects/${state.entered.map}`)).arrayBuffer())
    expect(createHash('sha256').update(map).digest('hex')).toBe(state.entered.map)
  } finally {
    mira.connection.close()
  }
})
