import {
  type Accepted,
  type AnyModule,
  type Asked,
  canonical,
  Defect,
  Fault,
  isRefused,
  type JournalRecord,
  PLATFORM,
  type Settings,
  type State,
  type Step,
  sentence,
  type Verdict,
  type Words,
  worldStep,
  worldTime,
} from '@worldloom/contract'
import type { Caller } from './courier.ts'
import { diceFor } from './dice.ts'
import { type Cell, idOf, type Layer } from './document-memory.ts'
import { evolveRecord, notAskedFor } from './evolution.ts'

/** Events that one input may cause. More is a runaway rule. */
export const EVENTS_PER_INPUT_MAX = 1_000

/** One input of an engine, before it is decided. */
export interface Input {
  readonly kind: JournalRecord['k'] | 'tick'
  /** Command name, `slot/event` of a reaction, key of a wake; empty otherwise. */
  readonly name: string
  readonly data: unknown
  readonly actor?: Asked['actor']
  readonly before?: unknown
  /** The engine whose call this is. */
  readonly caller?: Caller
  /** How long the chain of causes behind it is. */
  readonly depth?: number
}

/** Reads documents for a decision. Undefined means: not loaded. */
export type Read = (key: string) => Cell | undefined
/** Keys of a kind in key order, gone ones included. */
export type KeysOfKind = (kind: string) => readonly string[]

/** What deciding needs to know of an engine besides its documents. */
export interface Ground {
  readonly module: AnyModule
  readonly settings: Settings<Words>
  readonly object: (name: string) => unknown
}

/** An accepted input: what to record, how documents change, what to tell the sender. */
export interface Decided {
  readonly record: JournalRecord
  /** The record as it will be written. */
  readonly text: string
  readonly changes: Layer
  readonly reply: unknown
}

/** A state that serves a rule from documents, and says plainly when the rule reads what it did not ask for. */
export function stateOf(
  read: Read,
  keysOfKind: KeysOfKind,
  onMissing: (key: string) => never = notAskedFor,
): State<Words> {
  return {
    get(key: string) {
      const cell = read(key)
      if (!cell) return onMissing(key)
      return (cell.data ?? undefined) as never
    },
    *all(kind: string) {
      for (const key of keysOfKind(kind)) {
        const data = read(key)?.data
        if (data !== null && data !== undefined) yield [idOf(key), data] as never
      }
    },
  }
}

/** The step of a decision: recorded time, world time, and dice keyed by the input's number. */
function stepFor(ground: Ground, kind: string, number: number, at: number, world: number): Step {
  const dice = diceFor(ground.settings.seed, kind, number)
  return { at, world, n: worldStep(world), dice: dice.roll, newId: () => dice.newId(at), object: ground.object }
}

/** Asks the rule that an input is for. Undefined when the module has none: nothing to do. */
export function ruleFor(module: AnyModule, input: Input): ((state: State<Words>, step: Step) => Verdict) | undefined {
  const { reflexes } = module
  switch (input.kind) {
    case 'command': {
      const rule = module.decide[input.name]
      const asked: Asked = { input: input.data, actor: input.actor ?? PLATFORM, before: input.before }
      return rule && ((state, step) => rule(state, asked, step))
    }
    case 'reaction': {
      const [slot = '', event = ''] = input.name.split('/')
      const rule = reflexes.react?.[slot]?.[event]
      return rule && ((state, step) => rule(state, input.data, step))
    }
    case 'wake': {
      const rule = reflexes.wake
      return rule && ((state, step) => rule(state, input.name, step))
    }
    case 'step':
    case 'tick': {
      const rule = reflexes[input.kind]
      return rule && ((state, step) => rule(state, input.data as number, step))
    }
    default: {
      const rule = reflexes[input.kind]
      return rule && ((state, step) => rule(state, input.data as never, step))
    }
  }
}

/**
 * Decides one input at a position. Pure: reads documents through `read`, changes nothing. A refusal is returned as the
 * sentence for the person; an accepted input as what to record. Throws a Defect when the rule is broken, a Fault
 * (`too-large`) when a document outgrows its limit.
 */
export function decideInput(
  ground: Ground,
  read: Read,
  keysOfKind: KeysOfKind,
  input: Input,
  position: number,
  at: number,
  world: number,
): Decided | { readonly refused: string; readonly because: string } {
  const { module } = ground
  const rule = ruleFor(module, input)
  const verdict: Verdict = rule
    ? rule(stateOf(read, keysOfKind), stepFor(ground, input.kind, numberOf(input, position), at, world))
    : { events: [] }
  if (isRefused(verdict)) {
    const template = (module.words.refusals as Readonly<Record<string, string>>)[verdict.refused]
    if (template === undefined) throw new Defect('refusal-undeclared', `refusal "${verdict.refused}" is not declared`)
    return { refused: verdict.refused, because: sentence(template, verdict.params) }
  }
  if (verdict.events.length > EVENTS_PER_INPUT_MAX) {
    throw new Defect(
      'events-runaway',
      `one input caused ${verdict.events.length} events, more than ${EVENTS_PER_INPUT_MAX}`,
    )
  }
  const record = recordOf(input, verdict, at, world)
  const changes = evolveRecord(module, record, position, read)
  if (module.keeping !== 'ephemeral') checkSizes(module, changes)
  // Written out here, where what cannot be recorded spoils this input alone and not its batch.
  return { record, text: canonical(record), changes, reply: verdict.reply }
}

function checkSizes(module: AnyModule, changes: Layer): void {
  for (const [key, { data }] of changes) {
    // The platform's own documents are bounded by other means, and a module's limit must not keep it from starting.
    if (data === null || key.startsWith('$')) continue
    // UTF-16 length bounds the UTF-8 bytes from below by a factor of three at worst: close enough for a safety limit.
    const size = canonical(data).length
    if (size > module.limits.documentBytesMax) {
      throw new Fault(
        'too-large',
        `"${key}" would grow to ${size} characters; its limit is ${module.limits.documentBytesMax}. Make room first.`,
      )
    }
  }
}

/** What keys an input's dice besides its kind: the step's number for world steps, otherwise its position. */
const numberOf = (input: Input, position: number): number => (input.kind === 'step' ? (input.data as number) : position)

function recordOf(input: Input, verdict: Accepted, at: number, world: number): JournalRecord {
  return {
    k: input.kind as JournalRecord['k'],
    n: input.name,
    d: input.data,
    ...(input.actor && { a: input.actor }),
    ...(input.before !== undefined && { b: input.before }),
    ...(input.caller && { f: [input.caller.engine, input.caller.place] as const }),
    ...(input.depth && { x: input.depth }),
    at,
    w: world,
    e: verdict.events.map(({ type, data }) => [type, data] as const),
    ...(verdict.reply !== undefined && { r: verdict.reply }),
    ...(verdict.wakes?.length && { t: verdict.wakes.map(({ key, at }) => [key, at] as const) }),
    ...(verdict.calls?.length && { c: verdict.calls.map(({ slot, command, data }) => [slot, command, data] as const) }),
  }
}

/** World time in force at a real moment, from the settings the engine was given. */
export const worldAt = (settings: Settings<Words>, at: number): number => worldTime(settings.clock, at)
