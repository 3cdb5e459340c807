import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Outcome } from '@worldloom/host'

const PROGRAM = fileURLToPath(new URL('./serving.ts', import.meta.url))

/** What came back for a command: nothing when the server died first. */
export type Answer = { readonly outcome: Outcome } | { readonly fault: string } | undefined

interface Message {
  readonly ready?: true
  readonly n?: number
  readonly outcome?: Outcome
  readonly fault?: string
}

/** A server process. Started, it has loaded everything and waits to be told its database. */
export class ServerUnderTrial {
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, (answer: Answer) => void>()
  readonly #exited: Promise<unknown>
  readonly #ready = Promise.withResolvers<void>()
  #count = 0
  #said = ''

  constructor() {
    this.#child = spawn(process.execPath, [PROGRAM], { stdio: ['pipe', 'pipe', 'pipe'] })
    this.#exited = once(this.#child, 'close')
    this.#ready.promise.catch(() => undefined)
    // Writing to a process that was just killed fails; its end says all there is to say.
    this.#child.stdin?.on('error', () => undefined)
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#said += chunk.toString()
    })
    if (this.#child.stdout) createInterface({ input: this.#child.stdout }).on('line', line => this.#hear(line))
    void this.#exited.then(() => {
      this.#ready.reject(new Error(`the server ended before it was ready: ${this.#said}`))
      for (const tell of this.#waiting.values()) tell(undefined)
      this.#waiting.clear()
    })
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** Takes the engine. Resolves when it answers commands. */
  serve(databaseUrl: string): Promise<void> {
    this.#child.stdin?.write(`${databaseUrl}\n`)
    return this.#ready.promise
  }

  command(name: string, input: unknown, id: string): Promise<Answer> {
    if (!this.running) return Promise.resolve(undefined)
    const n = ++this.#count
    return new Promise(resolve => {
      this.#waiting.set(n, resolve)
      this.#child.stdin?.write(`${JSON.stringify({ n, name, input, id })}\n`)
    })
  }

  /** As a power cut does. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#exited
  }

  /** Lets it finish what it has and save everything. */
  async finish(): Promise<void> {
    this.#child.stdin?.end()
    await this.#exited
  }

  #hear(line: string): void {
    const { ready, n = 0, outcome, fault = 'defect' } = JSON.parse(line) as Message
    if (ready) this.#ready.resolve()
    this.#waiting.get(n)?.(outcome ? { outcome } : { fault })
    this.#waiting.delete(n)
  }
}
