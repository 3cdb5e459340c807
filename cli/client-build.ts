import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Fault } from '@worldloom/contract'

/** Everything that ends up in the Client, from the repository's root. */
const SOURCES = ['clients/web', 'clients/sdk', 'capabilities', 'kernel/contract', 'package-lock.json'] as const
const IGNORED = new Set(['node_modules', 'dist'])

/** Says which sources a build was made of. In the build itself: a half-made one has none. */
const STAMP = '.built-from'

/** Times two starts may get into each other's way when they put their builds in place. */
const SWAPS_MAX = 5

/** Last lines of a failed build that are shown. */
const LINES_SHOWN = 20

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const WEB = join(ROOT, 'clients/web')

/** The folder of the built Client, ready to be served. */
export const CLIENT_FOLDER = join(WEB, 'dist')

/** The fingerprint of the Client's sources when the build at hand is not made of them; undefined when it is. */
export async function staleClient(): Promise<string | undefined> {
  const [wanted, found] = await Promise.all([
    fingerprint(),
    readFile(join(CLIENT_FOLDER, STAMP), 'utf8').catch(() => ''),
  ])
  return found === wanted ? undefined : wanted
}

/**
 * Builds the Client in a process of its own and puts it in place when it is whole. Throws a Fault (`client-failed`),
 * and whatever the file system refuses.
 */
export async function buildClient(wanted: string, signal: AbortSignal): Promise<void> {
  const cache = join(ROOT, 'node_modules/.cache/worldloom')
  const draft = join(cache, `client-${process.pid}`)
  await mkdir(cache, { recursive: true })
  try {
    await runVite(draft, signal)
    await writeFile(join(draft, STAMP), wanted)
    await putInPlace(draft)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function putInPlace(draft: string): Promise<void> {
  for (let round = 1; ; round++) {
    const old = `${draft}-old-${round}`
    await rename(CLIENT_FOLDER, old).catch(ignoreMissing)
    try {
      return await rename(draft, CLIENT_FOLDER)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      // Another start has put its build there in between: ours is as good, and goes over it.
      if ((code !== 'ENOTEMPTY' && code !== 'EEXIST') || round === SWAPS_MAX) throw error
    } finally {
      await rm(old, { recursive: true, force: true })
    }
  }
}

async function fingerprint(): Promise<string> {
  const files = (await Promise.all(SOURCES.map(source => list(join(ROOT, source))))).flat().sort()
  const hash = createHash('sha256')
  const contents = await Promise.all(files.map(file => readFile(file)))
  for (const [index, file] of files.entries()) {
    hash.update(`${file.slice(ROOT.length)}\0${contents[index]?.length}\0`)
    hash.update(contents[index] ?? '')
  }
  return hash.digest('hex')
}

async function list(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOTDIR') return undefined
    throw error
  })
  if (!entries) return [path]
  const nested = entries
    .filter(({ name }) => !IGNORED.has(name) && !/\.test\.tsx?$/.test(name))
    .map(entry => (entry.isDirectory() ? list(join(path, entry.name)) : [join(path, entry.name)]))
  return (await Promise.all(nested)).flat()
}

async function runVite(folder: string, signal: AbortSignal): Promise<void> {
  const fromClient = createRequire(join(WEB, 'package.json'))
  const vite = join(dirname(fromClient.resolve('vite/package.json')), 'bin/vite.js')
  // Not NODE_ENV=test or development from our surroundings: what is served is always the real thing.
  const child = spawn(process.execPath, [vite, 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'], {
    cwd: WEB,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl-C in the terminal reaches us alone; the signal ends it.
    detached: true,
    signal,
  })
  const said: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk))
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (exitCode === 0) return
  const lines = Buffer.concat(said).toString('utf8').trimEnd().split('\n').slice(-LINES_SHOWN)
  throw new Fault('client-failed', `The Client could not be built:\n${lines.map(line => `  ${line}`).join('\n')}`)
}

const ignoreMissing = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'ENOENT') throw error
}
