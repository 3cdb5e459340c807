import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs'
import { type DestinationStream, type Logger, pino } from 'pino'

/** Size at which a log is put aside, bytes. The one before it is kept: twice this is the most a log takes. */
export const LOG_BYTES_MAX = 8 * 1024 * 1024

export interface ServerLog {
  readonly logger: Logger
  close(): void
}

/** JSON lines in a file that never grows beyond `bytesMax`, and on the terminal when `echo` is given. */
export function openServerLog(path: string, echo?: DestinationStream, bytesMax = LOG_BYTES_MAX): ServerLog {
  const file = new BoundedFile(path, bytesMax)
  const destination: DestinationStream = {
    write: line => {
      file.write(line)
      echo?.write(line)
    },
  }
  return {
    logger: pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination),
    close: () => file.close(),
  }
}

/**
 * Written at once, so that the last words before a crash are there. A log line is rare and small: this costs
 * microseconds. A disk that is full or gone costs lines, never the server.
 */
class BoundedFile {
  readonly #path: string
  readonly #bytesMax: number
  #file: number | undefined
  #bytes = 0

  constructor(path: string, bytesMax: number) {
    this.#path = path
    this.#bytesMax = bytesMax
    this.#try(() => this.#open())
  }

  write(line: string): void {
    const bytes = Buffer.byteLength(line)
    this.#try(() => {
      if (this.#file !== undefined && this.#bytes + bytes > this.#bytesMax) {
        this.close()
        renameSync(this.#path, `${this.#path}.1`)
      }
      this.#bytes += writeSync(this.#file ?? this.#open(), line)
    })
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
  }

  #open(): number {
    const file = openSync(this.#path, 'a', 0o600)
    this.#file = file
    this.#bytes = fstatSync(file).size
    return file
  }

  #try(work: () => void): void {
    try {
      work()
    } catch {
      // Tried again with the next line.
    }
  }
}
