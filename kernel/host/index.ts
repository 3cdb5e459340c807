/** Runs engines: mailbox, journal, group commit, ticks, reactions. */
export {
  createHost,
  type Host,
  type HostOptions,
  type WorldRecord,
  type WorldRegistry,
} from './host.ts'
export { type Committed, type EngineOptions, JournaledEngine } from './journaled-engine.ts'
export type { Outcome, Published, RunningWorld, Worlds } from './running-world.ts'
export { World, type WorldOptions } from './world.ts'
