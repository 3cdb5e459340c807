import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type Capability, Fault, type ObjectStore, type ServerFrame, SUBPROTOCOL } from '@worldloom/contract'
import type { Worlds } from '@worldloom/host'
import type { Logger } from 'pino'
import { WebSocketServer } from 'ws'
import { Admission, addressOf, upgradeProblem } from './admission.ts'
import { mintUuid, steadyClock } from './clock.ts'
import { Connection, type ConnectionContext } from './connection.ts'
import { type GuestStore, Guests } from './guests.ts'
import { createHttp, GUEST_COOKIE } from './http.ts'
import { GATEWAY_LIMITS, type GatewayLimits, HTTP_CONNECTIONS_MAX, RETURN_SPREAD_MS } from './limits.ts'
import type { OutletCounts } from './outlet.ts'
import { type Problem, problem, rawProblem } from './problem.ts'
import { Routes } from './routes.ts'
import { WorldDoor } from './world-door.ts'

export interface GatewayOptions {
  readonly worlds: Worlds
  /** Everything that can be commanded, asked and heard in these worlds. */
  readonly capabilities: readonly Capability[]
  readonly guests: GuestStore
  readonly objects: ObjectStore
  /** The built Client: `index.html` and `assets/`. */
  readonly clientFolder: string
  readonly host: string
  /** 0 lets the system choose. */
  readonly port: number
  readonly logger: Logger
  /** Origins, beside the server's own, whose pages may connect: `https://play.example`. */
  readonly origins?: readonly string[]
  /** Believe `X-Forwarded-For` and `X-Forwarded-Proto`. Only behind a proxy that sets them. */
  readonly trustProxy?: boolean
  readonly limits?: Partial<GatewayLimits>
}

export interface GatewayStats extends Readonly<OutletCounts> {
  readonly connections: number
  /** People in worlds, those whose line is broken included. */
  readonly people: number
  readonly topics: number
}

export interface Gateway {
  /** Where it listens: `http://127.0.0.1:8080`. */
  readonly address: string
  readonly port: number
  stats(): GatewayStats
  /** Tells every client when to come back, closes every line, leaves no timer. */
  close(): Promise<void>
}

/** Clients get this long to answer a goodbye, ms. */
const GOODBYE_MS = 1_000

/** How far beyond its limit a frame is still read, so that its sender can be told why it is refused. */
const REFUSABLE_FACTOR = 2

/** Opens the one port. Rejects with a Fault `port-taken` or `port-forbidden`, or a Misfit when capabilities clash. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { worlds, capabilities, objects, clientFolder, logger, origins = [], trustProxy = false } = options
  const limits: GatewayLimits = { ...GATEWAY_LIMITS, ...options.limits }
  const routes = new Routes(capabilities)
  const guests = new Guests(options.guests, limits.guestsPerMinuteMax)
  const admission = new Admission(limits)
  const now = steadyClock()
  const counts: OutletCounts = { framesDropped: 0, bytesOut: 0 }
  const doors = new Map<string, WorldDoor>()
  const connections = new Set<Connection>()
  let closing: Promise<void> | undefined

  /** Worlds may open later, and open again as another value: the door follows. */
  function doorOf(id: string): WorldDoor | undefined {
    const world = worlds.get(id)
    const door = doors.get(id)
    if (!world || door?.world === world) return world && door
    void door?.close(now())
    const opened = new WorldDoor(world, routes, limits, mintUuid, logger)
    doors.set(id, opened)
    return opened
  }

  const welcome = (player: string): ServerFrame => ({
    type: 'welcome',
    server: SERVER,
    player,
    at: Math.trunc(now()),
    worlds: worlds.list().map(({ id, title, objects: { map = '' }, clock }) => {
      return { id, title, people: doors.get(id)?.people ?? 0, map, clock }
    }),
  })

  const context: ConnectionContext = { routes, limits, counts, now, doorOf, welcome, logger }

  const http = await createHttp({
    guests,
    objects,
    clientFolder,
    trustProxy,
    now,
    isReady: () => closing === undefined && worlds.list().length > 0,
    logger,
  })

  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: true,
    perMessageDeflate: false,
    maxPayload: limits.frameBytesMax * REFUSABLE_FACTOR,
    handleProtocols: () => SUBPROTOCOL,
  })

  async function upgrade(request: IncomingMessage, raw: Duplex, head: Buffer): Promise<void> {
    // Whoever hangs up meanwhile is nobody's error; `ws` puts its own listener on later.
    const ignore = () => undefined
    raw.on('error', ignore)
    // Cut once the answer is out: whoever is refused must not hold a socket open.
    const refuse = (refusal: Problem) => raw.end(rawProblem(refusal), () => raw.destroy())
    const refusal = closing ? STOPPING : upgradeProblem(request, origins)
    if (refusal) {
      refuse(refusal)
      return
    }
    const address = addressOf(request, trustProxy)
    const full = admission.admit(address)
    if (full) {
      refuse(full)
      return
    }
    raw.once('close', () => admission.dismiss(address))
    let player: string | undefined
    try {
      player = await guests.recognise(http.parseCookie(request.headers.cookie ?? '')[GUEST_COOKIE])
    } catch (error) {
      logger.error({ err: error }, 'a guest could not be looked up')
      refuse(problem(503, 'unavailable', 'The server cannot look up its guests now. Try again in a moment.'))
      return
    }
    if (player === undefined || closing) {
      refuse(closing ? STOPPING : problem(401, 'no-session', 'No guest is known by this cookie. Ask /session first.'))
      return
    }
    const known = player
    sockets.handleUpgrade(request, raw, head, socket => {
      raw.removeListener('error', ignore)
      const connection = new Connection(socket, raw, known, GUEST_ROLES, context)
      connections.add(connection)
      socket.once('close', () => connections.delete(connection))
    })
  }

  http.server.maxConnections = limits.connectionsMax + HTTP_CONNECTIONS_MAX
  http.server.on('upgrade', (request, raw, head) => void upgrade(request, raw, head))

  const address = await listen(http, options.host, options.port)

  const sweep = setInterval(() => {
    const moment = now()
    for (const connection of connections) connection.tick(moment)
    for (const door of doors.values()) door.tick(moment)
  }, limits.sweepEveryMs)

  async function shutDown(): Promise<void> {
    clearInterval(sweep)
    for (const connection of connections) connection.shutDown(Math.floor(Math.random() * RETURN_SPREAD_MS))
    await Promise.all([...doors.values()].map(door => door.close(now())))
    const goodbye = setTimeout(() => {
      for (const socket of sockets.clients) socket.terminate()
    }, GOODBYE_MS)
    await http.close()
    clearTimeout(goodbye)
    for (const socket of sockets.clients) socket.terminate()
    sockets.close()
  }

  return {
    address: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    port: address.port,
    stats: () => ({
      ...counts,
      connections: connections.size,
      people: [...doors.values()].reduce((sum, door) => sum + door.people, 0),
      topics: [...doors.values()].reduce((sum, door) => sum + door.topics, 0),
    }),
    close: () => {
      closing ??= shutDown()
      return closing
    },
  }
}

const SERVER = 'worldloom'

/** Whoever has a guest's cookie and nothing more. */
const GUEST_ROLES: readonly string[] = ['guest']

const STOPPING = problem(503, 'stopping', 'The server is stopping. Try again in a moment.')

async function listen(http: Awaited<ReturnType<typeof createHttp>>, host: string, port: number): Promise<AddressInfo> {
  try {
    await http.listen({ host, port })
  } catch (error) {
    await http.close()
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') {
      const because = `Port ${port} is taken by another program. Stop it, or choose another port with PORT.`
      throw new Fault('port-taken', because, 'later', error)
    }
    if (code === 'EACCES') {
      throw new Fault('port-forbidden', `Port ${port} may not be opened by this user. Choose one above 1023.`)
    }
    throw error
  }
  const address = http.server.address()
  if (address === null || typeof address === 'string') throw new Fault('no-address', 'The server got no address.')
  return address
}
