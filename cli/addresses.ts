import { createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { Fault } from '@worldloom/contract'

export const PORT_DEFAULT = 8080
/** Every interface: the first thing one does with a world is to send its address to a friend. */
export const HOST_DEFAULT = '0.0.0.0'

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])
const ANY = new Set(['0.0.0.0', '::'])

/** Addresses to open, best first: this machine's, then those that others in the network can use. */
export function addressesOf(host: string, port: number): { readonly own: string; readonly others: readonly string[] } {
  const url = (name: string) => `http://${name.includes(':') ? `[${name}]` : name}:${port}`
  if (LOOPBACK.has(host)) return { own: url('localhost'), others: [] }
  if (!ANY.has(host)) return { own: url(host), others: [] }
  const others = Object.values(networkInterfaces())
    .flatMap(addresses => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => url(address))
  return { own: url('localhost'), others }
}

/** Finds out early whether a port can be had. Throws a Fault (`port-taken`, `port-forbidden`, `address-unknown`). */
export async function probePort(host: string, port: number): Promise<void> {
  const probe = createServer()
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject)
      probe.listen({ host, port, exclusive: true }, resolve)
    })
  } catch (error) {
    throw listenFault(error, host, port)
  } finally {
    await new Promise<void>(resolve => probe.close(() => resolve()))
  }
}

/** Why a server could not listen, as a sentence; anything unknown is handed back as it was. */
export function listenFault(error: unknown, host: string, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE')
    return new Fault(
      'port-taken',
      `Port ${port} is taken by another program. Choose another: npm start -- --port ${port + 1}, or PORT=${port + 1} npm start.`,
      'never',
      error,
    )
  if (code === 'EACCES')
    return new Fault(
      'port-forbidden',
      `Only an administrator may use port ${port}. Choose one above 1023: npm start -- --port ${PORT_DEFAULT}.`,
      'never',
      error,
    )
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new Fault(
      'address-unknown',
      `${host} is no address of this machine. Leave --host out, or use 127.0.0.1 to keep to yourself.`,
      'never',
      error,
    )
  return error
}
