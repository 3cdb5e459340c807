/** Runs engines: mailbox, journal, group commit, ticks, reactions. */
export type { Outcome, Published, RunningWorld, Worlds } from './running-world.ts'
