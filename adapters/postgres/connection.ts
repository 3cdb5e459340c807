import { Fault, Misfit } from '@worldloom/contract'
import pg from 'pg'

/** Oldest PostgreSQL that runs our tables and statements. */
export const POSTGRES_MAJOR_MIN = 15

/** Longest wait for a connection, ms. */
const CONNECT_MS_MAX = 10_000

/** Connections of one server. Engines commit in batches, so a few carry a lot. */
export const POOL_MAX = 16

/** A database's address without its password, for showing and logging. */
export function showAddress(url: string): string {
  const address = parse(url)
  return `${address.hostname || 'localhost'}${address.port ? `:${address.port}` : ''}${address.pathname}`
}

/**
 * Connections to a database. A connection that breaks while idle is dropped, told to `onLost`, and replaced when the
 * next one is needed.
 */
export function openPool(url: string, onLost: (error: Error) => void = () => undefined, max = POOL_MAX): pg.Pool {
  parse(url)
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: CONNECT_MS_MAX,
    application_name: 'worldloom',
  })
  pool.on('error', onLost)
  return pool
}

/**
 * Asks a database who it is, so that a wrong address is told before anything else happens. Throws a Fault
 * (`database-address-invalid`, `database-unreachable`, `database-refused`) or the Misfit `database-too-old`.
 */
export async function probeDatabase(url: string): Promise<{ readonly major: number }> {
  const where = showAddress(url)
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS_MAX })
  // Without a listener, a connection that breaks between two statements would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ server_version_num: string }>('show server_version_num')
    const major = Math.floor(Number(rows[0]?.server_version_num) / 10_000)
    if (major < POSTGRES_MAJOR_MIN)
      throw new Misfit(
        'database-too-old',
        `The database at ${where} is PostgreSQL ${major}; Worldloom needs ${POSTGRES_MAJOR_MIN} or newer.`,
      )
    return { major }
  } catch (error) {
    throw explain(error, where)
  } finally {
    await client.end().catch(() => undefined)
  }
}

function parse(url: string): URL {
  try {
    const address = new URL(url)
    if (address.protocol === 'postgres:' || address.protocol === 'postgresql:') return address
  } catch {
    // Said below: the text itself may hold a password and is not repeated.
  }
  throw new Fault(
    'database-address-invalid',
    'DATABASE_URL is not an address of the form postgres://user:password@host:5432/database.',
  )
}

/** Classes of PostgreSQL's error codes (its manual, appendix A) that the person who started us can do something about. */
function explain(error: unknown, where: string): Error {
  if (error instanceof Misfit) return error
  const code = (error as { readonly code?: string } | undefined)?.code ?? ''
  const said = error instanceof Error && error.message ? error.message : code
  if (code.startsWith('28') || code === '3D000')
    return new Fault(
      'database-refused',
      `The database at ${where} refused the connection: ${said}. Check the user, password and database name in DATABASE_URL.`,
      'never',
      error,
    )
  return new Fault(
    'database-unreachable',
    `The database at ${where} cannot be reached (${said}). Is it running, and is DATABASE_URL right? Without DATABASE_URL, Worldloom brings its own.`,
    'later',
    error,
  )
}
