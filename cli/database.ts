import { Fault } from '@worldloom/contract'
import {
  type EmbeddedPostgres,
  migrate,
  openPool,
  probeDatabase,
  showAddress,
  startPostgres,
} from '@worldloom/postgres'
import type { Logger } from 'pino'
import type { DataFolder } from './data-folder.ts'
import type { Progress } from './progress.ts'

export interface Database {
  /** With its password: for connecting, never for showing. */
  readonly url: string
  readonly pool: ReturnType<typeof openPool>
  /** Rejects when the embedded server ends although nobody asked it to. Never resolves. */
  readonly lost: Promise<never>
  /** Tells a second start on the same data where this one is reached. */
  announce(address: string): Promise<void>
  close(): Promise<void>
}

/** The database at `url`, or an embedded one, reached and with an up-to-date schema. */
export async function openDatabase(
  url: string | undefined,
  folder: DataFolder,
  logger: Logger,
  progress: Progress,
): Promise<Database> {
  const done = progress.begin('database')
  const embedded = url
    ? undefined
    : await startPostgres({ folder: folder.postgres, log: line => logger.info({ part: 'postgres' }, line) })
  try {
    const address = embedded?.url ?? url ?? ''
    const { major } = await probeDatabase(address)
    const pool = openPool(address, error => logger.warn({ err: error }, 'a database connection was lost'))
    const applied = await migrate(pool)
    if (applied.length > 0) logger.info({ applied }, 'the schema was brought up to date')
    done(`PostgreSQL ${major} ${embedded ? 'embedded' : `at ${showAddress(address)}`}`)
    if (embedded?.notice) progress.note(embedded.notice)
    return {
      url: address,
      pool,
      lost: embedded ? watch(embedded) : new Promise(() => undefined),
      announce: async text => embedded?.announce(text),
      close: async () => {
        await pool.end()
        await embedded?.stop()
      },
    }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}

async function watch(embedded: EmbeddedPostgres): Promise<never> {
  if (await embedded.gone) return new Promise(() => undefined)
  throw new Fault(
    'database-failed',
    'The embedded PostgreSQL ended by itself. Nothing that was acknowledged is lost; start again to go on.',
    'later',
  )
}
