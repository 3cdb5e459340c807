import { renameSync, statSync } from 'node:fs'
import { type DestinationStream, type Logger, pino } from 'pino'

/** Size at which a log is put aside, bytes. The one before it is kept: twice this is the most a log takes. */
export const LOG_BYTES_MAX = 8 * 1024 * 1024

/** Lines waiting for the disk, bytes. Beyond it they are dropped: a log must not eat the server. */
const LOG_WAITING_BYTES_MAX = 1024 * 1024

export interface ServerLog {
  readonly logger: Logger
  /** Writes what is waiting, so that the last words are there. */
  close(): void
}

/** JSON lines in a file that never grows beyond `bytesMax`, and on the terminal when `echo` is given. */
export function openServerLog(path: string, echo?: DestinationStream, bytesMax = LOG_BYTES_MAX): ServerLog {
  const file = pino.destination({ dest: path, sync: false, maxLength: LOG_WAITING_BYTES_MAX, mode: 0o600 })
  // A full disk costs the log, never the world; the database reports it to those who must know.
  file.on('error', () => undefined)
  let bytes = sizeOf(path)
  const bounded: DestinationStream = {
    write(line) {
      bytes += Buffer.byteLength(line)
      if (bytes > bytesMax) {
        bytes = Buffer.byteLength(line)
        rotate()
      }
      file.write(line)
      echo?.write(line)
    },
  }
  const rotate = () => {
    try {
      file.flushSync()
      renameSync(path, `${path}.1`)
      file.reopen()
    } catch {
      // Not opened yet, or no longer writable: the next full log tries again.
    }
  }
  return {
    logger: pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, bounded),
    close: () => {
      try {
        file.flushSync()
      } catch {
        // Never opened: nothing was written.
      }
      file.end()
    },
  }
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size
  } catch {
    return 0
  }
}
