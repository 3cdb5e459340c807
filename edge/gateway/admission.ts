import type { IncomingMessage } from 'node:http'
import { SUBPROTOCOL } from '@worldloom/contract'
import type { GatewayLimits } from './limits.ts'
import { type Problem, problem } from './problem.ts'

/** Who is connected from where, and whether one more may come. */
export class Admission {
  readonly #limits: GatewayLimits
  readonly #byAddress = new Map<string, number>()
  #total = 0

  constructor(limits: GatewayLimits) {
    this.#limits = limits
  }

  get total(): number {
    return this.#total
  }

  /** Counts one in, or says why not. Every one counted in must be counted out. */
  admit(address: string): Problem | undefined {
    if (this.#total >= this.#limits.connectionsMax) {
      return problem(503, 'server-full', 'The server has as many connections as it can hold. Try again later.')
    }
    const count = this.#byAddress.get(address) ?? 0
    if (count >= this.#limits.connectionsPerAddressMax) {
      return problem(429, 'too-many', 'There are too many connections from this address. Close some.')
    }
    this.#total += 1
    this.#byAddress.set(address, count + 1)
    return undefined
  }

  dismiss(address: string): void {
    this.#total -= 1
    const count = (this.#byAddress.get(address) ?? 0) - 1
    if (count > 0) this.#byAddress.set(address, count)
    else this.#byAddress.delete(address)
  }
}

/** What is wrong with a request for a socket, before its cookie is looked at. */
export function upgradeProblem(request: IncomingMessage, origins: readonly string[]): Problem | undefined {
  const { origin, host } = request.headers
  if (pathOf(request) !== '/ws') return problem(404, 'not-found', 'Sockets are at /ws.')
  // Programs send no origin. Browsers always do, and with it the cookie: another site must not speak for its visitors.
  if (origin !== undefined && !isOwn(origin, host) && !origins.includes(origin)) {
    return problem(403, 'foreign-origin', `Pages of ${origin.slice(0, 100)} may not connect. Allow it in the settings.`)
  }
  const protocols = (request.headers['sec-websocket-protocol'] ?? '').split(',').map(name => name.trim())
  if (!protocols.includes(SUBPROTOCOL)) {
    return problem(400, 'unknown-protocol', `The server speaks ${SUBPROTOCOL} only. Ask for that subprotocol.`)
  }
  return undefined
}

const pathOf = (request: IncomingMessage): string => (request.url ?? '').split('?', 1)[0] ?? ''

function isOwn(origin: string, host: string | undefined): boolean {
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host
}

/** The address that a request came from. Behind a trusted proxy: the one that the proxy saw, which it puts last. */
export function addressOf(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? String(request.headers['x-forwarded-for'] ?? '') : ''
  return forwarded.split(',').at(-1)?.trim() || (request.socket.remoteAddress ?? 'unknown')
}

/** Whether the person's browser spoke HTTPS, to us or to the trusted proxy. */
export function isSecure(request: IncomingMessage, trustProxy: boolean): boolean {
  if ('encrypted' in request.socket) return true
  return trustProxy && String(request.headers['x-forwarded-proto'] ?? '').trim() === 'https'
}
