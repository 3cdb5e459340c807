import { join } from 'node:path'
import cookies from '@fastify/cookie'
import serveFolder from '@fastify/static'
import { Fault, type ObjectStore } from '@worldloom/contract'
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import type { Logger } from 'pino'
import { addressOf, isSecure } from './admission.ts'
import type { Guests } from './guests.ts'
import { PROBLEM_TYPE, problem } from './problem.ts'

export interface HttpOptions {
  readonly guests: Guests
  readonly objects: ObjectStore
  readonly clientFolder: string
  readonly trustProxy: boolean
  readonly now: () => number
  readonly isReady: () => boolean
  readonly logger: Logger
}

/** A request that has not come in whole by then is given up, ms. */
const REQUEST_MS = 15_000
/** Nothing that comes by HTTP has a body worth the name. */
const BODY_BYTES_MAX = 16_384

/** The cookie that holds a guest's token. */
export const GUEST_COOKIE = 'worldloom_guest'
/** The longest that browsers keep a cookie, s. */
const COOKIE_LIFE_S = 400 * 86_400

const FOR_EVER = 'public, max-age=31536000, immutable'

/** No script, style or frame but our own; no plugins; no foreign forms. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const SECURITY_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

const PATHS = /^\/($|session$|healthz$|readyz$|ws$|objects\/|assets\/)/

/** The plain pages: the Client's files, objects, the guest's session, and whether the server is well. */
export async function createHttp(options: HttpOptions): Promise<FastifyInstance> {
  const { guests, objects, clientFolder, trustProxy, now, isReady, logger } = options
  const http = fastify({
    // Requests are not logged: their cookies are secrets.
    logger: false,
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_MS,
    forceCloseConnections: true,
  })

  http.addHook('onRequest', async (_request, reply) => {
    reply.headers(SECURITY_HEADERS)
  })

  await http.register(cookies)
  await http.register(serveFolder, {
    root: clientFolder,
    index: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      // Names under `assets` carry a hash of their content.
      reply.header('cache-control', path.startsWith(join(clientFolder, 'assets')) ? FOR_EVER : 'no-cache')
    },
  })

  /** Makes sure that whoever asks has a guest's cookie. */
  async function greet(request: FastifyRequest, reply: FastifyReply): Promise<string> {
    const known = await guests.recognise(request.cookies[GUEST_COOKIE])
    if (known !== undefined) return known
    const address = addressOf(request.raw, trustProxy)
    const { player, token } = await guests.create(address, now())
    const secure = isSecure(request.raw, trustProxy)
    reply.setCookie(GUEST_COOKIE, token, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: COOKIE_LIFE_S })
    return player
  }

  http.get('/', async (request, reply) => {
    await greet(request, reply)
    return reply.sendFile('index.html')
  })

  http.get('/session', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    return { player: await greet(request, reply) }
  })

  http.get<{ Params: { sha256: string } }>('/objects/:sha256', async (request, reply) => {
    const { sha256 } = request.params
    const etag = `"${sha256}"`
    const bytes = /^[0-9a-f]{64}$/.test(sha256) ? await objects.get(sha256) : undefined
    if (!bytes) return refuse(reply, 404, 'not-found', 'There is no object of this name. Names are SHA-256, in hex.')
    reply.headers({ etag, 'cache-control': FOR_EVER })
    if (request.headers['if-none-match'] === etag) return reply.code(304).send()
    reply.header('content-type', bytes[0] === OPENING_BRACE ? 'application/json' : 'application/octet-stream')
    return reply.send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  })

  http.get('/healthz', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    return { status: 'ok' }
  })

  http.get('/readyz', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    if (isReady()) return { status: 'ready' }
    return refuse(reply, 503, 'not-ready', 'No world is open yet, or the server is stopping. Try again in a moment.')
  })

  http.get('/ws', async (_request, reply) => {
    reply.header('upgrade', 'websocket')
    return refuse(reply, 426, 'upgrade-required', 'This address is a WebSocket. Connect to it with one.')
  })

  http.setNotFoundHandler((request, reply) => {
    if (request.method === 'GET' || request.method === 'HEAD' || !PATHS.test(request.url.split('?', 1)[0] ?? '')) {
      return refuse(reply, 404, 'not-found', 'There is nothing at this address.')
    }
    reply.header('allow', 'GET, HEAD')
    return refuse(reply, 405, 'method-not-allowed', 'Only GET and HEAD are answered here.')
  })

  http.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    if (error instanceof Fault && error.code === 'too-many-guests') {
      reply.header('retry-after', '60')
      return refuse(reply, 429, error.code, error.message)
    }
    const status = error.statusCode ?? 500
    if (status < 500) return refuse(reply, status, 'bad-request', 'The server did not understand this request.')
    logger.error({ err: error }, 'an HTTP request failed')
    return refuse(reply, 500, 'internal', 'Something went wrong on the server. It was logged.')
  })

  return http
}

const OPENING_BRACE = 0x7b

function refuse(reply: FastifyReply, status: number, code: string, detail: string): FastifyReply {
  reply.header('cache-control', 'no-store')
  // As bytes: Fastify would put a serializer's own content type on an object.
  return reply
    .code(status)
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(problem(status, code, detail)))
}
