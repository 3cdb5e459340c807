/** Runs engines: mailbox, journal, group commit, ticks, reactions. */

export type { Committed, EngineOptions } from './engine-options.ts'
export { EphemeralEngine, type EphemeralOptions } from './ephemeral-engine.ts'
export {
  createHost,
  type Host,
  type HostOptions,
  type WorldRecord,
  type WorldRegistry,
} from './host.ts'
export { JournaledEngine } from './journaled-engine.ts'
export { askQuery } from './queries.ts'
export * from './replay.ts'
export type { Outcome, Published, RunningWorld, Worlds } from './running-world.ts'
export { World, type WorldOptions } from './world.ts'
