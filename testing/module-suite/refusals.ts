import { canonical, Defect } from '@worldloom/contract'
import { type Check, findings } from './check.ts'
import { refusalsOf } from './declared.ts'
import { coverage } from './folds.ts'
import { type Done, trial } from './trial.ts'

/** Defects that other checks report. */
const REPORTED_ELSEWHERE: ReadonlySet<string> = new Set([
  'refusal-undeclared',
  'event-undeclared',
  'document-undeclared',
  'events-runaway',
])

function unexpected({ sample, what, ending }: Done): string | undefined {
  if ('query' in sample && sample.answer !== undefined) {
    const answer = canonical('reply' in ending ? ending.reply : ending)
    return answer === canonical(sample.answer) ? undefined : `${what} was answered ${answer}`
  }
  if (!('command' in sample)) return undefined
  const refused = 'refused' in ending ? ending.refused : undefined
  if (refused === sample.refused) return undefined
  if (sample.refused === undefined) return `${what} was refused as "${refused}"`
  return `${what} should be refused as "${sample.refused}", but ${refused ? `was refused as "${refused}"` : 'was not'}`
}

export const refusals: Check = {
  id: 'MOD-7',
  says: 'it says no only by refusals that it declares, each of which can be met; it answers as its samples expect and never throws',
  async look({ module, samples }) {
    const met = new Set<string>()
    const runs = await trial(module, samples, {
      probe: {
        verdict(_what, verdict) {
          if ('refused' in verdict) met.add(verdict.refused)
        },
      },
    })
    const declared = refusalsOf(module)
    const undeclared = [...met].filter(code => !Object.hasOwn(declared, code))
    const thrown = runs.flatMap(({ defects }) => defects)
    const sentences = runs.flatMap(({ done }) =>
      done.flatMap(({ ending }) => ('refused' in ending && /\{\w+\}/.test(ending.because) ? [ending.because] : [])),
    )
    return findings([
      ...undeclared.map(code => `it refuses as "${code}", which it does not declare`),
      ...coverage('refusal', Object.keys(declared), met, samples.unreached?.refusals),
      ...sentences.map(because => `a refusal leaves a placeholder open: ${because}`),
      ...runs.flatMap(({ done }) => done.flatMap(one => unexpected(one) ?? [])),
      ...thrown
        .filter(error => !(error instanceof Defect && REPORTED_ELSEWHERE.has(error.code)))
        .map(({ message }) => `it throws: ${message}`),
    ])
  },
}
