import { type Ambient, Fault } from '@worldloom/contract'
import type { World } from '@worldloom/host'
import type { VirtualAmbient } from '../virtual-ambient.ts'
import type { Build } from './build.ts'
import type { Line } from './line.ts'
import type { Witness } from './witness.ts'
import { WORLD } from './world-under-test.ts'

/** Faults that a host may run into and report; everything else that it reports is a failure. */
const FAULTS_EXPECTED: ReadonlySet<string> = new Set([
  'unavailable',
  'database-unavailable',
  'busy',
  'quarantined',
  'too-large',
])
/** Errors that trial modules and poisoned commits cause on purpose. */
const PLANNED = /^poison|^text that cannot be stored/

export interface SimHostOptions {
  readonly name: string
  readonly build: Build
  readonly clock: VirtualAmbient
  readonly line: Line
  readonly witness: Witness
  readonly skewMs: number
  /** It has lost an engine, or could not start: somebody has to see to it. */
  readonly onBroken: () => void
}

/** A server process as the simulation has it: it can die at once, and then nothing of it does anything any more. */
export class SimHost {
  readonly name: string
  readonly line: Line
  readonly #options: SimHostOptions
  #alive = true
  #skewMs: number
  #world: World | undefined

  constructor(options: SimHostOptions) {
    this.name = options.name
    this.line = options.line
    this.#options = options
    this.#skewMs = options.skewMs
  }

  get alive(): boolean {
    return this.#alive
  }

  /** Its world, once it is open. */
  get world(): World | undefined {
    return this.#alive ? this.#world : undefined
  }

  /** Opens the world; resolves when it is open or the host is broken. */
  async open(): Promise<void> {
    const { build, name, witness, line, onBroken } = this.#options
    const options = { ...WORLD, host: name, store: line, ambient: this.#ambient(), onTrouble: this.#onTrouble }
    try {
      const world = await build.World.open(options)
      if (!this.#alive) return
      world.subscribe(published => this.#alive && witness.onPublished(published))
      this.#world = world
      witness.count('opened')
    } catch (error) {
      if (!this.#alive) return
      this.#onTrouble('opening', error as Error)
      onBroken()
    }
  }

  crash(): void {
    this.#alive = false
    this.line.cut()
  }

  /** Somebody sets the machine's clock. */
  setClock(skewMs: number): void {
    this.#skewMs = skewMs
  }

  #ambient(): Ambient {
    const { clock } = this.#options
    return {
      now: () => clock.now() + this.#skewMs,
      after: (ms, run) => clock.after(ms, () => this.#alive && run()),
      random32: clock.random32,
    }
  }

  #onTrouble = (where: string, why: Error): void => {
    if (!this.#alive) return
    const { witness, onBroken } = this.#options
    witness.count('troubles')
    if (why instanceof Fault && FAULTS_EXPECTED.has(why.code)) {
      if (why.code === 'unavailable') onBroken()
    } else if (PLANNED.test(why.message)) witness.count('poisoned')
    else witness.fail('no-defect', `${where}: ${why.stack ?? why.message}`)
  }
}
