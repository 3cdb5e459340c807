import type { Edit } from './build.ts'

/** A mistake that somebody could make, planted to see whether the simulator notices. */
export interface Mutant {
  readonly name: string
  readonly edits: readonly Edit[]
}

const ENGINE = 'host/journaled-engine.ts'
const MEMORY = 'host/document-memory.ts'
const STORE = 'memory-store.ts'

const mutant = (name: string, ...edits: readonly (readonly [file: string, find: string, put: string])[]): Mutant => ({
  name,
  edits: edits.map(([file, find, put]) => ({ file, find, put })),
})

const FENCE = 'if (!engine || engine.epoch !== commit.epoch) return false'

/** Who writes, and when it is true. */
const COMMITTING: readonly Mutant[] = [
  mutant(
    'the fence is skipped',
    [STORE, FENCE, 'if (!engine) return false'],
    [
      STORE,
      'if (engine.head !== commit.previousHead) return commit.head > commit.previousHead && engine.head === commit.head',
      '',
    ],
  ),
  mutant('taking an engine does not raise its epoch', [STORE, 'engine.epoch += 1', 'engine.epoch ||= 1']),
  mutant('documents are saved without the fence', [
    STORE,
    FENCE,
    FENCE.replace(
      'return false',
      '{ for (const row of commit.documents) engine?.documents.set(row.key, { ...row }); return false }',
    ),
  ]),
  mutant('views are written outside the transaction', [
    STORE,
    FENCE,
    FENCE.replace(
      'return false',
      '{ for (const write of commit.views) engine?.views.set(...viewAfter(engine, write)); return false }',
    ),
  ]),
  mutant('a fail-over loses the last commit', [
    STORE,
    'engine.epoch += 1',
    'engine.epoch += 1\n    engine.head -= engine.journal.pop()?.count ?? 0',
  ]),
  mutant('answers leave before the commit', [
    ENGINE,
    'this.#offsetsInFlight = batch.offsets',
    'this.#offsetsInFlight = batch.offsets\n    for (const { waiting, outcome } of batch.settlements) waiting.tell(outcome)',
  ]),
  mutant('a refusal leaves before the commit it saw', [
    ENGINE,
    "if ('refused' in decided) this.#batch.settlements.push({ waiting, outcome: decided, recorded: false })",
    "if ('refused' in decided) waiting.tell(decided)",
  ]),
  mutant('events are published before the commit', [
    ENGINE,
    'this.#memory.absorb(changes)',
    'this.#memory.absorb(changes)\n      this.#options.onCommitted({ engine: this.id, position: this.#batch.head + 1, record })',
  ]),
  mutant('queries read what is not committed', [
    ENGINE,
    'this.#memory.readCommitted(key) ?? this.#unheld(key)',
    'this.#memory.read(key) ?? this.#unheld(key)',
  ]),
  mutant(
    'a second commit leaves while one is in flight',
    [ENGINE, 'if (this.#inFlight) return\n    if (this.#batch.writesNothing)', 'if (this.#batch.writesNothing)'],
    [
      MEMORY,
      "if (this.#inFlight) throw new Defect('commit-overlap'",
      "if (!this.#dirty) throw new Defect('commit-overlap'",
    ],
  ),
  mutant('what was decided on a failed commit is kept', [
    MEMORY,
    '    this.#inFlight = undefined\n    this.#building = new Map()\n    const restored',
    '    this.#inFlight = undefined\n    const restored',
  ]),
  mutant(
    'a commit whose connection died counts as failed',
    [
      'host/commit-writing.ts',
      "if (!(error instanceof Fault) || error.retry === 'never' || tries === COMMIT_TRIES_MAX) throw error",
      'if (tries) throw error',
    ],
    [
      ENGINE,
      "if (batch.entries.length === 0 || (error instanceof Fault && error.retry !== 'never'))",
      'if (batch.entries.length === 0)',
    ],
  ),
  mutant('a record that cannot be written takes its neighbours along', [
    ENGINE,
    'if (batch.entries.length === 1) {',
    'if (batch.entries.length > 0) {',
  ]),
  mutant('a late commit without records takes offsets back', [
    STORE,
    'engine.offsets[source] = Math.max(engine.offsets[source] ?? 0, seq)',
    'engine.offsets[source] = seq',
  ]),
  mutant('a late commit without records takes the checkpoint back', [
    STORE,
    'engine.checkpoint = Math.max(engine.checkpoint, commit.checkpoint)',
    'engine.checkpoint = commit.checkpoint',
  ]),
]

/** What is remembered, and what recovery makes of it. */
const REMEMBERING: readonly Mutant[] = [
  mutant('recovery begins one record after the checkpoint', [
    'host/recovery.ts',
    'let after = taken.checkpoint',
    'let after = taken.checkpoint + 1',
  ]),
  mutant('the checkpoint passes documents that are not saved', [
    MEMORY,
    'oldest === undefined ? head : oldest - 1',
    'oldest === undefined ? head : head',
  ]),
  mutant('a changed document is evicted', [MEMORY, 'if (this.#dirty.has(key) || this.#gone.has(key) ||', 'if (']),
  mutant('a gone document is dropped before the checkpoint has passed its end', [
    MEMORY,
    'if (end <= checkpoint && !this.#dirty.has(key))',
    'if (!this.#dirty.has(key))',
  ]),
  mutant('accepted ids are not rebuilt on recovery', [
    'host/recovery.ts',
    'if (id) ids.add(id, seq - count + 1 + index)',
    'if (id === engine) ids.add(id, seq - count + 1 + index)',
  ]),
  mutant('ids from clocks that are ahead are not rebuilt', [
    'host/recovery.ts',
    'now - ID_WINDOW_MS - CLOCK_SKEW_MAX_MS',
    'now - ID_WINDOW_MS + 0 * CLOCK_SKEW_MAX_MS',
  ]),
  mutant('ids are forgotten early', [
    'host/accepted-ids.ts',
    'if (uuidTime(id) >= now - this.#windowMs) break',
    'if (uuidTime(id) >= now - this.#windowMs / 8) break',
  ]),
  mutant('a repeat in flight is decided again', [ENGINE, 'if (unanswered) return unanswered', '']),
  mutant('a repeat is told that it was done, not what came of it', [
    ENGINE,
    'return record.r === undefined ? {} : { reply: record.r }',
    'return {}',
  ]),
  mutant('dice are keyed by batch', [
    ENGINE,
    'const decided = decideInput(this.#ground,',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it becomes source code
    'const decided = decideInput({ ...this.#ground, settings: { ...this.#ground.settings, seed: `${this.#batch.first}` } },',
  ]),
]

/** What engines owe one another, and themselves. */
const OWING: readonly Mutant[] = [
  mutant('the offset is forgotten', [
    ENGINE,
    '      this.#batch.offsets[engine] = position\n    }\n    const isStep',
    '    }\n    const isStep',
  ]),
  mutant(
    'an event that is handed in again is reacted to again',
    [ENGINE, 'if (position <= this.#offsetDecided(engine)) {', 'if (position < 0) {'],
    ['host/follower.ts', 'this.#place = consumer.offset(source)', ''],
  ),
  mutant('a reader that failed waits for news', [
    'host/follower.ts',
    'this.#cancelRetry = ambient.after(LOOK_RETRY_MS, () => void this.look())',
    'this.#cancelRetry = ambient.after(LOOK_RETRY_MS, () => undefined)',
  ]),
  mutant('two calls of one record share a key', [
    'host/courier.ts',
    'eventPosition(owed.seq, owed.n)',
    'eventPosition(owed.seq, 0)',
  ]),
  mutant('calls are not taken up again on recovery', [ENGINE, 'await this.#recoverCalls(taken.head)', '']),
  mutant('answered calls stay owed', [ENGINE, 'if (closes) this.#batch.closed.push(closes)', '']),
  mutant('a time-out counts as an answer', [
    'host/courier.ts',
    'if (!(error instanceof Fault)) throw error',
    "if (!(error instanceof Fault)) throw error\n        await answer(owed, { refused: 'timed-out', because: '' })\n        return true",
  ]),
  mutant('answers are forgotten while their calls may still come', [
    'host/answers.ts',
    'done.slice(-CALLS_ON_THE_WAY_MAX)',
    'done.slice(-1)',
  ]),
  mutant('a wake is cleared without being recorded', [
    'host/evolution.ts',
    "if (record.k === 'wake') change(record.n, () => ({ wakeAt: null }))",
    '',
  ]),
  mutant('a wake that was moved rings all the same', [
    ENGINE,
    "if (input.kind === 'wake' && this.#read(input.name)?.wakeAt !== input.data) {",
    "if (input.kind === 'wake' && !input.name) {",
  ]),
  mutant('a wake that could not be decided is forgotten', [
    ENGINE,
    'else this.#options.ambient.after(WAKE_RETRY_MS, () => this.#ring(key, at))',
    '',
  ]),
  mutant('a wake is moved by a record that was never written', [
    ENGINE,
    'this.#memory.absorb(changes)',
    'this.#memory.absorb(changes)\n      for (const [key, at] of record.t ?? []) this.#wakes.set(key, at)',
  ]),
]

export const MUTANTS: readonly Mutant[] = [...COMMITTING, ...REMEMBERING, ...OWING]
