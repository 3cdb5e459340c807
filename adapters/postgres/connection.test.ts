import { createServer, type Server } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { openPool, probeDatabase, showAddress } from './connection.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** A server that answers the first message with given bytes, like a PostgreSQL with that opinion. */
async function answering(bytes: Buffer): Promise<number> {
  const server = createServer(socket => {
    socket.on('error', () => undefined)
    socket.once('data', () => socket.end(bytes))
  })
  servers.push(server)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

/** ErrorResponse of the PostgreSQL protocol (its manual, §54.7). */
function refusal(code: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0C${code}\0M${message}\0\0`)
  const head = Buffer.alloc(5)
  head.write('E')
  head.writeInt32BE(fields.length + 4, 1)
  return Buffer.concat([head, fields])
}

describe('an address', () => {
  test('is shown without its password', () => {
    expect(showAddress('postgres://mira:secret@db.example:5433/loom')).toBe('db.example:5433/loom')
  })

  test.each(['', 'loom', 'mysql://mira:secret@db/loom', 'http://db'])('%j is refused without repeating it', url => {
    expect(() => openPool(url)).toThrow(expect.objectContaining({ code: 'database-address-invalid' }))
    expect(() => openPool(url)).not.toThrow('secret')
  })
})

describe('a database', () => {
  test('that nobody runs is unreachable, and asking again later may help', async () => {
    const port = await answering(Buffer.alloc(0))
    servers[0]?.close()
    const asked = probeDatabase(`postgres://mira:secret@127.0.0.1:${port}/loom`)
    await expect(asked).rejects.toMatchObject({ code: 'database-unreachable', retry: 'later' })
    await expect(asked).rejects.not.toThrow('secret')
  })

  test.each([
    ['28P01', 'password authentication failed'],
    ['28000', 'no pg_hba.conf entry'],
    ['3D000', 'database "loom" does not exist'],
  ])('that answers %s has refused us, and says why', async (code, message) => {
    const port = await answering(refusal(code, message))
    const asked = probeDatabase(`postgres://mira:secret@127.0.0.1:${port}/loom`)
    await expect(asked).rejects.toMatchObject({ code: 'database-refused', message: expect.stringContaining(message) })
  })
})
