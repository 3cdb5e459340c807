import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { loadavg } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Variant } from './doors.ts'
import type { CrowdFigures, FromCrowd } from './load.ts'
import type { FromServer, ServerFigures } from './reporting.ts'

/** The server has this core for itself; the crowd and the database share the other. */
const SERVER_CORE = '0'
const CROWD_CORE = '1'
const WARM_UP_MS = 3_000
/** A crowd that is not in by then never will be. */
const ENTERING_MS = 240_000

export interface Setting {
  readonly variant: Variant
  readonly clients: number
  readonly zones: number
  readonly seconds: number
  readonly databaseUrl: string
  /** Folder for a CPU profile of the server, if one is wanted. */
  readonly profile: string | undefined
}

export interface Trial {
  readonly server: ServerFigures
  readonly crowd: CrowdFigures
  /** Of the machine, at the end. */
  readonly load: number
}

/** Whether processes can be bound to cores here. */
export const canPin = spawnSync('taskset', ['-p', String(process.pid)]).status === 0

/** Binds this process, and what it starts from now on, to the crowd's core. */
export function stepAside(): void {
  if (canPin) spawnSync('taskset', ['-a', '-cp', CROWD_CORE, String(process.pid)])
}

/** Starts a server and its crowd, lets them run in, and measures both for the same time. */
export async function runTrial({ variant, clients, zones, seconds, databaseUrl, profile }: Setting): Promise<Trial> {
  const profiling = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`, '--cpu-prof-interval=200']
  const server = start(SERVER_CORE, `${variant}-server.ts`, profiling, [databaseUrl, String(zones)])
  let crowd: ChildProcess | undefined
  try {
    const { port } = (await said(server)) as Extract<FromServer, { port: number }>
    crowd = start(CROWD_CORE, 'load.ts', [], [variant, String(port), String(clients), String(zones)])
    await said(crowd, ENTERING_MS)
    await pause(WARM_UP_MS)
    tell('begin', server, crowd)
    await pause(seconds * 1_000)
    const both = Promise.all([said(server), said(crowd)])
    tell('end', server, crowd)
    const [served, seen] = (await both) as [ServerFigures, CrowdFigures]
    return { server: served, crowd: seen, load: loadavg()[0] ?? 0 }
  } finally {
    await Promise.all([stop(crowd), stop(server)])
  }
}

function start(core: string, file: string, flags: readonly string[], args: readonly string[]): ChildProcess {
  const program = fileURLToPath(new URL(file, import.meta.url))
  const command = [process.execPath, ...flags, program, ...args]
  const [name = '', ...rest] = canPin ? ['taskset', '-c', core, ...command] : command
  return spawn(name, rest, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
}

const tell = (what: 'begin' | 'end', ...processes: readonly ChildProcess[]): void => {
  for (const each of processes) each.send(what)
}

/** The next message of a process. Rejects when it ends instead. */
async function said(from: ChildProcess, withinMs = 60_000): Promise<FromServer | FromCrowd> {
  const waiting = new AbortController()
  const { signal } = waiting
  try {
    const [message] = await Promise.race([
      once(from, 'message', { signal }),
      once(from, 'exit', { signal }).then(([code]) => Promise.reject(new Error(`a process ended with ${code}`))),
      pause(withinMs, undefined, { signal }).then(() => Promise.reject(new Error(`no word within ${withinMs} ms`))),
    ])
    return message as FromServer | FromCrowd
  } finally {
    waiting.abort()
  }
}

async function stop(process: ChildProcess | undefined): Promise<void> {
  if (!process || process.exitCode !== null || process.signalCode !== null) return
  const gone = once(process, 'exit')
  process.send('stop', () => undefined)
  const kill = setTimeout(() => process.kill('SIGKILL'), 5_000)
  await gone
  clearTimeout(kill)
}
