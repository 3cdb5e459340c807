import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { addressesOf, listenFault, probePort } from './addresses.ts'

test('a server that keeps to itself has one address', () => {
  expect(addressesOf('127.0.0.1', 8080)).toEqual({ own: 'http://localhost:8080', others: [] })
})

test('a server on every interface is reached here, and from outside by numbers', () => {
  const { own, others } = addressesOf('0.0.0.0', 9000)
  expect(own).toBe('http://localhost:9000')
  for (const address of others) expect(address).toMatch(/^http:\/\/(?!127\.)\d+\.\d+\.\d+\.\d+:9000$/)
})

test('an address of version 6 is written so that a browser reads it', () => {
  expect(addressesOf('fd00::7', 9000).own).toBe('http://[fd00::7]:9000')
})

test('a port that is taken is named, and how to choose another', async () => {
  const neighbour = createServer()
  await new Promise<void>(resolve => neighbour.listen(0, '127.0.0.1', resolve))
  const address = neighbour.address()
  const port = typeof address === 'object' && address ? address.port : 0
  try {
    const probed = probePort('127.0.0.1', port)
    await expect(probed).rejects.toMatchObject({ name: 'Fault', code: 'port-taken' })
    await expect(probed).rejects.toThrow(`Port ${port} is taken`)
    await expect(probed).rejects.toThrow(`--port ${port + 1}`)
  } finally {
    await new Promise(resolve => neighbour.close(resolve))
  }
  await expect(probePort('127.0.0.1', port)).resolves.toBeUndefined()
})

test('an address of another machine is told as such', async () => {
  await expect(probePort('192.0.2.7', 0)).rejects.toMatchObject({ code: 'address-unknown' })
})

test('what is not about listening stays what it is', () => {
  const error = new Error('the loom broke')
  expect(listenFault(error, '127.0.0.1', 1)).toBe(error)
})
