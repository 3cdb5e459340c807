import {
  type CallRow,
  type CallState,
  type Commit,
  type EngineStore,
  Fault,
  type Selection,
  type ViewSpec,
} from '@worldloom/contract'
import type { VirtualAmbient } from '../virtual-ambient.ts'
import type { Blow, Request, Turn } from './fates.ts'

export interface LineOptions {
  readonly store: EngineStore
  readonly clock: VirtualAmbient
  readonly draw: (request: Request) => Turn
  /** A request meets its host's fate here. */
  readonly onBlow: (blow: Blow) => void
  /** A request will never be answered: whoever waits for it must be replaced some day. */
  readonly onHung: () => void
  /** Called around every commit that reaches the store, so that one can look at what it does. */
  readonly onCommit: (commit: Commit, apply: () => Promise<boolean>) => Promise<boolean>
}

const never = <T>(): Promise<T> => new Promise(() => undefined)

const died = () => new Fault('database-unavailable', 'The connection to the simulated database died.', 'later')

/**
 * One host's connection to the store: slow, lossy, and dead with its host. Nothing of a dead host is applied any more but
 * what was already on its way.
 */
export class Line implements EngineStore {
  readonly #options: LineOptions
  #cut = false

  constructor(options: LineOptions) {
    this.#options = options
  }

  /** The host is gone. */
  cut(): void {
    this.#cut = true
  }

  take(engine: string, host: string) {
    return this.#request('read', store => store.take(engine, host))
  }
  commit(commit: Commit) {
    return this.#request(commit.row ? 'write' : 'bare', store =>
      this.#options.onCommit(commit, () => store.commit(commit)),
    )
  }
  documents(engine: string, keys?: readonly string[]) {
    return this.#request('read', store => store.documents(engine, keys))
  }
  wakes(engine: string) {
    return this.#request('read', store => store.wakes(engine))
  }
  journal(engine: string, after: number, limit: number) {
    return this.#request('read', store => store.journal(engine, after, limit))
  }
  acceptedIds(engine: string, since: number) {
    return this.#request('read', store => store.acceptedIds(engine, since))
  }
  record(engine: string, position: number) {
    return this.#request('read', store => store.record(engine, position))
  }
  owed(engine: string) {
    return this.#request('read', store => store.owed(engine))
  }
  noteCall(engine: string, epoch: number, call: CallRow, attempts: number, state: CallState) {
    return this.#request('write', store => store.noteCall(engine, epoch, call, attempts, state))
  }
  prepareView(table: string, spec: ViewSpec) {
    return this.#request('read', store => store.prepareView(table, spec))
  }
  select(engine: string, table: string, spec: ViewSpec, selection: Selection) {
    return this.#request('read', store => store.select(engine, table, spec, selection))
  }

  async #request<T>(request: Request, apply: (store: EngineStore) => Promise<T>): Promise<T> {
    const { store, draw, onBlow, onHung } = this.#options
    if (this.#cut) return never()
    const { fate, blow, outMs, backMs, lateMs, lands } = draw(request)
    await this.#wait(outMs)
    if (blow !== 'none' && blow !== 'crash-after' && !this.#cut) onBlow(blow)
    if (this.#cut) {
      if (request !== 'read' && lands) await this.#applyLate(lateMs, apply)
      return never()
    }
    if (fate === 'refused') throw died()
    if (fate === 'late') {
      void this.#applyLate(lateMs, apply)
      throw died()
    }
    if (fate === 'hung') {
      onHung()
      if (lands) void this.#applyLate(lateMs, apply)
      return never()
    }
    const answer = await apply(store)
    if (blow === 'crash-after' && !this.#cut) onBlow(blow)
    await this.#wait(backMs)
    if (this.#cut) return never()
    if (fate === 'unheard') throw died()
    return answer
  }

  /** What nobody waits for any more may fail as it likes. */
  async #applyLate<T>(ms: number, apply: (store: EngineStore) => Promise<T>): Promise<void> {
    await this.#wait(ms)
    await apply(this.#options.store).catch(() => undefined)
  }

  #wait(ms: number): Promise<void> {
    return new Promise(resolve => this.#options.clock.after(ms, resolve))
  }
}
