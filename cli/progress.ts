import { seconds, type Terminal } from './terminal.ts'

/** Tells the person what a start is doing: one short line when a part is done, with how long it took. */
export interface Progress {
  /** A part begins. `said` is shown at once when given, for parts that take a while. */
  begin(part: string, said?: string): (result: string) => void
  /** A sentence that belongs to a part. */
  note(sentence: string): void
}

const PART_WIDTH = 10

export function showProgress(terminal: Terminal): Progress {
  const line = (part: string, said: string, time = '') =>
    terminal.out(`  ${terminal.dim(part.padEnd(PART_WIDTH))}${said}${time && terminal.dim(`  ${time}`)}`)
  return {
    begin: (part, said) => {
      const begunAt = performance.now()
      if (said) line(part, said)
      return result => line(part, result, seconds(performance.now() - begunAt))
    },
    note: sentence => line('', sentence),
  }
}
