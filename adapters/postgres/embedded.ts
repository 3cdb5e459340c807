import { DATABASE_USER, prepareCluster } from './embedded-cluster.ts'
import { folderFault } from './embedded-faults.ts'
import { takeLock } from './embedded-lock.ts'
import { choosePlace } from './embedded-place.ts'
import { startProcess, stopOrphan } from './embedded-process.ts'

export interface EmbeddedPostgres {
  /** `postgres://…` with the password in it: for connecting, never for showing. */
  readonly url: string
  readonly host: string
  readonly port: number
  /** Process number of the server. */
  readonly pid: number
  /** Where the data really lies. */
  readonly folder: string
  /** One sentence for the person, when the data had to be put elsewhere than asked. */
  readonly notice?: string
  /** Resolves when the server is gone: true when `stop` asked for it, false when it ended by itself. */
  readonly gone: Promise<boolean>
  /** Tells a second start on the same data where this one is reached. */
  announce(address: string): Promise<void>
  /** Fast shutdown with a bounded wait. Safe to call twice. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** Folder for the database; made when missing. */
  readonly folder: string
  /** What PostgreSQL says, line by line. */
  readonly log?: (line: string) => void
}

/**
 * Starts a real PostgreSQL as a child process on 127.0.0.1 with a free port and a password of its own. Data left by a
 * killed server is recovered, and its orphaned database stopped first. Throws a Fault (`data-in-use`, `disk-full`,
 * `no-permission`, `database-failed`, `platform-unsupported`) or a Misfit (`data-too-old`, `data-too-new`).
 */
export async function startPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => undefined)
  let folder = options.folder
  try {
    const place = await choosePlace(options.folder)
    folder = place.folder
    const lock = await takeLock(folder)
    try {
      const orphan = await stopOrphan(`${folder}/data`)
      if (orphan !== undefined) log(`stopped the orphaned PostgreSQL of an earlier start (process ${orphan})`)
      const { data, password } = await prepareCluster(place)
      const server = await startProcess(place, data, log)
      const leave = () => {
        server.abandon()
        lock.release()
      }
      process.once('exit', leave)
      void server.gone.then(() => {
        process.off('exit', leave)
        lock.release()
      })
      return {
        url: `postgres://${DATABASE_USER}:${password}@127.0.0.1:${server.port}/postgres`,
        host: '127.0.0.1',
        port: server.port,
        pid: server.pid,
        folder,
        ...(place.notice ? { notice: place.notice } : {}),
        gone: server.gone,
        announce: lock.announce,
        stop: server.stop,
      }
    } catch (error) {
      lock.release()
      throw error
    }
  } catch (error) {
    throw folderFault(error, folder)
  }
}
