import type { AnyModule } from '@worldloom/contract'
import type { Check, Subject } from './check.ts'
import { CHECKS } from './checks.ts'
import type { Samples } from './samples.ts'

/** What one check says of one module. */
export type Judgement =
  | { readonly check: string; readonly outcome: 'passed' }
  | { readonly check: string; readonly outcome: 'failed'; readonly findings: readonly string[] }
  | { readonly check: string; readonly outcome: 'inapplicable'; readonly because: string }

export async function judge(check: Check, subject: Subject): Promise<Judgement> {
  const because = check.inapplicable?.(subject)
  if (because !== undefined) return { check: check.id, outcome: 'inapplicable', because }
  const findings = await check.look(subject)
  return findings.length === 0
    ? { check: check.id, outcome: 'passed' }
    : { check: check.id, outcome: 'failed', findings }
}

/** Runs every check on a module, one after another. Touches no disk, no network and no real time. */
export async function judgeModule(module: AnyModule, samples: Samples): Promise<readonly Judgement[]> {
  const subject = { module, samples }
  const judgements: Judgement[] = []
  for (const check of CHECKS) judgements.push(await judge(check, subject))
  return judgements
}
