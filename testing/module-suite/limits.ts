import { type AnyModule, Fault, FRAME_BYTES_MAX, LIMITS, type Limits } from '@worldloom/contract'
import { type Check, findings, isEphemeral, type Subject } from './check.ts'
import { commandsOf } from './declared.ts'
import type { Sample, Samples } from './samples.ts'
import { trial } from './trial.ts'

/** Beyond these the platform could not keep its own bounds: frames, loading in one query, journal rows, memory. */
const CEILINGS: Limits = {
  commandBytesMax: FRAME_BYTES_MAX,
  keysPerCommandMax: 1_000,
  documentBytesMax: 16 * LIMITS.documentBytesMax,
  documentsMax: 100 * LIMITS.documentsMax,
}

function unbounded({ limits }: AnyModule): string[] {
  return (Object.keys(CEILINGS) as (keyof Limits)[]).flatMap(name => {
    const limit = limits[name]
    const ceiling = CEILINGS[name]
    const fine = Number.isSafeInteger(limit) && limit >= 1 && limit <= ceiling
    return fine ? [] : [`its limit ${name} is ${limit}, not a whole number from 1 to ${ceiling}`]
  })
}

/** Runs the samples under a limit that some cannot keep: those get its code, and the engine goes on. */
async function refusesBy(subject: Subject, limits: Partial<Limits>, code: string, samples = subject.samples) {
  const { module } = subject
  const runs = await trial({ ...module, limits: { ...module.limits, ...limits } }, samples)
  const commands = runs.flatMap(({ done }) => done.filter(({ sample }) => 'command' in sample))
  const hit = commands.filter(({ ending }) => 'fault' in ending && ending.fault === code)
  const broken = commands.filter(({ ending }) => 'fault' in ending && ['threw', 'unavailable'].includes(ending.fault))
  // An engine whose very awakening is over the limit is not opened at all.
  const unopened = runs.flatMap(({ defects }) => defects.filter(error => error instanceof Fault && error.code === code))
  return { hit: hit.length + unopened.length, broken: broken.map(({ what }) => what) }
}

export const limits: Check = {
  id: 'MOD-8',
  says: 'its limits are bounded, and whatever exceeds them is turned away without harm',
  async look(subject) {
    const { module, samples } = subject
    const found = unbounded(module)
    const kept = await trial(module, samples)
    for (const { done } of kept)
      for (const { what, ending } of done)
        if ('fault' in ending && ['too-large', 'too-many-keys'].includes(ending.fault))
          found.push(`${what} exceeds the module's own limits: ${ending.why}`)
    if (commandsOf(module).size === 0) return findings(found)
    const expect = (what: string, { hit, broken }: { hit: number; broken: readonly string[] }) => {
      if (hit === 0) found.push(`${what} is not turned away`)
      found.push(...broken.map(command => `${what}: ${command} did harm`))
    }
    const onlyCommands: Samples = { ...samples, inputs: samples.inputs.filter((one: Sample) => 'command' in one) }
    expect(
      'a command beyond commandBytesMax',
      await refusesBy(subject, { commandBytesMax: 1 }, 'too-large', onlyCommands),
    )
    if (module.keeping === 'paged')
      expect('a command beyond keysPerCommandMax', await refusesBy(subject, { keysPerCommandMax: 0 }, 'too-many-keys'))
    if (!isEphemeral(subject) && Object.keys(module.words.documents).length > 0)
      expect('a document beyond documentBytesMax', await refusesBy(subject, { documentBytesMax: 1 }, 'too-large'))
    return findings(found)
  },
}
