/** The floor: a bare `ws` loop. Takes moves, and at 15 Hz writes one prepared frame of what changed to every socket. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { intentCodec } from '@worldloom/capabilities/movement'
import { encodeFrame, type FrameEntry, PRESENCE_HZ } from '@worldloom/capabilities/presence'
import { WebSocketServer } from 'ws'
import { Counters, report } from './reporting.ts'

const http = createServer()
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
const counters = new Counters()
const lines = new Set<Duplex>()
const changed = new Map<number, FrameEntry>()
let indices = 0

http.on('upgrade', (request, raw, head) => {
  sockets.handleUpgrade(request, raw, head, socket => {
    const index = indices++
    lines.add(raw)
    socket.on('message', (data: Buffer, isBinary) => {
      if (!isBinary) {
        socket.send(data.toString())
        return
      }
      const move = intentCodec.read(data)
      if (move) changed.set(index, { index, x: move.x, y: move.y, pose: move.pose })
    })
    socket.on('close', () => lines.delete(raw))
    socket.on('error', () => raw.destroy())
  })
})

const PERIOD_MS = 1000 / PRESENCE_HZ
const MEDIUM = 126
const LONG_MIN = 65_536

/** One binary frame, header included. */
function framed(payload: Uint8Array): Buffer {
  if (payload.length >= LONG_MIN) throw new Error('too many people for the floor')
  const short = payload.length < MEDIUM
  const frame = Buffer.allocUnsafe(payload.length + (short ? 2 : 4))
  frame[0] = 0x82
  if (short) frame[1] = payload.length
  else {
    frame[1] = MEDIUM
    frame.writeUInt16BE(payload.length, 2)
  }
  frame.set(payload, short ? 2 : 4)
  return frame
}

function tick(): void {
  if (changed.size === 0) return
  const beganAt = performance.now()
  const frame = framed(encodeFrame(Date.now(), [...changed.values()]))
  changed.clear()
  for (const line of lines) line.write(frame)
  counters.tick(performance.now() - beganAt)
}

let due = performance.now()
function schedule(): void {
  const now = performance.now()
  due = Math.max(due + PERIOD_MS, now)
  setTimeout(() => {
    tick()
    schedule()
  }, due - now)
}

http.listen(0, '127.0.0.1', () => {
  schedule()
  report((http.address() as AddressInfo).port, counters, async () => undefined)
})
