import {
  type Actor,
  type AnyModule,
  Defect,
  type EngineStore,
  KEY_ROUNDS_MAX,
  type Moment,
  type Selection,
  type ViewSpec,
  viewTable,
} from '@worldloom/contract'
import { stateOf } from './decision.ts'
import type { EphemeralEngine } from './ephemeral-engine.ts'
import { JournaledEngine } from './journaled-engine.ts'

/** Rows that one answer may be made from. */
export const SELECTION_ROWS_MAX = 1_000

/** Answers a query from committed state. Documents that a paged engine does not hold are loaded, then asked again. */
export async function askQuery(
  engine: JournaledEngine | EphemeralEngine,
  store: EngineStore,
  name: string,
  input: unknown,
  actor: Actor,
  moment: Moment,
): Promise<unknown> {
  const { module } = engine
  const rule = module.queries[name]
  if (!rule) throw new Defect('query-undeclared', `module ${module.id} has no query "${name}"`)
  for (let round = 0; ; round++) {
    const missing: string[] = []
    const state = stateOf(engine.readCommitted, engine.keysOf, key => {
      missing.push(key)
      throw new MissingDocument()
    })
    try {
      const answer: unknown = rule(state, input, actor, moment)
      return isSelection(answer) ? await selectRows(engine.id, module, store, answer) : answer
    } catch (error) {
      if (!(error instanceof MissingDocument) || !(engine instanceof JournaledEngine) || round === KEY_ROUNDS_MAX)
        throw error
      await engine.load(missing)
    }
  }
}

/** Thrown inside a rule to stop it where a document has to be loaded first. Never leaves this file. */
class MissingDocument extends Error {}

const isSelection = (answer: unknown): answer is Selection =>
  typeof answer === 'object' && answer !== null && 'view' in answer && 'shape' in answer

async function selectRows(
  engine: string,
  module: AnyModule,
  store: EngineStore,
  selection: Selection,
): Promise<unknown> {
  const spec = (module.words.views as Readonly<Record<string, ViewSpec>>)[selection.view]
  if (!spec) throw new Defect('view-undeclared', `module ${module.id} has no view "${selection.view}"`)
  const limit = Math.min(selection.limit, SELECTION_ROWS_MAX)
  const rows = await store.select(engine, viewTable(module.id, selection.view), spec, { ...selection, limit })
  return selection.shape(rows)
}
