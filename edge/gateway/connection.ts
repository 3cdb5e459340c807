import type { Duplex } from 'node:stream'
import type { Actor, ServerFrame } from '@worldloom/contract'
import type { Logger } from 'pino'
import type { RawData, WebSocket } from 'ws'
import type { GatewayLimits } from './limits.ts'
import { faultOutcome } from './outcome.ts'
import { Outlet, type OutletCounts } from './outlet.ts'
import type { Routes } from './routes.ts'
import { type RequestOutcome, Session, type SessionEffect } from './session.ts'
import { NO_SUCH_WORLD, type WorldDoor } from './world-door.ts'

export interface ConnectionContext {
  readonly routes: Routes
  readonly limits: GatewayLimits
  readonly counts: OutletCounts
  readonly now: () => number
  readonly doorOf: (world: string) => WorldDoor | undefined
  readonly welcome: (player: string) => ServerFrame
  readonly logger: Logger
}

/** A page that was closed or reloaded says 1001 and may be back at once; only a client that means it says 1000. */
const MEANT = 1000

/** The thin shell around one socket: carries frames into the session machine and does what it says. */
export class Connection {
  readonly #context: ConnectionContext
  readonly #session: Session
  readonly #outlet: Outlet
  readonly #player: string
  readonly #roles: readonly string[]
  #door: WorldDoor | undefined
  #actor: Actor

  constructor(socket: WebSocket, raw: Duplex, player: string, roles: readonly string[], context: ConnectionContext) {
    this.#context = context
    this.#player = player
    this.#roles = roles
    this.#actor = { player, session: '', roles }
    this.#session = new Session(context.routes, context.limits, roles, context.now())
    this.#outlet = new Outlet(socket, raw, context.limits, context.counts)
    socket.on('message', (data: RawData, isBinary: boolean) => this.#message(data as Buffer, isBinary))
    socket.on('pong', () => this.#session.ponged(context.now()))
    socket.on('close', code => this.#closed(code))
    // Broken frames and broken lines: `ws` closes by itself with its own code.
    socket.on('error', error => context.logger.debug({ err: error }, 'a socket failed'))
    this.#outlet.send(context.welcome(player))
  }

  tick(now: number): void {
    this.#run(this.#session.tick(now))
  }

  /** Tells the client that the server goes, and when to come back. */
  shutDown(retryAfterMs: number): void {
    this.#outlet.discard()
    this.#outlet.send({ type: 'closing', because: 'The server is restarting.', retryAfterMs })
    this.#outlet.close('shutting-down')
  }

  #message(data: Buffer, isBinary: boolean): void {
    const now = this.#context.now()
    this.#run(isBinary ? this.#session.bytes(data, now) : this.#session.text(data.toString('utf8'), data.length, now))
  }

  #run(effects: readonly SessionEffect[]): void {
    for (let index = 0; index < effects.length; index++) {
      const effect = effects[index] as SessionEffect
      switch (effect.type) {
        case 'send':
          this.#send(effect)
          break
        case 'text':
          this.#outlet.send(effect.frame)
          break
        case 'close':
          this.#outlet.close(effect.reason)
          break
        case 'ping':
          this.#outlet.ping()
          break
        case 'enter':
          void this.#enter(effect)
          break
        case 'command':
        case 'query':
          void this.#request(effect)
          break
      }
    }
  }

  #send({ route, input }: Extract<SessionEffect, { type: 'send' }>): void {
    try {
      this.#door?.world.send(route.capability, route.name, input, this.#actor)
    } catch (thrown) {
      // Nobody waits for an answer to bytes; what is ours to mend is in the log.
      faultOutcome(thrown, this.#context.logger)
    }
  }

  async #enter({ id, world, name, look }: Extract<SessionEffect, { type: 'enter' }>): Promise<void> {
    const { doorOf, now } = this.#context
    const door = doorOf(world)
    if (!door) {
      this.#run(this.#session.settled(id, NO_SUCH_WORLD))
      return
    }
    if (this.#door && this.#door !== door) this.#leave()
    this.#session.left()
    this.#door = door
    const entry = await door.enter({ player: this.#player, name, look, outlet: this.#outlet }, id, now())
    if ('gone' in entry) return
    if ('outcome' in entry) {
      this.#door = undefined
      this.#run(this.#session.settled(id, entry.outcome))
      return
    }
    const { visit, frame } = entry
    this.#actor = { player: this.#player, session: visit.session, roles: this.#roles }
    this.#run(this.#session.entered(frame, visit.rates))
    this.#outlet.release()
  }

  async #request(effect: Extract<SessionEffect, { type: 'command' | 'query' }>): Promise<void> {
    this.#run(this.#session.settled(effect.id, await this.#ask(effect)))
  }

  async #ask(effect: Extract<SessionEffect, { type: 'command' | 'query' }>): Promise<RequestOutcome> {
    const { capability, name } = effect.route
    const world = this.#door?.world
    if (!world) return NO_SUCH_WORLD
    try {
      if (effect.type === 'query') {
        return { answer: await world.query(capability, name, effect.data, this.#actor) }
      }
      const outcome = await world.command(capability, name, effect.data, this.#actor, effect.id)
      return 'refused' in outcome ? outcome : { reply: outcome.reply }
    } catch (thrown) {
      return faultOutcome(thrown, this.#context.logger)
    }
  }

  #leave(): void {
    this.#door?.left(this.#player, this.#outlet, this.#context.now())
    this.#door = undefined
  }

  #closed(code: number): void {
    this.#outlet.closed()
    if (code === MEANT) this.#leave()
    else this.#door?.lost(this.#player, this.#outlet, this.#context.now())
    this.#door = undefined
  }
}
