import { canonical } from '@worldloom/contract'
import { type Check, findings, plainTrial } from './check.ts'
import { ENGINE } from './stage.ts'
import { type SceneRun, trial } from './trial.ts'

/** The same value with every object's fields in reverse order. */
export function reversed<T>(value: T): T {
  if (Array.isArray(value)) return value.map(reversed) as T
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return value
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return value
  const fields = Object.entries(value).reverse()
  return Object.fromEntries(fields.map(([key, field]) => [key, reversed(field)])) as T
}

/** Everything that came of a scene, line by line, in the bytes that are recorded and sent. */
function traces({ name, done, events, store }: SceneRun): readonly string[] {
  const { journal, documents, views } = store.engine(ENGINE)
  const at = name === '' ? '' : `in scene "${name}": `
  return [
    ...done.map(({ what, ending }) => `${at}${what} → ${text(ending)}`),
    ...events.map(({ type, data, at: when }) => `${at}event ${type} at ${when}: ${text(data)}`),
    ...journal.map(({ seq, records }) => `${at}journal row ${seq}: ${records}`),
    ...[...documents.values()]
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ key, data }) => `${at}document ${key}: ${data}`),
    ...[...views].map(([table, rows]) => `${at}view ${table}: ${text([...rows])}`),
  ]
}

function text(value: unknown): string {
  try {
    return canonical(value)
  } catch (error) {
    return `(${(error as Error).message})`
  }
}

function firstDifference(before: readonly string[], after: readonly string[]): string | undefined {
  for (let line = 0; line < Math.max(before.length, after.length); line++) {
    if (before[line] !== after[line]) return `first ${short(before[line])}, then ${short(after[line])}`
  }
  return undefined
}

const LINE_CHARS_MAX = 200
const short = (line = '(nothing)'): string =>
  line.length > LINE_CHARS_MAX ? `${line.slice(0, LINE_CHARS_MAX)}…` : line

export const sameBytes: Check = {
  id: 'MOD-2',
  says: 'the same inputs give the same bytes, in every run and in any order of fields',
  async look(subject) {
    const { module, samples } = subject
    const first = (await plainTrial(subject)).flatMap(traces)
    const again = firstDifference(first, (await trial(module, samples)).flatMap(traces))
    const inputs = firstDifference(first, (await trial(module, samples, { handIn: reversed })).flatMap(traces))
    const given = (await trial(module, samples, { probe: { given: reversed } })).flatMap(traces)
    const documents = firstDifference(first, given)
    return findings([
      ...(again ? [`another run came out differently: ${again}`] : []),
      ...(inputs ? [`inputs with their fields in another order came out differently: ${inputs}`] : []),
      ...(documents ? [`documents with their fields in another order came out differently: ${documents}`] : []),
    ])
  },
}
