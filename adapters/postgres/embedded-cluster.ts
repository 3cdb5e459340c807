import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Misfit } from '@worldloom/contract'
import { embeddedFault } from './embedded-faults.ts'
import type { Place } from './embedded-place.ts'

const run = promisify(execFile)

/** Longest that making a new database may take, ms. */
const INITDB_MS_MAX = 120_000

/** The database's superuser; nobody else ever logs in. */
export const DATABASE_USER = 'worldloom'

/** Nothing of our own environment reaches PostgreSQL: a stray PGDATA or locale would change what it does. */
export const DATABASE_ENV = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' } as const

/** The data folder and password of a place; made on the first start. Throws a Misfit for another major version's data. */
export async function prepareCluster(place: Place): Promise<{ readonly data: string; readonly password: string }> {
  const data = join(place.folder, 'data')
  const passwordFile = join(place.folder, 'password')
  const found = await readFile(join(data, 'PG_VERSION'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (found === undefined) await createCluster(place, data, passwordFile)
  else await checkVersion(place, found.trim())
  return { data, password: (await readFile(passwordFile, 'utf8')).trim() }
}

async function checkVersion(place: Place, found: string): Promise<void> {
  const { stdout } = await run(join(place.binaries, 'bin', 'postgres'), ['--version'], options(place))
  const ours = /(\d+)\.\d+/.exec(stdout)?.[1] ?? stdout.trim()
  if (found === ours) return
  const [code, way] =
    Number(found) < Number(ours)
      ? (['data-too-old', `dump it with PostgreSQL ${found} (pg_dumpall) and load it into a new one`] as const)
      : (['data-too-new', 'run the newer Worldloom that made it'] as const)
  throw new Misfit(
    code,
    `The database in ${place.folder} was made by PostgreSQL ${found}, this Worldloom brings ${ours}: ${way}, or choose another folder with WORLDLOOM_DATA.`,
  )
}

/** Made under another name and renamed when whole: a start that is killed here leaves nothing half-made behind. */
async function createCluster(place: Place, data: string, passwordFile: string): Promise<void> {
  if (await stat(data).catch(() => undefined))
    throw embeddedFault(
      'database-failed',
      `${data} is not a PostgreSQL data folder. Move it away, or choose another folder with WORLDLOOM_DATA.`,
    )
  const draft = `${data}.new`
  await rm(draft, { recursive: true, force: true })
  await writeFile(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
  if (place.user) await chown(passwordFile, place.user.uid, place.user.gid)
  // The built-in collation sorts alike on every machine, whatever its C library.
  const args = [
    `--pgdata=${draft}`,
    `--username=${DATABASE_USER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]
  await run(join(place.binaries, 'bin', 'initdb'), args, { ...options(place), timeout: INITDB_MS_MAX })
  await rename(draft, data)
}

const options = (place: Place) => ({ ...place.user, cwd: '/', env: DATABASE_ENV })
