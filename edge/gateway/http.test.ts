import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { openStand } from './trial/stand.ts'

let stand: Awaited<ReturnType<typeof openStand>>
beforeAll(async () => {
  stand = await openStand({
    limits: { connectionsMax: 6, connectionsPerAddressMax: 3 },
    origins: ['https://friend.example'],
    trustProxy: true,
  })
})
afterAll(() => stand.close())

const get = (path: string, init: RequestInit = {}) => fetch(`${stand.gateway.address}${path}`, init)

describe('the Client', () => {
  test('its page is never stale, sets a cookie, and lets no foreign script in', async () => {
    const answer = await get('/')
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('<title>Client</title>')
    expect(answer.headers.get('cache-control')).toBe('no-cache')
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self';")
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^worldloom_guest=[0-9a-f-]{36}\.[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/,
    )
  })

  test('its assets are kept for ever, and sent compressed to whoever takes that', async () => {
    const plain = await get('/assets/app-1a2b3c.js', { headers: { 'accept-encoding': 'identity' } })
    expect([plain.headers.get('cache-control'), await plain.text()]).toEqual([
      'public, max-age=31536000, immutable',
      'start()',
    ])
    const encoding = await new Promise(resolve => {
      const options = { port: stand.gateway.port, path: '/assets/app-1a2b3c.js', headers: { 'accept-encoding': 'br' } }
      httpRequest(options, answer => {
        resolve(answer.headers['content-encoding'])
        answer.resume()
      }).end()
    })
    expect(encoding).toBe('br')
  })

  test.each(['/missing.js', '/..%2f..%2fetc%2fpasswd', '/%00', '/assets/', '/assets'])(
    '%s is not there',
    async path => {
      const answer = await get(path)
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.status).toBeLessThan(500)
      expect(answer.headers.get('content-type')).toContain('application/problem+json')
    },
  )
})

describe('guests', () => {
  const cookieOf = (answer: Response) => answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''

  test('a cookie is one player, for good', async () => {
    const first = await get('/session')
    const { player } = (await first.json()) as { player: string }
    const again = await get('/session', { headers: { cookie: cookieOf(first) } })
    expect([again.headers.getSetCookie(), await again.json()]).toEqual([[], { player }])
    expect(first.headers.get('cache-control')).toBe('no-store')
  })

  test('a wrong secret, a strange id, or nonsense is somebody new', async () => {
    const mine = cookieOf(await get('/session'))
    const [name = '', secret = ''] = mine.split('.')
    const forged = `${secret[0] === 'A' ? 'B' : 'A'}${secret.slice(1)}`
    const others = [
      `${name}.${forged}`,
      `worldloom_guest=x.${secret}`,
      'worldloom_guest=',
      `${name}.`,
      'x'.repeat(9_000),
    ]
    for (const cookie of others) {
      const { player } = (await (await get('/session', { headers: { cookie } })).json()) as { player: string }
      expect(mine).not.toContain(player)
    }
  })

  test('behind HTTPS the cookie never travels in the clear', async () => {
    const answer = await get('/session', { headers: { 'x-forwarded-proto': 'https' } })
    expect(answer.headers.getSetCookie()[0]).toContain('; Secure')
  })

  test('too many from one address wait', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.9' }
    const statuses = await Promise.all(
      Array.from({ length: 61 }, async () => (await get('/session', { headers })).status),
    )
    expect(statuses.filter(status => status === 200)).toHaveLength(60)
    expect(statuses.filter(status => status === 429)).toHaveLength(1)
    expect((await get('/session')).status).toBe(200)
  })
})

describe('objects', () => {
  const path = `/objects/${'a'.repeat(64)}`

  test('are kept for ever, under their own name', async () => {
    const answer = await get(path)
    expect(await answer.json()).toEqual({ formatVersion: 1 })
    expect(answer.headers.get('cache-control')).toContain('immutable')
    const etag = answer.headers.get('etag') ?? ''
    expect((await get(path, { headers: { 'if-none-match': etag } })).status).toBe(304)
  })

  test.each(['/objects/', '/objects/x', `/objects/${'b'.repeat(64)}`, '/objects/..%2f..%2fpasswd'])(
    '%s is not there',
    async missing => {
      const answer = await get(missing)
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([404, 'not-found'])
    },
  )
})

test('healthy and ready', async () => {
  expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' })
  expect(await (await get('/readyz')).json()).toEqual({ status: 'ready' })
})

test('other methods are answered with the ones that work', async () => {
  for (const path of ['/', '/session', '/objects/x', '/healthz']) {
    const answer = await get(path, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })
    expect([path, answer.status, answer.headers.get('allow')]).toEqual([path, 405, 'GET, HEAD'])
  }
  expect((await get('/nowhere', { method: 'DELETE' })).status).toBe(404)
  expect((await get('/healthz', { method: 'HEAD' })).status).toBe(200)
  expect((await get('/ws')).status).toBe(426)
})

describe('a socket is refused with a plain answer', () => {
  interface Knock {
    readonly cookie?: string
    readonly origin?: string
    readonly path?: string
    readonly protocol?: string
    readonly from?: string
  }

  /** Status of the answer; 101 and the socket when it was let in. */
  function knock({ cookie, origin, path = '/ws', protocol = 'worldloom.v1', from = '198.51.100.1' }: Knock) {
    const socket = new WebSocket(`ws://127.0.0.1:${stand.gateway.port}${path}`, protocol, {
      headers: { ...(cookie && { cookie }), ...(origin && { origin }), 'x-forwarded-for': from },
    })
    return new Promise<{ status: number; code?: string; socket: WebSocket }>(resolve => {
      socket.on('open', () => resolve({ status: 101, socket }))
      socket.on('error', () => undefined)
      socket.on('unexpected-response', (_request, answer) => {
        let body = ''
        answer.on('data', chunk => {
          body += chunk
        })
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, code: JSON.parse(body).code, socket }))
      })
    })
  }
  const gone = (socket: WebSocket) =>
    new Promise<void>(resolve => {
      socket.on('close', () => resolve())
      socket.terminate()
    })

  test.each([
    ['without a cookie', {}, 401, 'no-session'],
    [
      'with a forged cookie',
      { cookie: `worldloom_guest=01938000-0000-7000-8000-000000000000.${'A'.repeat(43)}` },
      401,
      'no-session',
    ],
    ['from a foreign page', { origin: 'https://evil.example' }, 403, 'foreign-origin'],
    ['from a nameless page', { origin: 'null' }, 403, 'foreign-origin'],
    ['at a wrong path', { path: '/socket' }, 404, 'not-found'],
    ['in a wrong protocol', { protocol: 'worldloom.v0' }, 400, 'unknown-protocol'],
  ] as const)('%s', async (_, how, status, code) => {
    expect(await knock(how)).toMatchObject({ status, code })
  })

  test('its own page and a friend are let in', async () => {
    const cookie = await stand.cookie()
    for (const origin of [stand.gateway.address, 'https://friend.example']) {
      const { status, socket } = await knock({ cookie, origin })
      expect(status).toBe(101)
      await gone(socket)
    }
  })

  test('beyond the bound for an address, and for all, until somebody goes', async () => {
    const cookie = await stand.cookie()
    const let_in: WebSocket[] = []
    const come = async (from: string) => {
      const { status, socket } = await knock({ cookie, from })
      if (status === 101) let_in.push(socket)
      return status
    }
    expect([await come('a'), await come('a'), await come('a'), await come('a')]).toEqual([101, 101, 101, 429])
    expect([await come('b'), await come('b'), await come('b'), await come('c')]).toEqual([101, 101, 101, 503])
    await gone(let_in.shift() as WebSocket)
    await new Promise(resolve => setTimeout(resolve, 20))
    expect(await come('a')).toBe(101)
    for (const socket of let_in) await gone(socket)
  })
})
