import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'

/** What comes out of a line: a frame's first byte's opcode, and its payload, good until the next one. */
export type OnFrame = (opcode: number, payload: Buffer) => void

const HEADER_BYTES_MAX = 10
const CLOSE_FRAME = 0x88
/** Every socket reads into this one: what is read is looked at before the next read. */
const shared = Buffer.allocUnsafe(1 << 18)
const PING = 9
const PONG = 10
/** Any mask but zero: servers skip the work of unmasking for that one. */
const MASK = Buffer.from([0x5a, 0xc3, 0x3c, 0xa5])

/** A frame as a client sends it: final, masked. `payload` is at most 125 bytes. */
export function clientFrame(opcode: number, payload: Uint8Array): Buffer {
  const long = payload.length > 125
  const start = long ? 8 : 6
  const frame = Buffer.allocUnsafe(start + payload.length)
  frame[0] = 0x80 | opcode
  if (long) {
    frame[1] = 0x80 | 126
    frame.writeUInt16BE(payload.length, 2)
  } else frame[1] = 0x80 | payload.length
  frame.set(MASK, start - 4)
  maskInto(frame, start, payload)
  return frame
}

/** Writes a payload, masked, into a frame made before: nothing is allocated for a move. */
export function maskInto(frame: Buffer, start: number, payload: Uint8Array): void {
  for (let n = 0; n < payload.length; n++) frame[start + n] = (payload[n] ?? 0) ^ (MASK[n & 3] ?? 0)
}

/** A WebSocket over a bare socket, as cheap as it gets: by default what comes in is counted and not looked at. */
export class RawLine {
  bytesIn = 0
  /** Set to look at frames; undefined to skip them unseen. Must change between frames only, so: from within itself. */
  onFrame: OnFrame | undefined
  onEnd: ((why: string) => void) | undefined
  readonly #socket: Socket
  #partial: Buffer | undefined
  #goodbye = 'it was closed'
  #upgraded: (() => void) | undefined

  private constructor(port: number) {
    this.#socket = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      onread: {
        buffer: shared,
        callback: (length, buffer) => {
          this.#read(buffer as Buffer, length)
          return true
        },
      },
    })
    // Told by the close that follows.
    this.#socket.on('error', () => undefined)
    this.#socket.on('close', () => this.onEnd?.(this.#goodbye))
  }

  /** Shakes hands. Rejects when the server will not. `onFrame` gets everything from the first frame on. */
  static open(
    port: number,
    path: string,
    headers: Readonly<Record<string, string>>,
    onFrame: OnFrame,
  ): Promise<RawLine> {
    return new Promise((resolve, reject) => {
      const line = new RawLine(port)
      line.onFrame = onFrame
      line.onEnd = why => reject(new Error(`the line could not be opened: ${why}`))
      line.#upgraded = () => resolve(line)
      const fields = {
        host: `127.0.0.1:${port}`,
        upgrade: 'websocket',
        connection: 'Upgrade',
        'sec-websocket-version': '13',
        'sec-websocket-key': randomBytes(16).toString('base64'),
        ...headers,
      }
      const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`)
      line.#socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
    })
  }

  write(frame: Buffer): void {
    this.#socket.write(frame)
  }

  close(): void {
    this.onEnd = undefined
    this.#socket.destroy()
  }

  #read(buffer: Buffer, length: number): void {
    this.bytesIn += length
    if (buffer[0] === CLOSE_FRAME)
      this.#goodbye = `it was closed with ${buffer.toString('utf8', 4, Math.min(length, 127))}`
    if (!this.onFrame) return
    const fresh = buffer.subarray(0, length)
    const bytes = this.#partial ? Buffer.concat([this.#partial, fresh]) : fresh
    this.#partial = undefined
    const start = this.#upgraded === undefined ? 0 : this.#answer(bytes)
    const end = start < 0 ? 0 : this.#frames(bytes, start)
    // Copied: the shared buffer belongs to the next socket.
    if (end < bytes.length) this.#partial = Buffer.from(bytes.subarray(end))
  }

  /** Where the server's answer to the handshake ends, or −1 when it is not whole yet. */
  #answer(bytes: Buffer): number {
    const end = bytes.indexOf('\r\n\r\n')
    if (end < 0) return -1
    const status = bytes.toString('latin1', 0, bytes.indexOf('\r\n'))
    if (!status.includes(' 101 ')) {
      this.onEnd?.(`${status}: ${bytes.toString('utf8', end + 4)}`)
      return bytes.length
    }
    this.#upgraded?.()
    this.#upgraded = undefined
    return end + 4
  }

  #frames(bytes: Buffer, start: number): number {
    let at = start
    while (this.onFrame && bytes.length - at >= 2) {
      if (bytes.length - at < HEADER_BYTES_MAX && bytes.length - at < headerBytes(bytes, at)) break
      const from = at + headerBytes(bytes, at)
      const size = payloadBytes(bytes, at)
      if (bytes.length - from < size) break
      const opcode = (bytes[at] ?? 0) & 0xf
      const payload = bytes.subarray(from, from + size)
      if (opcode === PING) this.write(clientFrame(PONG, payload))
      else this.onFrame(opcode, payload)
      at = from + size
    }
    return at
  }
}

const shortLength = (bytes: Buffer, at: number): number => (bytes[at + 1] ?? 0) & 0x7f

function headerBytes(bytes: Buffer, at: number): number {
  const length = shortLength(bytes, at)
  return length < 126 ? 2 : length === 126 ? 4 : 10
}

function payloadBytes(bytes: Buffer, at: number): number {
  const length = shortLength(bytes, at)
  if (length < 126) return length
  return length === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))
}
