import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const CLI = fileURLToPath(new URL('../cli/worldloom.ts', import.meta.url))
const START_MS_MAX = 120_000

/** A real server in a process of its own, started by the command line as a person would. */
export interface ServerProcess {
  /** For example `http://localhost:43210`. */
  readonly address: string
  readonly process: ChildProcess
  /** Ends it the hard way, as a power cut would. */
  kill(): Promise<void>
  /** Ends it as Ctrl-C would. Resolves with the exit code. */
  stop(): Promise<number | null>
}

/** Starts `worldloom start` on a data folder. Port 0 takes a free one. */
export async function startServerProcess(dataFolder: string, game: string, port = 0): Promise<ServerProcess> {
  const child = spawn(process.execPath, [CLI, 'start', '--game', game, '--port', String(port), '--host', '127.0.0.1'], {
    env: { ...process.env, WORLDLOOM_DATA: dataFolder, DATABASE_URL: '', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const gone = once(child, 'exit')
  let said = ''
  const address = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the server did not come up:\n${said}`)), START_MS_MAX)
    const listen = (chunk: Buffer) => {
      said += chunk.toString()
      const found = /Open (http:\S+)/.exec(said)
      if (!found?.[1]) return
      clearTimeout(timer)
      resolve(found[1])
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.once('exit', code => {
      clearTimeout(timer)
      reject(new Error(`the server ended with code ${code}:\n${said}`))
    })
  })
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal)
      await gone
    }
    return child.exitCode
  }
  return {
    address,
    process: child,
    kill: async () => {
      await end('SIGKILL')
    },
    stop: () => end('SIGTERM'),
  }
}
