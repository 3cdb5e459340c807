import { writeSync } from 'node:fs'
import type { Reporter, SerializedError, TestModule, TestRunEndReason } from 'vitest/node'

/** What a run came to. A file or a hook that failed counts as one failure, as does an error outside of any test. */
interface Outcome {
  readonly passed: number
  readonly failed: number
  readonly skipped: readonly Skip[]
}

interface Skip {
  readonly name: string
  readonly reason: string
}

/** One plain line for people and machines, such as `214 passed, 0 failed, 2 skipped`. */
export const closingLine = ({ passed, failed, skipped }: Outcome): string =>
  `${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`

/** One line per reason, so that a missing browser is told once and not forty times. */
export function skippedLines(skipped: readonly Skip[]): string[] {
  const byReason = new Map<string, string[]>()
  for (const { name, reason } of skipped) byReason.set(reason, [...(byReason.get(reason) ?? []), name])
  return [...byReason].map(([reason, [first, ...rest]]) =>
    rest.length > 0 ? `skipped ${first} and ${rest.length} more: ${reason}` : `skipped ${first}: ${reason}`,
  )
}

/** Adds up a run's modules. Tests that never came to an end have failed. */
export function outcomeOf(modules: readonly TestModule[], errors: number, interrupted: boolean): Outcome {
  const skipped: Skip[] = []
  let passed = 0
  let failed = errors + (interrupted ? 1 : 0)
  for (const module of modules) {
    if (module.errors().length > 0) failed += 1
    for (const suite of module.children.allSuites()) if (suite.errors().length > 0) failed += 1
    for (const test of module.children.allTests()) {
      const result = test.result()
      if (result.state === 'passed') passed += 1
      else if (result.state !== 'skipped') failed += 1
      else skipped.push({ name: test.fullName, reason: result.note ?? 'no reason given' })
    }
  }
  return { passed, failed, skipped }
}

/** Vitest reporter that ends a run with one plain line. Used beside the default reporter. */
export default class ClosingLine implements Reporter {
  private outcome: Outcome = { passed: 0, failed: 0, skipped: [] }

  onInit(): void {
    // Other reporters may still write after the run has ended; nothing writes after the process has.
    process.once('exit', code => {
      const { passed, failed, skipped } = this.outcome
      // A run that fails before or after its tests, in a global setup for example, has no failed test to show for it.
      const outcome = { passed, failed: failed === 0 && code !== 0 ? 1 : failed, skipped }
      writeSync(1, `${[...skippedLines(skipped), closingLine(outcome)].join('\n')}\n`)
    })
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[], reason: TestRunEndReason): void {
    this.outcome = outcomeOf(modules, errors.length, reason === 'interrupted')
  }
}
