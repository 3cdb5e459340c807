import { INTENT_TAG, poseOf } from '@worldloom/capabilities/movement'
import { FRAME_TAG } from '@worldloom/capabilities/presence'
import { SUBPROTOCOL, uuidFrom } from '@worldloom/contract'
import { SIDE_TILES } from './plain-world.ts'
import { clientFrame, RawLine } from './raw-line.ts'

/** Somebody who is in, and where they stand, in 1/64 tile. */
export interface Entered {
  readonly line: RawLine
  readonly x: number
  readonly y: number
}

/** How one server is entered, spoken to and understood. */
export interface Door {
  enter(port: number, n: number): Promise<Entered>
  /** Bytes of a move's payload before the eight of the move itself. */
  readonly movePrefix: readonly number[]
  readonly ping: Buffer
  isPong(opcode: number, payload: Buffer): boolean
  /** When the tick that a frame comes from began, UTC ms, low 32 bits; undefined for other frames. */
  tickOf(opcode: number, payload: Buffer): number | undefined
}

const TEXT = 1
const BINARY = 2
const PATIENCE_MS = 60_000

const random32 = (): number => Math.floor(Math.random() * 2 ** 32)
const textFrame = (value: unknown): Buffer => clientFrame(TEXT, Buffer.from(JSON.stringify(value)))
const presenceTick = (opcode: number, payload: Buffer): number | undefined =>
  opcode === BINARY && payload[0] === FRAME_TAG ? payload.readUInt32BE(1) : undefined

/** Through a guest's cookie, the handshake and `enter`, as every Client. */
const worldloom: Door = {
  async enter(port, n) {
    const session = await fetch(`http://127.0.0.1:${port}/session`)
    await session.arrayBuffer()
    const cookie = session.headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''
    return new Promise((resolve, reject) => {
      let line: RawLine | undefined
      let place: { x: number; y: number } | undefined
      let isIn = false
      const onFrame = (opcode: number, payload: Buffer) => {
        if (opcode !== TEXT || (place && isIn)) return
        // Everybody's comings are told to everybody: only what is about oneself is worth reading.
        const start = payload.toString('latin1', 0, 80)
        if (start.startsWith('{"type":"fault"') || start.startsWith('{"type":"refused"'))
          reject(new Error(payload.toString()))
        if (start.startsWith('{"type":"entered"')) isIn = true
        if (start.includes('"name":"placed"')) place = JSON.parse(payload.toString()).data
        if (!place || !isIn || !line) return
        clearTimeout(timer)
        resolve({ line, x: place.x, y: place.y })
      }
      const timer = setTimeout(() => reject(new Error(`nobody let in within ${PATIENCE_MS} ms`)), PATIENCE_MS)
      const headers = { cookie, 'sec-websocket-protocol': SUBPROTOCOL }
      RawLine.open(port, '/ws', headers, onFrame).then(opened => {
        line = opened
        const id = uuidFrom(Date.now(), random32(), random32(), random32())
        const look = { body: '#7fa66b', accent: '#f2b84b' }
        opened.write(textFrame({ type: 'enter', id, world: 'bench', name: `Walker ${n}`, look }))
      }, reject)
    })
  },
  movePrefix: [],
  ping: textFrame({ type: 'ping', n: 1 }),
  isPong: (opcode, payload) => opcode === TEXT && payload.toString('latin1', 0, 14) === '{"type":"pong"',
  tickOf: presenceTick,
}

/** Where servers that do not place anybody would have them: all over the map. */
function ownPlace(n: number): { x: number; y: number } {
  const along = SIDE_TILES - 4
  return { x: (2 + ((n * 7) % along)) * 64, y: (2 + ((n * 13) % along)) * 64 }
}

const bare: Door = {
  enter: async (port, n) => ({ line: await RawLine.open(port, '/', {}, () => undefined), ...ownPlace(n) }),
  movePrefix: [],
  ping: clientFrame(TEXT, Buffer.from('ping')),
  isPong: opcode => opcode === TEXT,
  tickOf: presenceTick,
}

const COLYSEUS = { joinRoom: 10, statePatch: 15, dataBytes: 17, ping: 18 } as const

/** Sets the state's first field, in a patch. */
const SET_FIRST = 0x80

/** Through its match-making and its own handshake; the state's own fields, changed last, end a patch: the tick's time. */
const colyseus: Door = {
  async enter(port, n) {
    const seat = await fetch(`http://127.0.0.1:${port}/matchmake/joinOrCreate/crowd`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    const { sessionId, processId, roomId } = (await seat.json()) as Record<string, string>
    const path = `/${processId}/${roomId}?sessionId=${sessionId}`
    return new Promise((resolve, reject) => {
      let line: RawLine | undefined
      const join = () => {
        if (!line) return
        line.write(clientFrame(BINARY, Uint8Array.of(COLYSEUS.joinRoom)))
        resolve({ line, ...ownPlace(n) })
      }
      let asked = false
      const onFrame = (opcode: number, payload: Buffer) => {
        if (opcode !== BINARY || payload[0] !== COLYSEUS.joinRoom) return
        asked = true
        join()
      }
      RawLine.open(port, path, {}, onFrame).then(opened => {
        line = opened
        if (asked) join()
      }, reject)
    })
  },
  movePrefix: [COLYSEUS.dataBytes, 0],
  ping: clientFrame(BINARY, Uint8Array.of(COLYSEUS.ping)),
  isPong: (opcode, payload) => opcode === BINARY && payload[0] === COLYSEUS.ping,
  tickOf(opcode, payload) {
    if (opcode !== BINARY || payload[0] !== COLYSEUS.statePatch) return undefined
    return payload.at(-5) === SET_FIRST ? payload.readUInt32LE(payload.length - 4) : undefined
  },
}

export const DOORS = { worldloom, bare, colyseus } as const
export type Variant = keyof typeof DOORS

/** A still empty frame for moves, and where in it the payload begins. */
export function moveFrame({ movePrefix }: Door): { readonly frame: Buffer; readonly payload: Uint8Array } {
  const payload = new Uint8Array(movePrefix.length + 8)
  payload.set(movePrefix)
  payload[movePrefix.length] = INTENT_TAG
  payload[movePrefix.length + 7] = poseOf(0, 'walking')
  return { frame: clientFrame(BINARY, payload), payload }
}
