import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sessions } from '@worldloom/capabilities/sessions'
import { SUBPROTOCOL } from '@worldloom/contract'
import { pino } from 'pino'
import { WebSocket } from 'ws'
import { createGateway, type GatewayOptions, type GuestStore } from '../index.ts'
import { ToyWorld, toy, worldsOf } from './toy-world.ts'

export const LOOK = { body: '#336699', accent: '#ffcc00' }

/** Guests in memory. */
export function memoryGuests(): GuestStore & { readonly size: number } {
  const guests = new Map<string, Uint8Array>()
  return {
    create: async (player, secretHash) => void guests.set(player, secretHash),
    find: async player => guests.get(player),
    get size() {
      return guests.size
    },
  }
}

/** A gateway on a port of the system's choice, with a toy world, a little Client and objects in memory. */
export async function openStand(options: Partial<GatewayOptions> = {}) {
  const clientFolder = await mkdtemp(join(tmpdir(), 'gateway-'))
  await mkdir(join(clientFolder, 'assets'))
  await writeFile(join(clientFolder, 'index.html'), '<!doctype html><title>Client</title>')
  await writeFile(join(clientFolder, 'assets', 'app-1a2b3c.js'), 'start()')
  await writeFile(join(clientFolder, 'assets', 'app-1a2b3c.js.br'), 'compressed')
  const world = new ToyWorld()
  const objects = new Map<string, Uint8Array>([['a'.repeat(64), new TextEncoder().encode('{"formatVersion":1}')]])
  const guests = memoryGuests()
  const log: string[] = []
  const logger = pino({ level: 'debug' }, { write: line => void log.push(line) })
  const gateway = await createGateway({
    worlds: worldsOf(world),
    capabilities: [sessions, toy],
    guests,
    objects: { get: async sha256 => objects.get(sha256), put: async () => '' },
    clientFolder,
    host: '127.0.0.1',
    port: 0,
    logger,
    ...options,
  })
  return {
    gateway,
    world,
    guests,
    log,
    cookie: () => newCookie(gateway.address),
    line: async (cookie?: string) => Line.open(gateway.address, cookie ?? (await newCookie(gateway.address))),
    async close() {
      await gateway.close()
      await rm(clientFolder, { recursive: true })
    },
  }
}

export async function newCookie(address: string): Promise<string> {
  const answer = await fetch(`${address}/session`)
  return answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''
}

type Frame = Readonly<Record<string, unknown>>

/** A bare client: sends anything, remembers everything. */
export class Line {
  readonly frames: Frame[] = []
  readonly bytes: Buffer[] = []
  readonly socket: WebSocket
  closedWith: number | undefined
  #waiting: (() => void)[] = []

  static async open(address: string, cookie: string, headers: Record<string, string> = {}): Promise<Line> {
    const url = `${address.replace('http', 'ws')}/ws`
    const line = new Line(
      new WebSocket(url, SUBPROTOCOL, { headers: { cookie, ...headers }, perMessageDeflate: false }),
    )
    await line.next('welcome')
    return line
  }

  constructor(socket: WebSocket) {
    this.socket = socket
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (isBinary) this.bytes.push(data)
      else this.frames.push(JSON.parse(data.toString()) as Frame)
      this.#wake()
    })
    socket.on('error', () => undefined)
    socket.on('close', code => {
      this.closedWith = code
      this.#wake()
    })
  }

  send(frame: unknown): void {
    this.socket.send(typeof frame === 'string' || frame instanceof Uint8Array ? frame : JSON.stringify(frame))
  }

  /** The next frame of a type that was not taken yet. */
  async next(type: string, id?: string): Promise<Frame> {
    for (;;) {
      const index = this.frames.findIndex(frame => frame.type === type && (id === undefined || frame.id === id))
      if (index >= 0) return this.frames.splice(index, 1)[0] as Frame
      if (this.closedWith !== undefined) throw new Error(`closed with ${this.closedWith} while waiting for ${type}`)
      await this.#change(type)
    }
  }

  async nextBytes(): Promise<Buffer> {
    while (this.bytes.length === 0) await this.#change('bytes')
    return this.bytes.shift() as Buffer
  }

  async closed(): Promise<number> {
    while (this.closedWith === undefined) await this.#change('the close')
    return this.closedWith
  }

  async enter(world = 'toy', name = 'Mira'): Promise<Frame> {
    const id = uuid()
    this.send({ type: 'enter', id, world, name, look: LOOK })
    return this.next('entered', id)
  }

  /** Sends a command and waits for whatever answers it. */
  async ask(type: 'command' | 'query', name: string, data: unknown = {}, capability = toy.id): Promise<Frame> {
    const id = uuid()
    this.send({ type, id, capability, name, data })
    for (;;) {
      const index = this.frames.findIndex(frame => frame.id === id)
      if (index >= 0) return this.frames.splice(index, 1)[0] as Frame
      await this.#change(`the answer to ${name}`)
    }
  }

  async #change(what: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`nothing came while waiting for ${what}`)), 15_000)
      this.#waiting.push(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake()
  }
}

let minted = 0
export function uuid(): string {
  minted += 1
  return `01938000-0000-7000-8000-${minted.toString(16).padStart(12, '0')}`
}

/** Waits until something holds, for at most ten seconds. */
export async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 2_000; tries++) {
    if (holds()) return
    await new Promise(resolve => setTimeout(resolve, 5))
  }
  throw new Error(`never held: ${holds}`)
}
