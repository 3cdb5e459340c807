import { SUBPROTOCOL } from '@worldloom/contract'

/** As much of a WebSocket as is needed. The browser's, Node's and `ws`' all fit. */
export interface SocketLike {
  binaryType: string
  readonly readyState: number
  send(data: string | Uint8Array<ArrayBuffer>): void
  close(code?: number, reason?: string): void
  onopen: ((event: never) => void) | null
  onmessage: ((event: { data: unknown }) => void) | null
  onerror: ((event: never) => void) | null
  onclose: ((event: { code: number }) => void) | null
}

/** Opens a socket. `url` is `ws:` or `wss:`. */
export type OpenSocket = (url: string, protocol: string) => SocketLike

export const openGlobalSocket: OpenSocket = (url, protocol) => new WebSocket(url, protocol) as unknown as SocketLike

/**
 * Becomes a guest of a server outside a browser, where no cookie is kept: asks for a guest's cookie once and sends it
 * with every socket. Rejects with what `fetch` rejects with when the server cannot be reached.
 */
export async function guestSocket(server: string): Promise<OpenSocket> {
  const answer = await fetch(new URL('/session', server))
  const cookie = answer.headers
    .getSetCookie()
    .map(line => line.split(';', 1)[0])
    .join('; ')
  await answer.body?.cancel()
  // Node's WebSocket takes headers where browsers take protocols.
  const Socket = WebSocket as unknown as new (
    url: string,
    options: { protocols: string; headers: Record<string, string> },
  ) => SocketLike
  return (url, protocol = SUBPROTOCOL) => new Socket(url, { protocols: protocol, headers: { cookie } })
}

/** Where a server's socket is: `http://host/` becomes `ws://host/ws`. */
export function socketUrl(server: string | URL): string {
  const url = new URL('/ws', server)
  url.protocol = url.protocol === 'https:' || url.protocol === 'wss:' ? 'wss:' : 'ws:'
  return url.href
}
