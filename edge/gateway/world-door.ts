import { FAULTS, type Look, PLATFORM, type ServerFrame } from '@worldloom/contract'
import type { Published, RunningWorld } from '@worldloom/host'
import type { Logger } from 'pino'
import { ActorRates } from './actor-rates.ts'
import { BINARY, framed, framedJson } from './framing.ts'
import type { GatewayLimits } from './limits.ts'
import { faultOutcome } from './outcome.ts'
import type { Outlet } from './outlet.ts'
import { PERSONAL, type Routes } from './routes.ts'
import type { RequestOutcome } from './session.ts'
import { Topics } from './topics.ts'
import { Visit } from './visit.ts'

/** The platform's session contract: the one capability that the gateway knows by name. */
const SESSIONS = 'world.sessions'

/** The topic that everyone who has entered is on. */
const EVERYONE_HERE = 'world'

/** How long a departure that the world could not take is tried again, ms. A restart of the world closes the visit too. */
const OWED_MS = 60_000

export interface Newcomer {
  readonly player: string
  readonly name: string
  readonly look: Look
  readonly outlet: Outlet
}

export type Entry =
  | { readonly visit: Visit; readonly frame: Extract<ServerFrame, { type: 'entered' }> }
  | { readonly outcome: RequestOutcome }
  /** The line broke, or another one took over, while the world was asked. */
  | { readonly gone: true }

interface Owed {
  readonly id: string
  readonly session: string
  readonly parting: string
  readonly until: number
}

/** One world's door: who is in, through which socket, on which topics; and everything that goes out to them. */
export class WorldDoor {
  readonly world: RunningWorld
  readonly #routes: Routes
  readonly #limits: GatewayLimits
  readonly #mint: (now: number) => string
  readonly #logger: Logger
  readonly #topics = new Topics()
  readonly #visits = new Map<string, Visit>()
  #owed: Owed[] = []
  readonly #unsubscribe: () => void

  constructor(
    world: RunningWorld,
    routes: Routes,
    limits: GatewayLimits,
    mint: (now: number) => string,
    logger: Logger,
  ) {
    this.world = world
    this.#routes = routes
    this.#limits = limits
    this.#mint = mint
    this.#logger = logger
    this.#unsubscribe = world.subscribe(published => this.#publish(published))
  }

  get people(): number {
    return this.#visits.size
  }

  get topics(): number {
    return this.#topics.size
  }

  /**
   * Lets someone in. Whoever comes back within the grace period, or in a second tab, takes up the same session: the
   * world is told `join` again with its id, and answers with everything that a newcomer needs.
   */
  async enter({ player, name, look, outlet }: Newcomer, id: string, now: number): Promise<Entry> {
    const known = this.#visits.get(player)
    const visit = known ?? new Visit(player, this.#mint(now), new ActorRates())
    if (known?.outlet && known.outlet !== outlet) known.outlet.close('taken-over')
    // Before the world is asked: its first words to a newcomer come before its answer.
    outlet.hold()
    visit.outlet = outlet
    this.#visits.set(player, visit)
    this.#topics.join(EVERYONE_HERE, visit)
    this.#topics.join(PERSONAL + player, visit)
    const { session } = visit
    const outcome = await this.#ask('join', { player, session, name, look }, this.#mint(now))
    if (visit.outlet !== outlet) return { gone: true }
    if ('reply' in outcome) return { visit, frame: this.#entered(id, session) }
    visit.outlet = undefined
    visit.lostAt = now
    outlet.discard()
    if (!known) this.#forget(visit)
    return { outcome }
  }

  /** The line broke: the person stays for the grace period. */
  lost(player: string, outlet: Outlet, now: number): void {
    const visit = this.#visits.get(player)
    if (visit?.outlet !== outlet) return
    visit.outlet = undefined
    visit.lostAt = now
  }

  /** The person went, and said so. Nothing when another socket has taken over. */
  left(player: string, outlet: Outlet, now: number): void {
    const visit = this.#visits.get(player)
    if (visit?.outlet === outlet) void this.#depart(visit, 'left', now)
  }

  /** Sends home whoever did not come back, and tries again what the world could not take. */
  tick(now: number): void {
    for (const visit of this.#visits.values()) {
      if (!visit.outlet && now - visit.lostAt >= this.#limits.graceMs) void this.#depart(visit, 'lost', now)
    }
    const owed = this.#owed
    this.#owed = []
    for (const departure of owed) {
      if (now < departure.until) void this.#tell(departure)
      else this.#logger.error({ session: departure.session }, 'a departure could not be told to the world')
    }
  }

  /** Everyone is sent home. Resolves when the world has heard. */
  async close(now: number): Promise<void> {
    await Promise.all([...this.#visits.values()].map(visit => this.#depart(visit, 'restarted', now)))
    this.#unsubscribe()
  }

  #entered(id: string, session: string): Extract<ServerFrame, { type: 'entered' }> {
    const { id: world, title, objects, clock, capabilities } = this.world
    return { type: 'entered', id, world, title, session, map: objects.map ?? '', clock, capabilities }
  }

  #forget(visit: Visit): void {
    this.#topics.leaveAll(visit)
    if (this.#visits.get(visit.player) === visit) this.#visits.delete(visit.player)
  }

  async #depart(visit: Visit, parting: string, now: number): Promise<void> {
    this.#forget(visit)
    await this.#tell({ id: this.#mint(now), session: visit.session, parting, until: now + OWED_MS })
  }

  async #tell(departure: Owed): Promise<void> {
    const { id, session, parting } = departure
    const outcome = await this.#ask('leave', { session, parting }, id)
    if ('fault' in outcome && outcome.retryAfterMs !== undefined) this.#owed.push(departure)
  }

  async #ask(name: 'join' | 'leave', input: unknown, id: string): Promise<RequestOutcome> {
    try {
      const outcome = await this.world.command(SESSIONS, name, input, PLATFORM, id)
      return 'refused' in outcome ? outcome : { reply: outcome.reply }
    } catch (thrown) {
      return faultOutcome(thrown, this.#logger)
    }
  }

  /** Follows who is on which topic, then writes the event to the topic of its audience, encoded once. */
  #publish({ capability, event, data, engine, position }: Published): void {
    const route = this.#routes.event(capability, event)
    if (!route) return
    const member = route.member?.fill(data)
    const visit = member === undefined ? undefined : this.#visits.get(member)
    if (visit) {
      const joined = route.joins?.fill(data)
      if (joined !== undefined) this.#topics.join(joined, visit)
    }
    const topic = route.audience?.fill(data)
    if (topic !== undefined && this.#topics.has(topic)) {
      const frame = route.binary
        ? framed(route.binary.write(data), BINARY)
        : framedJson({ type: 'event', capability, name: event, data, engine, position })
      this.#topics.publish(topic, frame, route.droppable)
    }
    if (visit) {
      // Someone placed again where they were leaves the very topic they have joined: joining wins.
      const left = route.leaves?.fill(data)
      if (left !== undefined && left !== route.joins?.fill(data)) this.#topics.leave(left, visit)
    }
  }
}

/** There is no such world here. */
export const NO_SUCH_WORLD: RequestOutcome = { fault: 'unknown-world', because: FAULTS['unknown-world'] }
