import type { AnyModule } from '@worldloom/contract'
import type { Samples } from './samples.ts'
import { type SceneRun, trial } from './trial.ts'

/** A module and what it is tried on. */
export interface Subject {
  readonly module: AnyModule
  readonly samples: Samples
}

/** One thing that must be true of every module. */
export interface Check {
  /** Permanent, such as `MOD-1`. */
  readonly id: string
  /** What must be true, in one sentence. */
  readonly says: string
  /** Why the check means nothing for this module; undefined when it does. */
  readonly inapplicable?: (subject: Subject) => string | undefined
  /** What is not as it must be, each in a sentence; empty when all is well. */
  readonly look: (subject: Subject) => Promise<readonly string[]>
}

const plain = new WeakMap<Subject, Promise<readonly SceneRun[]>>()

/** The samples run without interference. Run once per subject: several checks only look at what came of it. */
export function plainTrial(subject: Subject): Promise<readonly SceneRun[]> {
  const known = plain.get(subject) ?? trial(subject.module, subject.samples)
  plain.set(subject, known)
  return known
}

export const isEphemeral = ({ module }: Subject): boolean => module.keeping === 'ephemeral'

/** Each sentence once, and not more than anybody reads. */
export function findings(all: Iterable<string>): readonly string[] {
  const unique = [...new Set(all)]
  return unique.length > FINDINGS_MAX
    ? [...unique.slice(0, FINDINGS_MAX), `and ${unique.length - FINDINGS_MAX} more`]
    : unique
}

const FINDINGS_MAX = 20
