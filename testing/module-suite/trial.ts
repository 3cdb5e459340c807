import {
  type Actor,
  type AnyModule,
  CLOCK_RATE_DEFAULT,
  canonical,
  Fault,
  type Moment,
  uuidFrom,
  worldStep,
  worldTime,
  type z,
} from '@worldloom/contract'
import { askQuery } from '@worldloom/host'
import { MemoryEngineStore } from '../memory-store.ts'
import { VIRTUAL_START, VirtualAmbient } from '../virtual-ambient.ts'
import { commandsOf, needsOf, queriesOf, slotted } from './declared.ts'
import { openEphemeral } from './ephemeral-stage.ts'
import { openJournaled } from './journaled-stage.ts'
import { type Probe, probed } from './probe.ts'
import type { CommandSample, QuerySample, Sample, Samples, Scene } from './samples.ts'
import { ENGINE, type Ground, type Happened, type Stage } from './stage.ts'

export interface TrialOptions {
  readonly probe?: Probe
  /** A slot that nobody fills: its events do not come, and reading from it gives nothing. */
  readonly absent?: string
  /** Changes what is handed in, after it was checked. */
  readonly handIn?: <T>(value: T) => T
  /** Called after each command with a way to send the very same again. */
  readonly afterCommand?: (done: Done, again: () => Promise<Ending>, store: MemoryEngineStore) => Promise<void>
}

/** How an input ended: a reply, a refusal, or the code of a fault. */
export type Ending =
  | { readonly reply?: unknown }
  | { readonly refused: string; readonly because: string }
  | { readonly fault: string; readonly why: string }

export interface Done {
  readonly sample: Sample
  /** In words, for messages. */
  readonly what: string
  readonly ending: Ending
}

/** What came of one engine's inputs. */
export interface SceneRun {
  readonly name: string
  readonly done: readonly Done[]
  readonly events: readonly Happened[]
  readonly defects: readonly Error[]
  /** Inputs that are not what their schemas say, and answers that are not. */
  readonly misshapen: readonly string[]
  /** Reads before a decision or answer, as `slot/query`. */
  readonly asks: readonly string[]
  readonly given: Readonly<Record<string, unknown>>
  /** Empty for ephemeral modules, as is `middle`: the store halfway through. */
  readonly store: MemoryEngineStore
  readonly middle: MemoryEngineStore
  readonly ground: Ground
  /** Timers of the engine that were still set after it had closed. */
  readonly timersLeft: number
}

/** The world that samples live in: noon of its first day, at the ordinary speed. */
const CLOCK = { at: VIRTUAL_START, world: 43_200_000, rate: CLOCK_RATE_DEFAULT }

/** Runs a module's samples on the real host: the ordinary inputs, then every scene, each in an engine of its own. */
export async function trial(
  module: AnyModule,
  samples: Samples,
  options: TrialOptions = {},
): Promise<readonly SceneRun[]> {
  const scenes: [string, Scene][] = [
    ['', { given: {}, inputs: samples.inputs }],
    ...Object.entries(samples.scenes ?? {}),
  ]
  const runs: SceneRun[] = []
  for (const [name, scene] of scenes) runs.push(await runScene(module, samples, name, scene, options))
  return runs
}

const groundOf = (settings: unknown, objects: Readonly<Record<string, unknown>>): Ground => ({
  settings: {
    world: 'suite',
    seed: 'suite',
    clock: CLOCK,
    // Any name that differs when the object does will do: nothing here fetches by it.
    objects: Object.fromEntries(Object.entries(objects).map(([name, value]) => [name, nameOf(value)])),
    module: settings,
  },
  objects,
})

function nameOf(value: unknown): string {
  let hash = 0x811c9dc5
  for (const char of canonical(value)) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  return (hash >>> 0).toString(16).padStart(64, '0')
}

async function runScene(
  original: AnyModule,
  samples: Samples,
  name: string,
  scene: Scene,
  options: TrialOptions,
): Promise<SceneRun> {
  const { awake: _, ...asleep } = original.reflexes
  const base = scene.awakens === false ? { ...original, reflexes: asleep } : original
  const module = options.probe ? probed(base, options.probe) : base
  const ambient = new VirtualAmbient()
  const store = new MemoryEngineStore()
  for (const [key, data] of Object.entries(scene.given))
    store.engine(ENGINE).documents.set(key, { key, seq: 0, data: canonical(data), wakeAt: null })
  let ground = groundOf(samples.settings ?? {}, samples.objects ?? {})
  const events: Happened[] = []
  const defects: Error[] = []
  const misshapen: string[] = []
  const asks: string[] = []
  const done: Done[] = []
  const stageOptions = {
    module,
    ground,
    ambient,
    store,
    answers: samples.answers ?? {},
    onEvent: (event: Happened) => events.push(event),
    onDefect: (why: Error) => defects.push(why),
  }
  let middle = store
  let timersLeft = 0
  const finish = (): SceneRun => ({
    name,
    done,
    events,
    defects,
    misshapen,
    asks,
    given: scene.given,
    store,
    middle,
    ground,
    timersLeft,
  })
  let stage: Stage
  try {
    stage = await (module.keeping === 'ephemeral' ? openEphemeral(stageOptions) : openJournaled(stageOptions))
  } catch (error) {
    defects.push(error as Error)
    return finish()
  }
  let ids = 0
  const { handIn = value => value } = options

  const before = async ({ input, reads = {} }: CommandSample | QuerySample, rule: string, actor: Actor) => {
    const ask = async (slot: string, query: string, asked: unknown) => {
      asks.push(`${slot}/${query}`)
      const spec = needsOf(module)[slot]?.capability.queries[query]
      if (spec && !spec.input.safeParse(asked).success)
        misshapen.push(`the input of ${slot}/${query}, asked before ${rule}`)
      if (slot === options.absent) return undefined
      const read = reads[`${slot}/${query}`]
      if (spec && read !== undefined && !spec.answer.safeParse(read).success)
        misshapen.push(`the sample answer of ${slot}/${query}`)
      return read
    }
    const found = await module.before[rule]?.(ask, input as never, actor)
    return { input: found?.input ?? input, before: found?.before }
  }

  /** What a person sends, checked as the host checks it. */
  const parsed = (spec: { readonly input: z.ZodType } | undefined, what: string, input: unknown) => {
    const result = spec?.input.safeParse(input)
    if (!spec) misshapen.push(`${what}: the module declares nothing of that name`)
    else if (!result?.success) misshapen.push(`${what}: the sample input does not fit its schema`)
    return result?.success ? result.data : input
  }

  const actorOf = ({ player = '', roles = [] }: CommandSample | QuerySample): Actor => ({
    player,
    session: player === '' ? '' : `${player}-session`,
    roles,
  })

  async function play(sample: Sample): Promise<Ending> {
    if ('command' in sample) {
      const spec = commandsOf(module).get(sample.command)
      const actor = actorOf(sample)
      const read = await before({ ...sample, input: parsed(spec, sample.command, sample.input) }, sample.command, actor)
      const id = uuidFrom(ambient.now(), 0, 0, ++ids)
      const send = () => ending(stage.command(sample.command, handIn(read.input), actor, id, handIn(read.before)))
      const first = await send()
      if ('reply' in first && first.reply !== undefined && !(spec?.reply?.safeParse(first.reply).success ?? false))
        misshapen.push(`the reply of ${sample.command}`)
      await options.afterCommand?.({ sample, what: wordsFor(sample), ending: first }, send, store)
      return first
    }
    if ('query' in sample) {
      const spec = queriesOf(module).get(sample.query)
      const actor = actorOf(sample)
      const read = await before({ ...sample, input: parsed(spec, sample.query, sample.input) }, sample.query, actor)
      const at = ambient.now()
      const world = worldTime(CLOCK, at)
      const object = (wanted: string) => ground.objects[wanted]
      const moment: Moment = { at, world, n: worldStep(world), clock: CLOCK, object, before: handIn(read.before) }
      const answer = await askQuery(stage.engine, store, sample.query, handIn(read.input), actor, moment)
      if (spec && !spec.answer.safeParse(answer).success) misshapen.push(`the answer of ${sample.query}`)
      return { reply: answer }
    }
    if ('event' in sample) {
      const [slot, event] = slotted(sample.event)
      const spec = needsOf(module)[slot]?.capability.events[event]
      if (!spec?.data.safeParse(sample.data).success) misshapen.push(`the sample event ${sample.event}`)
      if (slot !== options.absent) await stage.react(sample.event, handIn(sample.data))
    } else if ('passMs' in sample) await stage.pass(sample.passMs)
    else if ('restart' in sample) await stage.reopen()
    else {
      ground = groundOf(sample.reground.settings ?? ground.settings.module, sample.reground.objects ?? ground.objects)
      await stage.reopen(ground)
    }
    return {}
  }

  for (const [index, sample] of scene.inputs.entries()) {
    const known = defects.length
    const ended = await ending(play(sample))
    if ('fault' in ended && defects.length === known) defects.push(new Error(`${wordsFor(sample)}: ${ended.why}`))
    done.push({ sample, what: wordsFor(sample), ending: ended })
    if (index + 1 === Math.ceil(scene.inputs.length / 2)) middle = store.copy()
  }
  await stage.close()
  timersLeft = ambient.pending
  return finish()
}

async function ending(work: Promise<Ending>): Promise<Ending> {
  try {
    return await work
  } catch (error) {
    return { fault: error instanceof Fault ? error.code : 'threw', why: (error as Error).message }
  }
}

/** A sample as it is spoken of in messages. */
export function wordsFor(sample: Sample): string {
  if ('command' in sample) return `command ${sample.command} ${JSON.stringify(sample.input)}`
  if ('query' in sample) return `query ${sample.query} ${JSON.stringify(sample.input)}`
  if ('event' in sample) return `event ${sample.event}`
  if ('passMs' in sample) return `${sample.passMs} ms pass`
  return 'restart' in sample ? 'a restart' : 'other settings'
}
