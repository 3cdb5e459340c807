import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const PROGRAM = fileURLToPath(new URL('../cli/worldloom.ts', import.meta.url))

/** Long enough for a first start that also builds the Client on a busy machine, ms. */
const UP_MS_MAX = 120_000

export interface ServerOptions {
  /** Data folder. */
  readonly data: string
  readonly game?: string
  /** 0, the default, lets the system choose. */
  readonly port?: number
  readonly env?: NodeJS.ProcessEnv
  /** Another OS user to run as; only root may. */
  readonly uid?: number
}

/** How a server process ended. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly error: string
}

/** The whole product as a process of its own, as `npm start` runs it. */
export interface ServerProcess {
  readonly address: string
  readonly port: number
  readonly pid: number
  /** As Ctrl-C does. */
  stop(signal?: NodeJS.Signals): Promise<Ended>
  /** As a power cut does. */
  kill(): Promise<void>
}

/** Starts a server and waits for its address. Throws with what it said when it ends before. */
export async function startServerProcess(options: ServerOptions): Promise<ServerProcess> {
  const { child, ended } = launch(options)
  const address = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the server did not come up')), UP_MS_MAX)
    let out = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      const found = /Open (http:\S+)/.exec(out)?.[1]
      if (found) resolve(found)
    })
    void ended.then(({ out, error }) => reject(new Error(`the server ended before it was up:\n${out}${error}`)))
    child.once('close', () => clearTimeout(timer))
  })
  return {
    address,
    port: Number(new URL(address).port),
    pid: child.pid ?? 0,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal)
      return ended
    },
    kill: async () => {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

/** Runs a server that is expected to end by itself. */
export const runServerProcess = (options: ServerOptions): Promise<Ended> => launch(options).ended

function launch({ data, game = 'devtest', port = 0, env, uid }: ServerOptions): {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
} {
  // A folder from mkdtemp is closed to PostgreSQL's own user; for root the database would be put, and left, elsewhere.
  if (process.getuid?.() === 0 && existsSync(data)) chmodSync(data, 0o711)
  const args = [PROGRAM, 'start', '--game', game, '--port', String(port), '--host', '127.0.0.1']
  const child = spawn(process.execPath, args, {
    env: { ...process.env, WORLDLOOM_DATA: data, DATABASE_URL: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  })
  const said = { out: '', error: '' }
  child.stdout.on('data', (chunk: Buffer) => {
    said.out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    said.error += chunk.toString()
  })
  return {
    child,
    ended: new Promise(resolve => child.once('close', code => resolve({ code, ...said }))),
  }
}
