import type { Terminal } from './terminal.ts'

/** One command of `worldloom`. */
export interface Command {
  /** How it is called and what its options are, as shown by `--help`. */
  readonly help: string
  /** Runs it with the words after its name. Returns the exit code; throws Faults and Misfits for the person. */
  run(args: readonly string[], terminal: Terminal): Promise<number>
}

/** A command line that cannot be understood. */
export class Misuse extends Error {
  override readonly name = 'Misuse'
}

/** Exit codes: done, failed for a reason outside of us, misused, failed for a mistake of ours (BSD's sysexits.h). */
export const EXIT = { done: 0, failed: 1, misused: 2, defect: 70 } as const
