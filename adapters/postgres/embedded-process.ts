import { spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { DATABASE_ENV } from './embedded-cluster.ts'
import { embeddedFault } from './embedded-faults.ts'
import { processBirth, processCommand } from './embedded-identity.ts'
import type { Place } from './embedded-place.ts'

/** Recovery after a crash reads at most `max_wal_size`: seconds, not minutes. Beyond this something is wrong. */
const READY_MS_MAX = 120_000
/** Fast shutdown ends transactions and writes a checkpoint. */
const FAST_STOP_MS_MAX = 10_000
const IMMEDIATE_STOP_MS_MAX = 5_000
/** Starts tried when a port is snatched or the last database's processes are still leaving. */
const STARTS_MAX = 20
const START_PAUSE_MS = 250
/** Last words kept to explain a failed start. */
const LAST_LINES_MAX = 40

/** Modest memory, full durability. On the command line, not in a file: an update of Worldloom updates them too. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '64MB',
  max_connections: '50',
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  max_wal_size: '512MB',
  max_parallel_workers_per_gather: '0',
  autovacuum_max_workers: '2',
  io_method: 'sync',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  log_line_prefix: '',
  log_checkpoints: 'off',
}

export interface DatabaseProcess {
  readonly pid: number
  readonly port: number
  /** Settles when the process is gone; false when nobody asked it to stop. */
  readonly gone: Promise<boolean>
  stop(): Promise<void>
  /** Asks it to stop without waiting, for when our own process is exiting. */
  abandon(): void
}

/** Starts the server process and waits until it takes connections. */
export async function startProcess(place: Place, data: string, log: (line: string) => void): Promise<DatabaseProcess> {
  let said = ''
  for (let attempt = 0; attempt < STARTS_MAX; attempt++) {
    const port = await freePort()
    const outcome = await launch(place, data, port, log)
    if (typeof outcome !== 'string') return outcome
    said = outcome
    // Backends of a killed server outlive it for a moment, and a free port may be taken by a neighbour meanwhile.
    if (!/shared memory block .* still in use|could not bind|address already in use/i.test(said)) break
    await pause(START_PAUSE_MS)
  }
  throw new Error(said)
}

async function launch(
  place: Place,
  data: string,
  port: number,
  log: (line: string) => void,
): Promise<DatabaseProcess | string> {
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // In its own session: Ctrl-C in the terminal reaches us alone, and we stop the database last.
  const child = spawn(join(place.binaries, 'bin', 'postgres'), ['-D', data, '-p', String(port), ...settings], {
    ...place.user,
    cwd: '/',
    env: DATABASE_ENV,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const lines: string[] = []
  const ready = Promise.withResolvers<'ready'>()
  createInterface({ input: child.stderr }).on('line', line => {
    lines.push(line)
    if (lines.length > LAST_LINES_MAX) lines.shift()
    log(line)
    if (line.includes('database system is ready to accept connections')) ready.resolve('ready')
  })
  const ended = new Promise<string>(resolve => {
    child.once('error', error => resolve(error.message))
    child.once('close', () => resolve(lastWords(lines)))
  })
  const timer = new AbortController()
  const late = pause(READY_MS_MAX, undefined, { signal: timer.signal }).catch(() => undefined)
  const outcome = await Promise.race([ready.promise, ended, late])
  timer.abort()
  if (outcome === 'ready' && child.pid !== undefined) return running(child.pid, port, ended)
  if (outcome !== undefined) return outcome
  child.kill('SIGQUIT')
  await ended
  return `it was not ready within ${READY_MS_MAX / 1000} s: ${lastWords(lines)}`
}

function running(pid: number, port: number, ended: Promise<string>): DatabaseProcess {
  let asked = false
  let over = false
  const gone = ended.then(() => {
    over = true
    return asked
  })
  return {
    pid,
    port,
    gone,
    stop: async () => {
      asked = true
      if (!over) await stopProcess(pid)
      await gone
    },
    abandon: () => {
      asked = true
      if (!over) signal(pid, 'SIGINT')
    },
  }
}

const lastWords = (lines: readonly string[]): string =>
  (lines.filter(line => /FATAL|PANIC|ERROR|error/.test(line)).at(-1) ?? lines.at(-1) ?? 'it said nothing').trim()

/** Stops a server that an earlier, killed Worldloom left behind, and clears the mark of one that is gone. */
export async function stopOrphan(data: string): Promise<number | undefined> {
  const mark = join(data, 'postmaster.pid')
  const pid = Number.parseInt((await readFile(mark, 'utf8').catch(() => '')).split('\n')[0] ?? '', 10)
  if (!(pid > 1)) return undefined
  const command = processBirth(pid) === undefined ? '' : (processCommand(pid) ?? '')
  if (!(command.includes('postgres') && command.includes(data))) {
    // PostgreSQL takes a zombie or a stranger with this number for a living server and would refuse to start. Its
    // shared memory, which it finds by the folder, still tells it of processes that are really there.
    await rm(mark)
    return undefined
  }
  await stopProcess(pid)
  // One that was killed leaves its mark behind, and its zombie would pass for a living server.
  await rm(mark, { force: true })
  return pid
}

/** Fast shutdown, a bounded wait, then immediate shutdown, which recovery repairs at the next start. */
async function stopProcess(pid: number): Promise<void> {
  const birth = processBirth(pid)
  const steps = [
    ['SIGINT', FAST_STOP_MS_MAX],
    ['SIGQUIT', IMMEDIATE_STOP_MS_MAX],
    ['SIGKILL', IMMEDIATE_STOP_MS_MAX],
  ] as const
  for (const [name, waitMs] of steps) {
    signal(pid, name)
    for (let waitedMs = 0; waitedMs < waitMs; waitedMs += 20) {
      if (birth === undefined || processBirth(pid) !== birth) return
      await pause(20)
    }
  }
  throw embeddedFault(
    'data-in-use',
    `A PostgreSQL from an earlier start (process ${pid}) does not stop. Stop it by hand.`,
  )
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
