import { setTimeout as pause } from 'node:timers/promises'
import { uuidFrom } from '@worldloom/contract'
import type { Outcome } from '@worldloom/host'
import type { ServerUnderTrial } from './server.ts'

const ACCOUNTS = 12
const COINS_MAX = 50
const RETRY_MS = 10

/** A command somebody sent, and what they were told in the end. */
export interface Sent {
  readonly id: string
  readonly name: string
  readonly input: unknown
  /** Times it was sent. */
  attempts: number
  told: Outcome | undefined
}

const random32 = () => Math.floor(Math.random() * 2 ** 32)
const below = (count: number) => Math.floor(Math.random() * count)

function draw(): Sent {
  const account = () => `a${below(ACCOUNTS)}`
  const id = uuidFrom(Date.now(), random32(), random32(), random32())
  const coins = 1 + below(COINS_MAX)
  const rest = { attempts: 0, told: undefined }
  return below(6) === 0
    ? { id, name: 'mint', input: { account: account(), coins }, ...rest }
    : { id, name: 'transfer', input: { from: account(), to: account(), coins }, ...rest }
}

/** Keeps sending, one command after another; what got no answer is sent again with the same id until it gets one. */
export class Load {
  readonly sent: Sent[] = []
  /** Faults that will not change: none is expected. */
  readonly faults: string[] = []
  readonly #server: () => ServerUnderTrial | undefined
  readonly #workers: readonly Promise<void>[]
  #stopping = false

  constructor(clients: number, server: () => ServerUnderTrial | undefined) {
    this.#server = server
    this.#workers = Array.from({ length: clients }, () => this.#work())
  }

  get told(): number {
    return this.sent.reduce((count, { told }) => count + (told ? 1 : 0), 0)
  }

  /** Sends nothing new; resolves when everybody has been told what came of theirs. */
  async stop(): Promise<void> {
    this.#stopping = true
    await Promise.all(this.#workers)
  }

  async #work(): Promise<void> {
    while (!this.#stopping) {
      const sent = draw()
      this.sent.push(sent)
      while (!sent.told) {
        sent.attempts++
        const answer = await this.#server()?.command(sent.name, sent.input, sent.id)
        if (answer && 'outcome' in answer) sent.told = answer.outcome
        else if (answer && answer.fault !== 'unavailable' && answer.fault !== 'database-unavailable') {
          this.faults.push(`${sent.name} ${sent.id}: ${answer.fault}`)
          break
        } else await pause(RETRY_MS)
      }
    }
  }
}
