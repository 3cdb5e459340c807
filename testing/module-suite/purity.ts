import { type Check, findings } from './check.ts'
import { trial } from './trial.ts'

/** Freezes a value and everything in it. Bytes cannot be frozen and are left alone. */
function deepFreeze<T>(value: T, seen = new WeakSet<object>()): T {
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value) || seen.has(value)) return value
  seen.add(value)
  Object.freeze(value)
  for (const field of Object.values(value)) deepFreeze(field, seen)
  return value
}

const isRefusedChange = (error: unknown): boolean =>
  error instanceof TypeError && /read only|not extensible|Cannot (delete|redefine|define|assign)/.test(error.message)

export const frozenInputs: Check = {
  id: 'MOD-3',
  says: 'its rules change nothing that they are given: inputs, documents, events, settings, objects',
  async look({ module, samples }) {
    const found: string[] = []
    const run = <T>(what: string, rule: () => T): T => {
      try {
        return rule()
      } catch (error) {
        if (isRefusedChange(error)) found.push(`${what} changes what it was given: ${(error as Error).message}`)
        throw error
      }
    }
    await trial(module, deepFreeze(samples), { probe: { run, given: deepFreeze } })
    return findings(found)
  },
}

/** Surroundings that a rule may not look at. */
const SURROUNDINGS = [
  'Date',
  'performance',
  'crypto',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'process',
  'Intl',
  'WebSocket',
] as const

/** Parts of Math that differ between runs or machines. */
const INEXACT = [
  'random',
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'atan2',
  'exp',
  'log',
  'log2',
  'log10',
  'pow',
  'cbrt',
  'hypot',
] as const

class Poisoned extends Error {}

interface Place {
  readonly object: object
  readonly name: string
  readonly shown: string
  readonly was: PropertyDescriptor
}

/** Looked up once, before anything is taken away: Node loads some of these when they are first looked at. */
const PLACES: readonly Place[] = [
  ...INEXACT.map(name => ({ object: Math, name, shown: `Math.${name}` })),
  ...SURROUNDINGS.map(name => ({ object: globalThis, name, shown: name })),
].flatMap(place => {
  const was = Object.getOwnPropertyDescriptor(place.object, place.name)
  return was?.configurable ? [{ ...place, was }] : []
})

/** Runs something with the surroundings taken away. Whoever reaches for them is noted and stopped. */
function withoutSurroundings<T>(run: () => T, note: (name: string) => void): T {
  try {
    for (const { object, name, shown } of PLACES) {
      const get = (): never => {
        note(shown)
        throw new Poisoned(`${shown} is not for rules`)
      }
      Object.defineProperty(object, name, { configurable: true, get })
    }
    return run()
  } finally {
    for (const { object, name, was } of PLACES) Object.defineProperty(object, name, was)
  }
}

export const noSurroundings: Check = {
  id: 'MOD-4',
  says: 'its rules touch no clock, no chance, no timer and no network but what they are handed',
  async look({ module, samples }) {
    const found: string[] = []
    await trial(module, samples, {
      probe: {
        run: (what, rule) => withoutSurroundings(rule, name => found.push(`${what} reaches for ${name}`)),
      },
    })
    return findings(found)
  },
}
