import type { Pool } from 'pg'

/** One change of the schema. Applied once, in order, each in its own transaction. Never edited once released. */
interface Migration {
  readonly version: number
  readonly name: string
  readonly sql: string
}

/** Positions and times are bigint; records and documents are canonical JSON text, so that replay compares bytes. */
export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    name: 'engines',
    sql: `
      create table engines (
        engine     text primary key,
        host       text not null,
        epoch      bigint not null,
        head       bigint not null default 0,
        checkpoint bigint not null default 0,
        provider   text,
        schema     integer
      );
      create table hosts (
        host    text primary key,
        address text not null,
        seen_at timestamptz not null default now()
      );
      create table journal (
        engine   text not null,
        seq      bigint not null,
        count    integer not null,
        at       bigint not null,
        step     bigint not null,
        provider text not null,
        schema   integer not null,
        ids      bytea not null,
        records  text not null,
        primary key (engine, seq)
      );
      create index journal_at on journal (engine, at);
      create table documents (
        engine  text not null,
        key     text not null,
        seq     bigint not null,
        data    text,
        wake_at bigint,
        primary key (engine, key)
      );
      create index documents_wake on documents (engine, wake_at) where wake_at is not null;
      create table offsets (
        engine text not null,
        source text not null,
        seq    bigint not null,
        primary key (engine, source)
      );
      create table calls (
        engine   text not null,
        seq      bigint not null,
        n        integer not null,
        target   text not null,
        attempts integer not null default 0,
        state    text not null default 'owed',
        primary key (engine, seq, n)
      );
      create table worlds (
        world       text primary key,
        game        text not null,
        seed        text not null,
        begun_at    bigint not null,
        begun_world bigint not null
      );
      create table guests (
        player     text primary key,
        secret     bytea not null,
        created_at timestamptz not null default now()
      );`,
  },
]

/** Held while migrating, so that two servers starting at once do not both try. Any fixed number will do. */
const MIGRATION_LOCK = 7_310_001

/** Brings the database's schema up to date. Returns the versions that were applied. */
export async function migrate(pool: Pool): Promise<readonly number[]> {
  const client = await pool.connect()
  const applied: number[] = []
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await client.query(`create table if not exists migrations
      (version integer primary key, name text not null, applied_at timestamptz not null default now())`)
    const { rows } = await client.query<{ version: number }>('select version from migrations')
    const done = new Set(rows.map(row => row.version))
    for (const { version, name, sql } of MIGRATIONS) {
      if (done.has(version)) continue
      await client.query('begin')
      try {
        await client.query(sql)
        await client.query('insert into migrations (version, name) values ($1, $2)', [version, name])
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw error
      }
      applied.push(version)
    }
    return applied
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined)
    client.release()
  }
}
