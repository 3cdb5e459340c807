import { type Capability, Fault, type Look, SUBPROTOCOL } from '@worldloom/contract'
import { ConnectionMachine, type Effect, type Random32 } from './machine.ts'
import { type OpenSocket, openGlobalSocket, type SocketLike, socketUrl } from './socket.ts'
import { Subscriptions } from './subscriptions.ts'
import type {
  AskOutcome,
  CommandInput,
  CommandName,
  CommandOutcome,
  CommandReply,
  ConnectionState,
  Entered,
  EventData,
  EventName,
  QueryAnswer,
  QueryInput,
  QueryName,
  Refusal,
} from './words.ts'

export interface ConnectOptions {
  /** The server's address, `http:` or `https:`; the socket's path is known. */
  readonly url: string | URL
  /** How sockets are opened. The global WebSocket when left out. */
  readonly openSocket?: OpenSocket
  /** Runs before dialling again, for example to renew a cookie. Browsers ask `/session` when left out. */
  readonly beforeRedial?: () => Promise<void>
  /** Local time, UTC ms. */
  readonly now?: () => number
  readonly random32?: Random32
}

/** A client's line to a server. Comes back by itself until closed. */
export interface Connection {
  readonly state: ConnectionState
  /** Calls back after every change of `state`. The returned function unsubscribes. */
  subscribe(listener: () => void): () => void
  /** Server time as far as known, UTC ms. */
  now(): number
  /** The last round trip, ms. */
  readonly latencyMs: number | undefined
  /**
   * Goes into a world and, after every break of the line, back into it. Rejects with a Fault (`unknown-world`, `busy`,
   * `unavailable`, `invalid-input`, `superseded`, `closed`).
   */
  enter(world: string, name: string, look: Look): Promise<Entered | Refusal>
  /**
   * Does something in the world entered. Survives a break of the line: it is sent again with the same id, and done once.
   * Rejects with a Fault (`not-entered`, `busy`, `too-fast`, `unconfirmed`, `closed`, or what the server answered).
   */
  command<C extends Capability, N extends CommandName<C>>(
    capability: C,
    name: N,
    input: CommandInput<C, N>,
  ): Promise<CommandOutcome<CommandReply<C, N>>>
  /** Asks something of the world entered. Rejects with a Fault. */
  query<C extends Capability, N extends QueryName<C>>(
    capability: C,
    name: N,
    input: QueryInput<C, N>,
  ): Promise<QueryAnswer<C, N>>
  /**
   * Sends a command as bytes, without an answer and without a second try. False when it could not be sent: not in a
   * world, or the line is so slow that it would be stale on arrival. Throws a Fault `no-codec` for commands without one.
   */
  send<C extends Capability, N extends CommandName<C>>(capability: C, name: N, input: CommandInput<C, N>): boolean
  /** Listens to an event, binary ones decoded. The returned function unsubscribes. */
  on<C extends Capability, N extends EventName<C>>(
    capability: C,
    name: N,
    handler: (data: EventData<C, N>) => void,
  ): () => void
  /** Leaves, and does not come back. */
  close(): void
}

/** Bytes that may wait in the socket before movement is held back, so that what arrives is fresh. */
export const SEND_BACKLOG_BYTES_MAX = 16_384

const OPEN = 1
const NORMAL_CLOSURE = 1000
const NO_STATUS = 1006
/** Longest pause that timers take (2^31 − 1 ms). */
const TIMER_MS_MAX = 2_147_483_647

/** Opens a connection and keeps it. Returns at once; watch `state`. */
export function connect(options: ConnectOptions): Connection {
  const now = options.now ?? Date.now
  const openSocket = options.openSocket ?? openGlobalSocket
  const url = socketUrl(options.url)
  const beforeRedial = options.beforeRedial ?? (inBrowser() ? () => renewSession(options.url) : undefined)
  const machine = new ConnectionMachine(options.random32 ?? cryptoRandom32)
  const subscriptions = new Subscriptions()
  const listeners = new Set<() => void>()
  let socket: SocketLike | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let dials = 0

  function run(effects: readonly Effect[]): void {
    for (const effect of effects) {
      switch (effect.type) {
        case 'dial':
          void dial()
          break
        case 'text':
          if (socket?.readyState === OPEN) socket.send(effect.text)
          break
        case 'hang-up':
          dropSocket()
          break
        case 'event':
          subscriptions.event(effect.capability, effect.name, effect.data)
          break
        case 'changed':
          for (const listener of [...listeners]) listener()
          break
      }
    }
    clearTimeout(timer)
    const { nextAt } = machine
    if (nextAt < Number.POSITIVE_INFINITY) {
      timer = setTimeout(() => run(machine.tick(now())), Math.min(TIMER_MS_MAX, Math.max(0, nextAt - now())))
    }
  }

  async function dial(): Promise<void> {
    dials += 1
    const mine = dials
    if (mine > 1 && beforeRedial) await beforeRedial().catch(() => undefined)
    // Closed, or given up, while the cookie was renewed.
    if (mine !== dials || machine.state.phase === 'closed') return
    try {
      listen(openSocket(url, SUBPROTOCOL))
    } catch {
      run(machine.closed(NO_STATUS, now()))
    }
  }

  function listen(opened: SocketLike): void {
    socket = opened
    opened.binaryType = 'arraybuffer'
    opened.onmessage = ({ data }) => {
      if (socket !== opened) return
      if (typeof data === 'string') run(machine.text(data, now()))
      else if (data instanceof ArrayBuffer) {
        machine.heardBytes()
        subscriptions.bytes(new Uint8Array(data))
      }
    }
    // What went wrong is told by the close that always follows.
    opened.onerror = () => undefined
    opened.onclose = ({ code }) => {
      if (socket !== opened) return
      socket = undefined
      run(machine.closed(code, now()))
    }
  }

  function dropSocket(): void {
    const dropped = socket
    socket = undefined
    dials += 1
    dropped?.close(NORMAL_CLOSURE)
  }

  const unwatch = watchPage(visible => run(machine.visible(visible, now())))

  const ask = (kind: 'command' | 'query', capability: string, name: string, data: unknown): Promise<AskOutcome> =>
    new Promise(settle => run(machine.ask({ kind, capability, name, data, settle }, now())))

  run(machine.start(now()))

  return {
    get state() {
      return machine.state
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    now: () => machine.time.at(now()),
    get latencyMs() {
      return machine.time.latencyMs
    },
    async enter(world, name, look) {
      const outcome = await new Promise<AskOutcome>(settle => run(machine.enter({ world, name, look }, now(), settle)))
      if ('fault' in outcome) throw outcome.fault
      return 'refusal' in outcome ? outcome.refusal : (outcome.value as Entered)
    },
    async command(capability, name, input) {
      const outcome = await ask('command', capability.id, name, input)
      if ('fault' in outcome) throw outcome.fault
      return 'refusal' in outcome ? outcome.refusal : { reply: outcome.value as never }
    },
    async query(capability, name, input) {
      const outcome = await ask('query', capability.id, name, input)
      if ('fault' in outcome) throw outcome.fault
      if ('refusal' in outcome) throw new Fault(outcome.refusal.refused, outcome.refusal.because)
      return outcome.value as never
    },
    send(capability, name, input) {
      const codec = capability.commands[name]?.binary
      if (!codec) throw new Fault('no-codec', `${capability.id}/${name} has no binary form. Use command() instead.`)
      if (socket?.readyState !== OPEN || machine.state.phase !== 'entered') return false
      const waiting = (socket as { bufferedAmount?: number }).bufferedAmount ?? 0
      if (waiting > SEND_BACKLOG_BYTES_MAX) return false
      socket.send(codec.write(input as never) as Uint8Array<ArrayBuffer>)
      return true
    },
    on: (capability, name, handler) => subscriptions.add(capability, name, handler as (data: unknown) => void),
    close() {
      unwatch()
      run(machine.stop())
      clearTimeout(timer)
    },
  }
}

/** Watches whether the page is shown and whether the network came back. Nothing to watch outside a browser. */
function watchPage(tell: (visible: boolean) => void): () => void {
  if (!inBrowser()) return () => undefined
  const look = () => tell(document.visibilityState === 'visible')
  document.addEventListener('visibilitychange', look)
  window.addEventListener('online', look)
  return () => {
    document.removeEventListener('visibilitychange', look)
    window.removeEventListener('online', look)
  }
}

const inBrowser = (): boolean => typeof document !== 'undefined' && typeof window !== 'undefined'

async function renewSession(server: string | URL): Promise<void> {
  const answer = await fetch(new URL('/session', server), { credentials: 'same-origin' })
  await answer.body?.cancel()
}

const cryptoRandom32: Random32 = () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0
