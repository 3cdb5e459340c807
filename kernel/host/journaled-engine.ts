import {
  type Actor,
  type AnyModule,
  type CallAnswer,
  canonical,
  Defect,
  FAULTS,
  Fault,
  type JournalRecord,
  KEY_ROUNDS_MAX,
  PLATFORM,
  viewTable,
  WORLD_STEP_MS,
  type Words,
  worldStep,
} from '@worldloom/contract'
import { AcceptedIds } from './accepted-ids.ts'
import { callsKey, givenAnswer } from './answers.ts'
import { Batch, RECORDS_PER_BATCH_MAX } from './batch.ts'
import { writeCommit } from './commit-writing.ts'
import { type Caller, Courier, type Owed, owedBy } from './courier.ts'
import { type Decided, decideInput, type Ground, type Input, worldAt } from './decision.ts'
import { type Cell, DocumentMemory } from './document-memory.ts'
import type { EngineOptions, Source } from './engine-options.ts'
import { CAUSE_DEPTH_MAX } from './event-flow.ts'
import { ABSENT, SETTINGS_KEY } from './evolution.ts'
import { keysOfInput } from './input-keys.ts'
import { checkCommandSize } from './limits.ts'
import { cellOf, recover } from './recovery.ts'
import type { Outcome } from './running-world.ts'
import { Wakes } from './wakes.ts'

/** Inputs waiting for one engine. Beyond it senders are told `busy`. */
export const MAILBOX_MAX = 10_000
/** Documents a paged engine keeps in memory when idle ones can be let go. */
export const PAGED_DOCUMENTS_MAX = 50_000
/** Unsaved documents are saved by a commit of their own when nothing else was committed for this long. */
export const CHECKPOINT_IDLE_MS = 5_000
/** A wake that could not be decided (too much is waiting, its document could not be read) rings again after this long. */
const WAKE_RETRY_MS = 1_000
/** Timers are set at most this far ahead and armed again, because runtimes cut longer ones short. */
const TIMER_MS_MAX = 3_600_000

/** Inputs that leave no trace when nothing followed from them. Commands always do: their ids must be remembered. */
const TRACELESS: ReadonlySet<JournalRecord['k']> = new Set(['step', 'awake', 'reaction'])

interface Waiting {
  readonly input: Input
  readonly id: string | undefined
  readonly source: Source | undefined
  readonly tell: (outcome: Outcome) => void
  readonly fail: (error: Error) => void
  /** Times its rule has asked for documents. */
  rounds: number
  /** Why it must not be decided. */
  overLimit?: Fault
}

/**
 * A single-writer mailbox with a journal: takes what is waiting, decides it in memory, commits the batch in one
 * transaction, and answers only then. One commit in flight; the next batch is decided meanwhile and sent after.
 */
export class JournaledEngine {
  readonly id: string
  readonly module: AnyModule
  readonly #options: EngineOptions
  readonly #ground: Ground
  readonly #memory = new DocumentMemory()
  readonly #ids = new AcceptedIds()
  readonly #unanswered = new Map<string, Promise<Outcome>>()
  readonly #offsets: Record<string, number> = {}
  #offsetsInFlight: Readonly<Record<string, number>> = {}
  #wakes = new Wakes()
  #queue: Waiting[] = []
  #batch = new Batch<Waiting>(1)
  #batchMax = RECORDS_PER_BATCH_MAX
  #inFlight: Promise<void> | undefined
  #loading = false
  #pumpDue = false
  #stopped: Error | undefined
  #epoch = 0
  #at = 0
  #step = 0
  #cancelTimer: (() => void) | undefined

  readonly #courier: Courier

  private constructor(options: EngineOptions) {
    this.id = options.id
    this.module = options.module
    this.#options = options
    this.#ground = { module: options.module, settings: options.settings, object: options.object }
    this.#courier = new Courier({
      engine: options.id,
      ambient: options.ambient,
      deliver: options.deliver,
      answer: (owed, outcome) => this.#answer(owed, outcome),
      park: (owed, tries) => options.store.noteCall(this.id, this.#epoch, owed, tries, 'parked'),
      onDefect: why => options.onDefect(why, { kind: 'answer', name: '', data: undefined }),
    })
  }

  /** Takes the engine, recovers its documents, and lets it see its settings and wake. */
  static async open(options: EngineOptions): Promise<JournaledEngine> {
    const engine = new JournaledEngine(options)
    await engine.#recover()
    return engine
  }

  /** Position of the last committed record, unless a batch is in flight. */
  get head(): number {
    return this.#batch.first - 1
  }

  /** Whether it has let go, or lost what it held: it takes nothing more. */
  get stopped(): boolean {
    return this.#stopped !== undefined
  }

  get epoch(): number {
    return this.#epoch
  }

  /** The last world step this engine has run. */
  get step(): number {
    return this.#step
  }

  /** How far a source's journal has been read, as a committed event position. */
  offset(source: string): number {
    return this.#offsets[source] ?? 0
  }

  /** A committed document, for queries; undefined when a paged engine does not hold it. */
  readCommitted = (key: string): Cell | undefined => this.#memory.readCommitted(key) ?? this.#unheld(key)

  keysOf = (kind: string): readonly string[] => this.#memory.keysOf(kind)

  /** Brings documents of a paged engine into memory. */
  async load(keys: readonly string[]): Promise<void> {
    this.#memory.pin(keys)
    try {
      const rows = await this.#options.store.documents(this.id, keys)
      const found = new Map(rows.map(row => [row.key, row]))
      for (const key of keys) {
        const row = found.get(key)
        this.#memory.load(key, row ? cellOf(this.id, row) : ABSENT)
      }
    } finally {
      this.#memory.unpin(keys)
    }
  }

  /** Sends a command; resolves after its commit. The same id gets the first verdict again. */
  async command(name: string, data: unknown, actor: Actor, id: string, before?: unknown): Promise<Outcome> {
    const unanswered = this.#unanswered.get(id)
    if (unanswered) return unanswered
    const position = this.#ids.positionOf(id)
    if (position !== undefined) return this.#firstVerdict(position)
    this.#ids.check(id, this.#options.ambient.now())
    checkCommandSize(this.module, data)
    const answer = this.#submit({ kind: 'command', name, data, actor, before }, id)
    this.#unanswered.set(id, answer)
    try {
      return await answer
    } finally {
      this.#unanswered.delete(id)
    }
  }

  /** Hands in an input that no person waits for: a world step, a reaction, a wake. Resolves after its commit. */
  input(input: Input, source?: Source): Promise<Outcome> {
    return this.#submit(input, undefined, source)
  }

  /** Takes a call of another engine. The same call again gets the answer it was given, for as long as it can come. */
  call(name: string, data: unknown, caller: Caller): Promise<Outcome> {
    if (caller.depth > CAUSE_DEPTH_MAX) return Promise.reject(new Fault('too-deep', FAULTS['too-deep']))
    const actor = { ...PLATFORM, session: caller.engine }
    return this.#submit({ kind: 'command', name, data, actor, caller, depth: caller.depth }, undefined)
  }

  /** Tries parked calls again. */
  retryCalls(): void {
    this.#courier.retry()
  }

  /** Finishes what is in the mailbox, saves every document, and lets go. */
  async close(): Promise<void> {
    while (!this.#stopped && (this.#queue.length > 0 || this.#inFlight || this.#memory.dirtyCount > 0)) {
      this.#pump()
      if (!this.#inFlight && this.#queue.length === 0 && this.#memory.dirtyCount > 0) this.#send()
      await (this.#inFlight ?? new Promise<void>(resolve => this.#options.ambient.after(1, resolve)))
    }
    this.#stop(new Fault('unavailable', FAULTS.unavailable, 'now'), false)
  }

  #answer({ seq, n, slot, command, data, depth }: Owed, outcome: Outcome): Promise<Outcome> {
    const answer: CallAnswer = {
      slot,
      command,
      data,
      ...('refused' in outcome ? { refused: outcome.refused } : outcome),
    }
    return this.input({ kind: 'answer', name: `${slot}/${command}`, data: answer, depth }, { closes: [seq, n] })
  }

  async #recover(): Promise<void> {
    const { store, host, ambient } = this.#options
    const taken = await store.take(this.id, host)
    this.#epoch = taken.epoch
    Object.assign(this.#offsets, taken.offsets)
    for (const [name, spec] of Object.entries(this.module.words.views as Words['views'])) {
      await store.prepareView(viewTable(this.module.id, name), spec)
    }
    const wakes = await recover(this.id, this.module, store, taken, this.#memory, this.#ids, ambient.now())
    this.#wakes = new Wakes(wakes)
    this.#at = taken.lastAt ?? 0
    this.#step = taken.lastStep ?? worldStep(worldAt(this.#ground.settings, ambient.now()))
    this.#batch = new Batch(taken.head + 1)
    const known = this.#memory.read(SETTINGS_KEY)?.data
    if (canonical(known ?? null) !== canonical(this.#ground.settings)) {
      await this.input({ kind: 'settings', name: '', data: this.#ground.settings })
    }
    await this.input({ kind: 'awake', name: '', data: { epoch: taken.epoch, lastAt: taken.lastAt } })
    await this.#recoverCalls(taken.head)
    this.#arm()
  }

  /** Everything owed before a crash is owed still, parked calls included: a new start is a reason to try again. */
  async #recoverCalls(head: number): Promise<void> {
    const { store } = this.#options
    for (const { seq, n, target } of await store.owed(this.id)) {
      // Made since: by this engine, which sends it already, or by a host that has taken it over.
      if (seq > head) continue
      const record = await store.record(this.id, seq)
      const owed = record && owedBy(record, seq, () => target)[n]
      if (!owed) throw new Defect('call-missing', `the journal of ${this.id} has no call ${n} at ${seq}`)
      this.#courier.owe(owed)
    }
  }

  #submit(input: Input, id: string | undefined, source?: Source): Promise<Outcome> {
    if (this.#stopped) return Promise.reject(this.#stopped)
    if (this.#queue.length >= MAILBOX_MAX) return Promise.reject(new Fault('busy', FAULTS.busy, 'later'))
    return new Promise((tell, fail) => {
      this.#queue.push({ input, id, source, tell, fail, rounds: 0 })
      if (this.#pumpDue) return
      this.#pumpDue = true
      // Everything that arrives in one turn of the event loop is decided together.
      queueMicrotask(() => {
        this.#pumpDue = false
        this.#pump()
      })
    })
  }

  /** Decides what is waiting, then sends the batch if none is in flight. Entered on every arrival and every commit. */
  #pump(): void {
    if (this.#stopped || this.#loading) return
    let taken = 0
    while (taken < this.#queue.length && this.#batch.entries.length < this.#batchMax) {
      const waiting = this.#queue[taken] as Waiting
      if (this.module.keeping === 'paged' && !this.#hasDocuments(waiting)) break
      this.#decide(waiting)
      taken++
    }
    this.#queue.splice(0, taken)
    if (this.#inFlight) return
    if (this.#batch.writesNothing)
      for (const { waiting, outcome } of this.#batch.settlements.splice(0)) waiting.tell(outcome)
    else this.#send()
  }

  /** Whether a paged engine holds what an input touches. If not, loads it for everything that waits, then pumps again. */
  #hasDocuments(waiting: Waiting): boolean {
    const missing = this.#missing(waiting)
    // A rule that never stops asking is decided without, which quarantines it.
    if (missing.length === 0 || waiting.rounds === KEY_ROUNDS_MAX) return true
    waiting.rounds++
    this.#loading = true
    const keys = new Set(missing)
    for (const other of this.#queue.slice(0, RECORDS_PER_BATCH_MAX))
      for (const key of this.#missing(other)) keys.add(key)
    this.load([...keys])
      .catch(error => {
        for (const { fail } of this.#queue.splice(0)) fail(new Fault('unavailable', FAULTS.unavailable, 'now', error))
      })
      .finally(() => {
        this.#loading = false
        this.#pump()
      })
    return false
  }

  #missing(waiting: Waiting): readonly string[] {
    try {
      const keys = keysOfInput(this.#ground.module, this.#read, this.keysOf, waiting.input)
      return keys.filter(key => !this.#memory.read(key))
    } catch (error) {
      // Deciding throws the same and quarantines the input; what is over its limit is never decided.
      if (error instanceof Fault) waiting.overLimit = error
      return []
    }
  }

  #decide(waiting: Waiting): void {
    const { input } = waiting
    this.#at = Math.max(this.#at, this.#options.ambient.now())
    const { engine, position, closes } = waiting.source ?? {}
    if (engine !== undefined && position !== undefined) {
      // Whoever reads the source may hand in an event again that it is not sure of.
      if (position <= this.#offsetDecided(engine)) {
        this.#batch.settlements.push({ waiting, outcome: {}, recorded: false })
        return
      }
      this.#batch.offsets[engine] = position
    }
    const isStep = input.kind === 'step'
    const world = isStep ? (input.data as number) * WORLD_STEP_MS : worldAt(this.#ground.settings, this.#at)
    try {
      if (waiting.overLimit) throw waiting.overLimit
      // A timer that was set anew or cleared since it rang is no longer meant. Told with the batch: if what set it anew
      // is taken back, so is this.
      if (input.kind === 'wake' && this.#read(input.name)?.wakeAt !== input.data) {
        this.#batch.settlements.push({ waiting, outcome: {}, recorded: false })
        return
      }
      const given = input.caller && givenAnswer(this.#read(callsKey(input.caller.engine)), input.caller)
      if (given) {
        this.#batch.settlements.push({ waiting, outcome: given, recorded: false })
        return
      }
      const decided = decideInput(this.#ground, this.#read, this.keysOf, input, this.#batch.head + 1, this.#at, world)
      if (isStep) this.#step = input.data as number
      if (closes) this.#batch.closed.push(closes)
      if ('refused' in decided) this.#batch.settlements.push({ waiting, outcome: decided, recorded: false })
      else this.#accept(waiting, decided)
    } catch (error) {
      if (!(error instanceof Fault)) this.#options.onDefect(error as Error, input)
      waiting.fail(error instanceof Fault ? error : new Fault('quarantined', FAULTS.quarantined, 'never', error))
    }
  }

  /** How far a source has been read, counting what is not committed yet. */
  #offsetDecided(source: string): number {
    return this.#batch.offsets[source] ?? this.#offsetsInFlight[source] ?? this.offset(source)
  }

  #accept(waiting: Waiting, { record, text, changes, reply }: Decided): void {
    const recorded = record.e.length > 0 || !!record.t || !!record.c || !TRACELESS.has(record.k)
    if (recorded) {
      this.#memory.absorb(changes)
      this.#batch.entries.push({ record, text, id: waiting.id })
    }
    this.#batch.settlements.push({ waiting, outcome: reply === undefined ? {} : { reply }, recorded })
  }

  #send(): void {
    const batch = this.#batch
    const slice = this.#memory.seal(batch.first, batch.head)
    const engine = { id: this.id, epoch: this.#epoch, module: this.module, step: this.#step }
    this.#batch = new Batch(batch.head + 1)
    this.#offsetsInFlight = batch.offsets
    this.#inFlight = writeCommit(this.#options, batch.commit(engine, slice, this.#options.targetOf)).then(
      written => {
        this.#inFlight = undefined
        if (written) this.#settle(batch)
        else this.#stop(new Fault('unavailable', FAULTS.unavailable, 'now'), true, batch)
      },
      error => {
        this.#inFlight = undefined
        this.#takeBack(batch, error)
      },
    )
  }

  /** The batch is written: remember its ids, tell everyone, go on. */
  #settle(batch: Batch<Waiting>): void {
    this.#memory.settle()
    Object.assign(this.#offsets, batch.offsets)
    this.#offsetsInFlight = {}
    this.#batchMax = Math.min(RECORDS_PER_BATCH_MAX, 2 * this.#batchMax)
    batch.entries.forEach(({ record, id }, index) => {
      const position = batch.first + index
      if (id) this.#ids.add(id, position)
      for (const [key, at] of record.t ?? []) this.#wakes.set(key, at)
      this.#options.onCommitted({ engine: this.id, position, record })
      for (const owed of owedBy(record, position, this.#options.targetOf)) this.#courier.owe(owed)
    })
    this.#ids.prune(this.#options.ambient.now())
    for (const { waiting, outcome } of batch.settlements) waiting.tell(outcome)
    if (this.module.keeping === 'paged') this.#memory.evict(PAGED_DOCUMENTS_MAX)
    this.#pump()
    this.#arm()
  }

  /** A batch that cannot be written is decided again by halves, until the one record that spoils it stands alone. */
  #takeBack(batch: Batch<Waiting>, error: Error): void {
    if (batch.entries.length === 0 || (error instanceof Fault && error.retry !== 'never')) {
      this.#stop(error, true, batch)
      return
    }
    const again = [...batch.settlements, ...this.#batch.settlements]
    let setAside: Source | undefined
    if (batch.entries.length === 1) {
      const culprit = again.splice(
        again.findIndex(settlement => settlement.recorded),
        1,
      )[0]
      if (culprit) {
        setAside = culprit.waiting.source
        this.#options.onDefect(error, culprit.waiting.input)
        culprit.waiting.fail(new Fault('quarantined', FAULTS.quarantined, 'never', error))
      }
    }
    this.#memory.rollBack()
    this.#offsetsInFlight = {}
    this.#batch = new Batch(batch.first)
    // A reaction that was set aside is done with: its event is not read again.
    if (setAside?.engine !== undefined && setAside.position !== undefined)
      this.#batch.offsets[setAside.engine] = setAside.position
    this.#batchMax = Math.max(1, Math.floor(batch.entries.length / 2))
    this.#queue = [...again.map(({ waiting }) => waiting), ...this.#queue]
    this.#pump()
  }

  async #firstVerdict(position: number): Promise<Outcome> {
    const record = await this.#options.store.record(this.id, position)
    if (!record) throw new Defect('record-missing', `the journal of ${this.id} has no record at ${position}`)
    return record.r === undefined ? {} : { reply: record.r }
  }

  #read = (key: string): Cell | undefined => this.#memory.read(key) ?? this.#unheld(key)

  /** What a document is when it is not in memory: unknown to a paged engine, absent for one that holds everything. */
  #unheld(key: string): Cell | undefined {
    return this.module.keeping === 'paged' && key !== SETTINGS_KEY ? undefined : ABSENT
  }

  /** One timer for whatever comes first: a wake that is due, or documents left unsaved. */
  #arm(): void {
    this.#cancelTimer?.()
    this.#cancelTimer = undefined
    if (this.#stopped) return
    const { ambient } = this.#options
    const now = ambient.now()
    const due = Math.min(
      this.#wakes.first,
      this.#memory.dirtyCount > 0 ? now + CHECKPOINT_IDLE_MS : Number.POSITIVE_INFINITY,
    )
    if (due === Number.POSITIVE_INFINITY) return
    this.#cancelTimer = ambient.after(Math.min(Math.max(0, due - now), TIMER_MS_MAX), () => {
      for (const [key, at] of this.#wakes.takeDue(ambient.now())) this.#ring(key, at)
      if (!this.#inFlight && this.#queue.length === 0 && this.#memory.dirtyCount > 0) this.#send()
      else this.#arm()
    })
  }

  #ring(key: string, at: number): void {
    const input: Input = { kind: 'wake', name: key, data: at }
    this.input(input).catch(error => {
      if (this.#stopped) return
      if (!(error instanceof Fault) || error.retry === 'never') this.#options.onDefect(error as Error, input)
      else this.#options.ambient.after(WAKE_RETRY_MS, () => this.#ring(key, at))
    })
  }

  #stop(why: Error, byItself: boolean, failed?: Batch<Waiting>): void {
    if (this.#stopped) return
    this.#stopped = why
    this.#cancelTimer?.()
    this.#courier.stop()
    for (const { waiting } of [...(failed?.settlements ?? []), ...this.#batch.settlements]) waiting.fail(why)
    for (const { fail } of this.#queue.splice(0)) fail(why)
    if (byItself) this.#options.onStopped(why)
  }
}
