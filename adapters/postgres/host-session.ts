import { Fault } from '@worldloom/contract'
import pg from 'pg'
import { reaching } from './faults.ts'

/** A host that has not been heard of for this long, by the database's clock, may be relieved of its engines. */
export const HOST_LEASE_MS = 10_000
const HEARTBEAT_MS = 2_500

/** First half of the advisory locks by which hosts show that their session lives; the second is the host's hash. */
const HOST_LOCKS = 7_310_002

/** A host's standing with the database: a session of its own that holds a lock, and a heartbeat. */
export interface HostSession {
  /** Resolves when the session is gone although nobody closed it: the host must let go of everything. */
  readonly lost: Promise<Fault>
  close(): Promise<void>
}

/** Announces a host. While its session lives and its heart beats, nobody takes its engines. */
export async function openHostSession(url: string, host: string, address: string): Promise<HostSession> {
  const client = new pg.Client({ connectionString: url, application_name: 'worldloom host', keepAlive: true })
  let closed = false
  let tellLost: (fault: Fault) => void = () => undefined
  const lost = new Promise<Fault>(resolve => {
    tellLost = resolve
  })
  const lose = (cause?: unknown) => {
    clearInterval(heartbeat)
    if (!closed) tellLost(new Fault('database-lost', 'The connection to the database is gone.', 'later', cause))
  }
  client.on('error', lose)
  client.on('end', () => lose())
  let beating = false
  const heartbeat = setInterval(() => {
    // One at a time: a database that stands still must not pile them up.
    if (beating) return
    beating = true
    client
      .query('update hosts set seen_at = now() where host = $1', [host])
      .catch(lose)
      .finally(() => {
        beating = false
      })
  }, HEARTBEAT_MS)
  try {
    await reaching(async () => {
      await client.connect()
      await client.query('select pg_advisory_lock($1, hashtext($2))', [HOST_LOCKS, host])
      await client.query(
        'insert into hosts (host, address) values ($1, $2) on conflict (host) do update set seen_at = now(), address = $2',
        [host, address],
      )
      await client.query(`delete from hosts where seen_at < now() - interval '1 day'`)
    })
  } catch (error) {
    closed = true
    clearInterval(heartbeat)
    await client.end().catch(() => undefined)
    throw error
  }
  return {
    lost,
    async close() {
      closed = true
      clearInterval(heartbeat)
      await client.query('delete from hosts where host = $1', [host]).catch(() => undefined)
      await client.end().catch(() => undefined)
    },
  }
}

/**
 * The address of the host that holds an engine, if it is another one and alive: its session still has its lock, and it
 * was heard of within the lease. When the session is gone the engine is free at once; the fence makes that safe.
 */
export async function livingHolder(pool: pg.Pool, engine: string, host: string): Promise<string | undefined> {
  const { rows } = await reaching(() =>
    pool.query<{ address: string }>(
      `select h.address from engines e join hosts h on h.host = e.host
       where e.engine = $1 and e.host <> $2 and h.seen_at > now() - $3 * interval '1 millisecond'
         and exists (select 1 from pg_locks l where l.locktype = 'advisory' and l.granted and l.classid = $4
           and l.objid = (hashtext(e.host)::bigint & 4294967295)::oid
           and l.database = (select oid from pg_database where datname = current_database()))`,
      [engine, host, HOST_LEASE_MS, HOST_LOCKS],
    ),
  )
  return rows[0]?.address
}
