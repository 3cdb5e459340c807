import type { AnyModule } from '@worldloom/contract'
import { describe, expect, test } from 'vitest'
import { CHECKS } from './module-suite/checks.ts'
import { judge } from './module-suite/run.ts'
import type { Samples } from './module-suite/samples.ts'

/** The module suite as tests: one for each check. A check that means nothing for the module says why. */
export function moduleSuite(module: AnyModule, samples: Samples): void {
  const subject = { module, samples }
  describe(`module ${module.id}`, () => {
    for (const check of CHECKS) {
      const because = check.inapplicable?.(subject)
      if (because !== undefined) {
        test(`${check.id} does not apply`, ({ skip }) => skip(because))
        continue
      }
      test(`${check.id} ${check.says}`, async () => {
        const judgement = await judge(check, subject)
        expect(judgement.outcome === 'failed' ? judgement.findings : []).toEqual([])
      })
    }
  })
}
