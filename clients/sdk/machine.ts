import { CLOSES, FAULTS, Fault, type Look, type ServerFrame, uuidFrom } from '@worldloom/contract'
import { type Ask, Asks, RETRY_MS } from './asks.ts'
import { backoffMs } from './backoff.ts'
import { closedFault, closeName, faultOf, finalReason, readServerFrame } from './endings.ts'
import { Heartbeat } from './heartbeat.ts'
import { ServerTime } from './server-time.ts'
import type { AskOutcome, ConnectionState, EndReason, Entered, Refusal, Welcome } from './words.ts'

/** A dial that brings no welcome in this time is given up, ms. */
export const DIAL_MS = 10_000

/** What the shell is to do, in order. */
export type Effect =
  | { readonly type: 'dial' }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'hang-up' }
  | { readonly type: 'event'; readonly capability: string; readonly name: string; readonly data: unknown }
  /** `state` is a new one. */
  | { readonly type: 'changed' }

/** Where chance comes from: an integer of 32 random bits. */
export type Random32 = () => number

interface Destination {
  readonly world: string
  readonly name: string
  readonly look: Look
}

/**
 * A connection as a pure state machine: no socket, timer or clock inside. Every input carries local time (UTC ms) and
 * gives effects; `nextAt` says when `tick` wants to be called. Answers to requests go to the request's own `settle`.
 */
export class ConnectionMachine {
  state: ConnectionState = { phase: 'connecting', attempt: 0 }
  readonly time = new ServerTime()
  readonly #asks = new Asks()
  readonly #random32: Random32
  #effects: Effect[] = []
  #welcome: Welcome | undefined
  #entered: Entered | undefined
  #destination: Destination | undefined
  #enterId = ''
  #enterAt = Number.POSITIVE_INFINITY
  #settleEnter: ((outcome: AskOutcome) => void) | undefined
  /** Counts sockets, so that a request knows whether it went out on this one. 0: no welcome on the present one. */
  #line = 0
  #lines = 0
  #dialling = false
  #attempt = 0
  #dialAt = Number.POSITIVE_INFINITY
  #giveUpDialAt = Number.POSITIVE_INFINITY
  #announcedPauseMs: number | undefined
  #visible = true
  readonly #heartbeat = new Heartbeat()

  constructor(random32: Random32) {
    this.#random32 = random32
  }

  /** When to call `tick` next, local time; infinity when there is nothing to wait for. */
  get nextAt(): number {
    if (this.state.phase === 'closed') return Number.POSITIVE_INFINITY
    const dialAt = this.#visible ? this.#dialAt : Number.POSITIVE_INFINITY
    const asksAt = this.#asks.nextAt(this.state.phase === 'entered' ? this.#line : undefined)
    return Math.min(dialAt, this.#giveUpDialAt, this.#heartbeat.nextAt, this.#enterAt, asksAt)
  }

  start(now: number): readonly Effect[] {
    this.#dial(now)
    return this.#take()
  }

  /** Goes to a world, and back to it after every break. */
  enter(destination: Destination, now: number, settle: (outcome: AskOutcome) => void): readonly Effect[] {
    if (this.state.phase === 'closed') {
      settle({ fault: closedFault() })
      return []
    }
    this.#settleEnter?.({ fault: new Fault('superseded', 'Another world was entered before this one answered.') })
    if (this.#destination && this.#destination.world !== destination.world) {
      this.#asks.failAll(new Fault('not-entered', 'You left this world before it answered.'))
    }
    this.#destination = destination
    this.#settleEnter = settle
    this.#sendEnter(now)
    return this.#take()
  }

  ask(ask: Ask, now: number): readonly Effect[] {
    if (this.state.phase === 'closed') ask.settle({ fault: closedFault() })
    else if (!this.#destination) ask.settle({ fault: new Fault('not-entered', FAULTS['not-entered']) })
    else this.#asks.add(ask, now)
    this.#sendAsks(now)
    return this.#take()
  }

  text(text: string, now: number): readonly Effect[] {
    this.#heartbeat.heard()
    const frame = readServerFrame(text)
    if (frame) this.#frame(frame, now)
    return this.#take()
  }

  /** Bytes came in; what they mean is read by their codec. */
  heardBytes(): void {
    this.#heartbeat.heard()
  }

  /** The socket is gone, or never opened. */
  closed(code: number, now: number): readonly Effect[] {
    this.#broke(code, now)
    return this.#take()
  }

  tick(now: number): readonly Effect[] {
    if (this.state.phase === 'closed') return []
    this.#asks.expire(now)
    if (now >= this.#giveUpDialAt || this.#heartbeat.isSilent(now)) {
      this.#effects.push({ type: 'hang-up' })
      this.#broke(CLOSES.silent, now)
    }
    if (now >= this.#dialAt && this.#visible) this.#dial(now)
    if (this.#heartbeat.isDue(now)) this.#ping(now)
    if (now >= this.#enterAt) this.#sendEnter(now)
    this.#sendAsks(now)
    return this.#take()
  }

  /** The page was shown, or the network came back: no more waiting. Hidden: dialling rests. */
  visible(visible: boolean, now: number): readonly Effect[] {
    this.#visible = visible
    if (visible && this.#dialAt < Number.POSITIVE_INFINITY) {
      this.#attempt = 0
      this.#dial(now)
    }
    return this.#take()
  }

  stop(): readonly Effect[] {
    if (this.state.phase === 'closed') return []
    this.#effects.push({ type: 'hang-up' })
    this.#end('ended')
    return this.#take()
  }

  #frame(frame: ServerFrame, now: number): void {
    switch (frame.type) {
      case 'welcome':
        this.#welcomed(frame, now)
        return
      case 'entered':
        if (frame.id === this.#enterId) this.#arrived(frame, now)
        return
      case 'event': {
        const { capability, name, data } = frame
        this.#effects.push({ type: 'event', capability, name, data })
        return
      }
      case 'ack':
        this.#settle(frame.id, { value: frame.reply }, now)
        return
      case 'answer':
        this.#settle(frame.id, { value: frame.data }, now)
        return
      case 'refused': {
        const refusal = { refused: frame.code, because: frame.because }
        if (frame.id === this.#enterId) this.#turnedAway({ refusal }, refusal)
        else this.#settle(frame.id, { refusal }, now)
        return
      }
      case 'fault':
        this.#faulted(frame, now)
        return
      case 'pong':
        if (frame.n === this.#heartbeat.n) this.time.ponged(frame.at, this.#heartbeat.sentAt, now)
        return
      case 'closing':
        this.#announcedPauseMs = frame.retryAfterMs
        return
    }
  }

  #welcomed(welcome: Welcome, now: number): void {
    this.time.welcomed(welcome.at, now)
    this.#welcome = welcome
    this.#lines += 1
    this.#line = this.#lines
    this.#dialling = false
    this.#attempt = 0
    this.#dialAt = this.#giveUpDialAt = Number.POSITIVE_INFINITY
    if (this.#destination && this.#entered) this.#setReconnecting(0, 'entering')
    else this.#set({ phase: 'open', welcome })
    this.#ping(now)
    this.#sendEnter(now)
  }

  #arrived(entered: Entered, now: number): void {
    if (!this.#welcome) return
    this.#entered = entered
    this.#enterId = ''
    this.#set({ phase: 'entered', welcome: this.#welcome, entered })
    this.#settleEnter?.({ value: entered })
    this.#settleEnter = undefined
    this.#sendAsks(now)
  }

  #turnedAway(outcome: AskOutcome, refusal: Refusal): void {
    this.#enterId = ''
    this.#destination = undefined
    this.#entered = undefined
    this.#settleEnter?.(outcome)
    this.#settleEnter = undefined
    this.#asks.failAll(new Fault('not-entered', FAULTS['not-entered']))
    if (this.#welcome) this.#set({ phase: 'open', welcome: this.#welcome, refusal })
  }

  #faulted(frame: Extract<ServerFrame, { type: 'fault' }>, now: number): void {
    const { id, code, because, retryAfterMs } = frame
    const again = now + (retryAfterMs ?? RETRY_MS)
    if (!id) {
      if (code === 'too-fast') this.#asks.postponeAll(this.#line, again)
      return
    }
    const passing = code === 'unavailable' || code === 'busy'
    if (id === this.#enterId) {
      // On the way back the world may still be waking; a first entry tells its caller instead.
      if (passing && !this.#settleEnter) this.#enterAt = again
      else this.#turnedAway({ fault: faultOf(code, because) }, { refused: code, because })
      return
    }
    if (code === 'unavailable' && this.#asks.postpone(id, again)) return
    this.#settle(id, { fault: faultOf(code, because) }, now)
  }

  /** An answer makes room for the next request. */
  #settle(id: string, outcome: AskOutcome, now: number): void {
    if (this.#asks.settle(id, outcome)) this.#sendAsks(now)
  }

  #broke(code: number, now: number): void {
    if (this.state.phase === 'closed') return
    this.#line = 0
    this.#dialling = false
    this.#heartbeat.stop()
    this.#giveUpDialAt = this.#enterAt = Number.POSITIVE_INFINITY
    const reason = finalReason(code)
    if (reason) {
      this.#end(reason)
      return
    }
    const pauseMs = this.#announcedPauseMs ?? backoffMs(this.#attempt, this.#random32() / 2 ** 32)
    this.#announcedPauseMs = undefined
    this.#attempt += 1
    this.#dialAt = now + pauseMs
    if (this.#welcome) this.#setReconnecting(this.#dialAt, closeName(code))
    else this.#set({ phase: 'connecting', attempt: this.#attempt })
  }

  #dial(now: number): void {
    if (this.#dialling || this.#line > 0) return
    this.#dialling = true
    this.#dialAt = Number.POSITIVE_INFINITY
    this.#giveUpDialAt = now + DIAL_MS
    if (this.#welcome) this.#setReconnecting(0, 'dialling')
    this.#effects.push({ type: 'dial' })
  }

  #sendEnter(now: number): void {
    this.#enterAt = Number.POSITIVE_INFINITY
    if (this.#line === 0 || !this.#destination) return
    this.#enterId = this.#mint(now)
    this.#text({ type: 'enter', id: this.#enterId, ...this.#destination })
  }

  #sendAsks(now: number): void {
    if (this.state.phase !== 'entered' || this.#line === 0 || this.#asks.size === 0) return
    for (const text of this.#asks.due(this.#line, now, () => this.#mint(now)))
      this.#effects.push({ type: 'text', text })
  }

  #ping(now: number): void {
    this.#text({ type: 'ping', n: this.#heartbeat.beat(now) })
  }

  #end(reason: EndReason): void {
    this.#line = 0
    this.#set({ phase: 'closed', reason })
    this.#settleEnter?.({ fault: closedFault() })
    this.#settleEnter = undefined
    this.#asks.failAll(closedFault())
  }

  #setReconnecting(nextAt: number, because: string): void {
    const known = this.#entered ? { entered: this.#entered } : {}
    this.#set({ phase: 'reconnecting', attempt: this.#attempt, nextAt, because, ...known })
  }

  #set(state: ConnectionState): void {
    this.state = state
    this.#effects.push({ type: 'changed' })
  }

  #text(frame: object): void {
    this.#effects.push({ type: 'text', text: JSON.stringify(frame) })
  }

  #mint(now: number): string {
    return uuidFrom(this.time.at(now), this.#random32() >>> 20, this.#random32() >>> 2, this.#random32())
  }

  #take(): readonly Effect[] {
    const effects = this.#effects
    this.#effects = []
    return effects
  }
}
