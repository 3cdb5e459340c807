import type { ActorRates } from './actor-rates.ts'
import type { Outlet } from './outlet.ts'
import type { Listener } from './topics.ts'

/**
 * One person's stay in one world. Outlives sockets: while the line is broken the person stays on their topics, and
 * events that move them from zone to zone are followed, only nothing is written.
 */
export class Visit implements Listener {
  readonly player: string
  readonly session: string
  readonly rates: ActorRates
  readonly topics = new Set<string>()
  outlet: Outlet | undefined
  /** When the line broke, ms. */
  lostAt = 0

  constructor(player: string, session: string, rates: ActorRates) {
    this.player = player
    this.session = session
    this.rates = rates
  }

  write(frame: Buffer, droppable: boolean): void {
    this.outlet?.write(frame, droppable)
  }
}
