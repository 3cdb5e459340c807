import { Defect, type ViewSpec } from '@worldloom/contract'
import { type Check, findings } from './check.ts'
import { trial } from './trial.ts'

/** Events that one input may cause, as the host bounds it. */
const EVENTS_PER_INPUT_MAX = 1_000

export const bounds: Check = {
  id: 'MOD-13',
  says: 'its work is bounded: events per input, rows per view, and no paged module asks for all documents',
  async look({ module, samples }) {
    const found: string[] = []
    const runs = await trial(module, samples, {
      probe: {
        all(what, kind) {
          if (module.keeping === 'paged') found.push(`${what} asks for all "${kind}" of a paged module`)
        },
        verdict(what, verdict) {
          const count = 'events' in verdict ? verdict.events.length : 0
          if (count > EVENTS_PER_INPUT_MAX)
            found.push(`${what} causes ${count} events, more than ${EVENTS_PER_INPUT_MAX}`)
        },
      },
    })
    for (const { defects } of runs)
      for (const error of defects)
        if (error instanceof Defect && error.code === 'events-runaway') found.push(error.message)
    for (const [name, { rowsMax }] of Object.entries(module.words.views as Readonly<Record<string, ViewSpec>>)) {
      if (!Number.isSafeInteger(rowsMax) || rowsMax < 1)
        found.push(`view ${name} keeps ${rowsMax} rows, which is no bound`)
    }
    return findings(found)
  },
}
