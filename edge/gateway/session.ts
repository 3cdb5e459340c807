import { FAULTS, type FaultCode, type Look, type ServerFrame } from '@worldloom/contract'
import type { ActorRates } from './actor-rates.ts'
import { readClientText } from './client-text.ts'
import { BAD_FRAME_EVERY_MS, type GatewayLimits } from './limits.ts'
import type { CommandRoute, QueryRoute, Routes } from './routes.ts'
import { TokenBucket } from './token-bucket.ts'

/** Why the gateway ends a connection: the wire's close reasons. */
export type SessionClose = 'bad-frame' | 'flood' | 'silent' | 'too-large'

/** What the shell is to do, in order. */
export type SessionEffect =
  | { readonly type: 'text'; readonly frame: ServerFrame }
  | { readonly type: 'close'; readonly reason: SessionClose }
  | { readonly type: 'ping' }
  | { readonly type: 'enter'; readonly id: string; readonly world: string; readonly name: string; readonly look: Look }
  | { readonly type: 'command'; readonly id: string; readonly route: CommandRoute; readonly data: unknown }
  | { readonly type: 'query'; readonly id: string; readonly route: QueryRoute; readonly data: unknown }
  /** Already read by its codec. The object is used again for the next one: act on it at once, keep nothing. */
  | { readonly type: 'send'; readonly route: CommandRoute; readonly input: unknown }

/** How a request ended. */
export type RequestOutcome =
  | { readonly reply: unknown }
  | { readonly answer: unknown }
  | { readonly refused: string; readonly because: string }
  | { readonly fault: string; readonly because: string; readonly retryAfterMs?: number }

type EnteredFrame = Extract<ServerFrame, { type: 'entered' }>

const NOTHING: readonly SessionEffect[] = []

/**
 * One connection as a pure state machine: no socket, timer or clock inside. Inputs carry the time (ms); each gives the
 * effects for the shell. The way in for bytes makes no garbage but the input that its codec reads.
 */
export class Session {
  readonly #routes: Routes
  readonly #limits: GatewayLimits
  readonly #roles: readonly string[]
  readonly #messages: TokenBucket
  readonly #bytes: TokenBucket
  readonly #badFrames: TokenBucket
  /** By command's index: 1 when this person may send it in the world entered. All 0 outside. */
  readonly #allowed: Uint8Array
  readonly #sendEffect: { readonly type: 'send'; route: CommandRoute; input: unknown } | undefined
  readonly #sending: readonly SessionEffect[]
  #rates: ActorRates | undefined
  #capabilities: ReadonlySet<string> = new Set()
  #enterId: string | undefined
  readonly #inFlight = new Set<string>()
  #heardAt: number
  #pingedAt: number
  #tickedAt: number
  #over = false

  constructor(routes: Routes, limits: GatewayLimits, roles: readonly string[], now: number) {
    this.#routes = routes
    this.#limits = limits
    this.#roles = roles
    this.#messages = new TokenBucket(limits.messagesPerSecondMax, limits.messagesBurstMax, now)
    this.#bytes = new TokenBucket(limits.bytesPerSecondMax, limits.bytesBurstMax, now)
    this.#badFrames = new TokenBucket(1000 / BAD_FRAME_EVERY_MS, limits.badFramesMax, now)
    this.#allowed = new Uint8Array(routes.commands.length)
    const [first] = routes.commands
    this.#sendEffect = first && { type: 'send', route: first, input: undefined }
    this.#sending = this.#sendEffect ? [this.#sendEffect] : NOTHING
    this.#heardAt = now
    this.#pingedAt = now
    this.#tickedAt = now
  }

  /** The hot path. */
  bytes(frame: Uint8Array, now: number): readonly SessionEffect[] {
    if (!this.#passes(frame.length, now)) return this.#overload(frame.length)
    const route = this.#routes.byTag[frame[0] ?? -1]
    const input = route?.binary?.read(frame)
    if (!route || input === undefined) {
      return this.#bad('invalid-input', 'These bytes are no frame that the server knows. Update the client.', now)
    }
    // Movement that was under way while its sender was taken over, or moved to another world, is no offence.
    if (!this.#rates || this.#allowed[route.index] !== 1 || !this.#rates.allows(route, now)) return NOTHING
    if (!this.#sendEffect) return NOTHING
    this.#sendEffect.route = route
    this.#sendEffect.input = input
    return this.#sending
  }

  /** `size` is the text's length in bytes. */
  text(text: string, size: number, now: number): readonly SessionEffect[] {
    if (!this.#passes(size, now)) return this.#overload(size)
    const read = readClientText(text)
    if ('flaw' in read) return this.#bad(read.flaw, read.because, now, read.id)
    const { frame } = read
    switch (frame.type) {
      case 'ping':
        return [{ type: 'text', frame: { type: 'pong', n: frame.n, at: Math.trunc(now) } }]
      case 'enter': {
        if (this.#enterId !== undefined) return [fault(frame.id, 'busy')]
        this.#enterId = frame.id
        const { id, world, name, look } = frame
        return [{ type: 'enter', id, world, name, look }]
      }
      case 'command':
        return this.#command(frame.id, frame.capability, frame.name, frame.data, now)
      case 'query':
        return this.#query(frame.id, frame.capability, frame.name, frame.data)
    }
  }

  /** The world has let this person in. From now on they may do there what their roles allow. */
  entered(frame: EnteredFrame, rates: ActorRates): readonly SessionEffect[] {
    if (this.#over || frame.id !== this.#enterId) return NOTHING
    this.#enterId = undefined
    this.#rates = rates
    this.#capabilities = new Set(frame.capabilities)
    for (const route of this.#routes.commands) this.#allowed[route.index] = this.#may(route) ? 1 : 0
    return [{ type: 'text', frame }]
  }

  /** The world is behind: another one is being entered, or this one did not let them in. */
  left(): void {
    this.#rates = undefined
    this.#capabilities = new Set()
    this.#allowed.fill(0)
  }

  /** An `enter`, a command or a query has ended. */
  settled(id: string, outcome: RequestOutcome): readonly SessionEffect[] {
    if (id === this.#enterId) this.#enterId = undefined
    this.#inFlight.delete(id)
    return this.#over ? NOTHING : [{ type: 'text', frame: frameOf(id, outcome) }]
  }

  /** The other side's transport answered a ping. */
  ponged(now: number): void {
    this.#heardAt = now
  }

  tick(now: number): readonly SessionEffect[] {
    if (this.#over) return NOTHING
    // When it was the server that stood still, nobody could be heard: that time is not their silence.
    this.#heardAt += Math.max(0, now - this.#tickedAt - 2 * this.#limits.sweepEveryMs)
    this.#tickedAt = now
    if (now - this.#heardAt > this.#limits.deadAfterMs) return this.#close('silent')
    if (now - this.#pingedAt < this.#limits.pingEveryMs) return NOTHING
    this.#pingedAt = now
    return [{ type: 'ping' }]
  }

  #command(id: string, capability: string, name: string, data: unknown, now: number): readonly SessionEffect[] {
    const route = this.#routes.command(capability, name)
    const problem = this.#problem(route)
    if (problem || !route || !this.#rates) return [fault(id, problem ?? 'not-entered')]
    if (!this.#rates.allows(route, now)) return [fault(id, 'too-fast', Math.ceil(1000 / (route.perSecondMax ?? 1)))]
    return this.#fly(id) ? [{ type: 'command', id, route, data }] : [fault(id, 'busy')]
  }

  #query(id: string, capability: string, name: string, data: unknown): readonly SessionEffect[] {
    const route = this.#routes.query(capability, name)
    const problem = this.#problem(route)
    if (problem || !route) return [fault(id, problem ?? 'unknown-command')]
    return this.#fly(id) ? [{ type: 'query', id, route, data }] : [fault(id, 'busy')]
  }

  #problem(route: CommandRoute | QueryRoute | undefined): FaultCode | undefined {
    if (!this.#rates) return 'not-entered'
    if (!route || !this.#capabilities.has(route.capability)) return 'unknown-command'
    return this.#may(route) ? undefined : 'not-allowed'
  }

  #may(route: CommandRoute | QueryRoute): boolean {
    return this.#capabilities.has(route.capability) && route.roles.some(role => this.#roles.includes(role))
  }

  /** False when too many wait already. A repeat of one that waits rides along: the world gives both one verdict. */
  #fly(id: string): boolean {
    if (this.#inFlight.size >= this.#limits.inFlightMax && !this.#inFlight.has(id)) return false
    this.#inFlight.add(id)
    return true
  }

  #passes(size: number, now: number): boolean {
    this.#heardAt = now
    if (this.#over || size > this.#limits.frameBytesMax) return false
    const message = this.#messages.take(now)
    return this.#bytes.take(now, size) && message
  }

  /** Too large, or beyond the rate: dropped unread, and when it does not stop, the end. */
  #overload(size: number): readonly SessionEffect[] {
    if (this.#over) return NOTHING
    if (size > this.#limits.frameBytesMax) return this.#close('too-large')
    if (this.#messages.exhausted || this.#bytes.exhausted) return this.#close('flood')
    return TOO_FAST
  }

  #bad(code: string, because: string, now: number, id?: string): readonly SessionEffect[] {
    if (!this.#badFrames.take(now)) return this.#close('bad-frame')
    return [{ type: 'text', frame: { type: 'fault', ...(id && { id }), code, because } }]
  }

  #close(reason: SessionClose): readonly SessionEffect[] {
    this.#over = true
    this.left()
    return [{ type: 'close', reason }]
  }
}

/** One fault for all: nothing of the dropped frame was read, so there is no id to answer. */
const TOO_FAST: readonly SessionEffect[] = [
  { type: 'text', frame: { type: 'fault', code: 'too-fast', because: FAULTS['too-fast'] } },
]

function fault(id: string, code: FaultCode, retryAfterMs?: number): SessionEffect {
  const frame: ServerFrame = { type: 'fault', id, code, because: FAULTS[code] }
  return { type: 'text', frame: retryAfterMs === undefined ? frame : { ...frame, retryAfterMs } }
}

function frameOf(id: string, outcome: RequestOutcome): ServerFrame {
  if ('refused' in outcome) return { type: 'refused', id, code: outcome.refused, because: outcome.because }
  if ('fault' in outcome) {
    const { fault: code, ...rest } = outcome
    return { type: 'fault', id, code, ...rest }
  }
  if ('answer' in outcome) return { type: 'answer', id, data: outcome.answer }
  return outcome.reply === undefined ? { type: 'ack', id } : { type: 'ack', id, reply: outcome.reply }
}
