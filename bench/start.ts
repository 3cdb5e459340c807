/**
 * How long a start takes until the first byte of the Client is there: once on a new data folder, then warm. The Client is
 * built before the clock runs. Prints JSON. Run it with `node bench/start.ts`.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const STARTS = 7
const TARGET_MS = 3_000

const program = fileURLToPath(new URL('../cli/worldloom.ts', import.meta.url))
const folder = await mkdtemp(join(tmpdir(), 'worldloom-bench-'))
// Else PostgreSQL's own user could not enter it when root asks, and the database would be put elsewhere.
await chmod(folder, 0o711)

interface Start {
  /** From the command to the printed address, ms. */
  readonly upMs: number
  /** From the command to the first byte of the Client's page, ms. */
  readonly firstByteMs: number
  /** From the signal to the end of the process, ms. */
  readonly stopMs: number
}

async function start(): Promise<Start> {
  const begunAt = performance.now()
  const child = spawn(process.execPath, [program, 'start', '--port', '0', '--host', '127.0.0.1'], {
    env: { ...process.env, WORLDLOOM_DATA: folder, DATABASE_URL: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const address = await printedAddress(child)
  const upMs = performance.now() - begunAt
  const response = await fetch(address)
  const reader = response.body?.getReader()
  await reader?.read()
  const firstByteMs = performance.now() - begunAt
  await reader?.cancel()
  if (!response.ok) throw new Error(`${address} answered ${response.status}`)
  const stoppedAt = performance.now()
  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`the server ended with ${code}`)
  return { upMs, firstByteMs, stopMs: performance.now() - stoppedAt }
}

async function printedAddress(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the server has no output')
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /Open (http:\S+)/.exec(line)?.[1]
    if (address) return address
  }
  throw new Error('the server ended before it was up')
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

try {
  const first = await start()
  const warm: Start[] = []
  for (let run = 0; run < STARTS; run++) warm.push(await start())
  const firstBytes = warm.map(({ firstByteMs }) => firstByteMs)
  const result = {
    question: 'How long from the command to the first byte of the Client?',
    machine: { cores: cpus().length, cpu: cpus()[0]?.model, node: process.version },
    newDataMs: Math.round(first.firstByteMs),
    warmMs: {
      median: Math.round(median(firstBytes)),
      worst: Math.round(Math.max(...firstBytes)),
      runs: firstBytes.map(Math.round),
    },
    stopMs: Math.round(median(warm.map(({ stopMs }) => stopMs))),
    targetMs: TARGET_MS,
    met: Math.max(...firstBytes) < TARGET_MS,
  }
  process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`)
} finally {
  await rm(folder, { recursive: true, force: true })
}
