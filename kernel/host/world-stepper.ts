import { type Ambient, type Clock, WORLD_STEP_MS, worldStep, worldTime } from '@worldloom/contract'
import type { JournaledEngine } from './journaled-engine.ts'

/** World steps made up for after an absence: seven world days. Beyond it the world stood still. */
export const STEPS_CATCH_UP_MAX = 1_008

/**
 * Runs a world's steps, one after another, in every engine that has a rule for them; providers before their consumers.
 * Catching up after an absence is the same loop, only without waiting.
 */
export class WorldStepper {
  readonly #clock: Clock
  readonly #engines: readonly JournaledEngine[]
  readonly #ambient: Ambient
  readonly #onDefect: (why: Error) => void
  #cancel: (() => void) | undefined
  #stopped = false

  /** Engines in order: every provider before its consumers. */
  constructor(clock: Clock, engines: readonly JournaledEngine[], ambient: Ambient, onDefect: (why: Error) => void) {
    this.#clock = clock
    this.#engines = engines.filter(engine => engine.module.reflexes.step)
    this.#ambient = ambient
    this.#onDefect = onDefect
  }

  /** Brings every engine up to the present step, then keeps pace with the clock. */
  async start(): Promise<void> {
    await this.#catchUp()
    this.#wait()
  }

  stop(): void {
    this.#stopped = true
    this.#cancel?.()
  }

  async #catchUp(): Promise<void> {
    const now = worldStep(worldTime(this.#clock, this.#ambient.now()))
    const behind = Math.min(now, ...this.#engines.map(engine => engine.step))
    for (let n = Math.max(behind + 1, now - STEPS_CATCH_UP_MAX + 1); n <= now && !this.#stopped; n++) {
      for (const engine of this.#engines) {
        if (engine.step < n) await engine.input({ kind: 'step', name: '', data: n })
      }
    }
  }

  #wait(): void {
    if (this.#stopped || this.#engines.length === 0 || this.#clock.rate === 0) return
    const now = this.#ambient.now()
    const next = (worldStep(worldTime(this.#clock, now)) + 1) * WORLD_STEP_MS
    const at = this.#clock.at + Math.ceil(((next - this.#clock.world) * 1000) / this.#clock.rate)
    this.#cancel = this.#ambient.after(Math.max(1, at - now), () => {
      this.#catchUp()
        .catch(error => {
          if (!this.#stopped) this.#onDefect(error as Error)
        })
        .finally(() => this.#wait())
    })
  }
}
