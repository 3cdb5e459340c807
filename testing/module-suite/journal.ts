import { isDeepStrictEqual } from 'node:util'
import { type AnyModule, canonical, type DocumentRow } from '@worldloom/contract'
import type { MemoryEngineStore } from '../memory-store.ts'
import { VirtualAmbient } from '../virtual-ambient.ts'
import { type Check, findings, isEphemeral, plainTrial, type Subject } from './check.ts'
import { openJournaled } from './journaled-stage.ts'
import { ENGINE } from './stage.ts'
import { type SceneRun, trial } from './trial.ts'

const inMemoryOnly = (subject: Subject): string | undefined =>
  isEphemeral(subject) ? 'it is ephemeral: nothing of it is recorded, and no id remembered' : undefined

export const repeats: Check = {
  id: 'MOD-9',
  says: 'a command that is sent again changes nothing and gets the same answer',
  inapplicable: inMemoryOnly,
  async look({ module, samples }) {
    const found: string[] = []
    await trial(module, samples, {
      async afterCommand({ what, ending }, again, store) {
        // Refusals are not remembered, but decided again.
        if ('refused' in ending || 'fault' in ending) return
        const { head, documents } = store.engine(ENGINE)
        const rows = structuredClone(documents)
        const second = await again()
        if (!isDeepStrictEqual(second, ending))
          found.push(`${what} was answered ${JSON.stringify(ending)}, sent again ${JSON.stringify(second)}`)
        const now = store.engine(ENGINE)
        if (now.head !== head || !isDeepStrictEqual(now.documents, rows))
          found.push(`${what}, sent again, changed something`)
      },
    })
    return findings(found)
  },
}

/** The documents that recovery makes of a store, by the engine's own way of recovering. */
async function recovered(module: AnyModule, run: SceneRun, store: MemoryEngineStore): Promise<readonly DocumentRow[]> {
  // Nothing is decided, so that only what is recorded counts.
  const asleep = { ...module, reflexes: {}, views: {} } as AnyModule
  const words = { ...module.words, views: {} }
  const stage = await openJournaled({
    module: { ...asleep, words },
    ground: run.ground,
    ambient: new VirtualAmbient(),
    store,
    answers: {},
    onEvent: () => undefined,
    onDefect: error => {
      throw error
    },
  })
  await stage.close()
  return store.documents(ENGINE)
}

function differences(label: string, before: readonly DocumentRow[], after: readonly DocumentRow[]): string[] {
  const rows = (all: readonly DocumentRow[]) => new Map(all.map(row => [row.key, row]))
  const [was, is] = [rows(before), rows(after)]
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter(key => !isDeepStrictEqual(was.get(key), is.get(key)))
    .map(key => `${label}, "${key}" is ${shown(is.get(key))}, not ${shown(was.get(key))}`)
}

const shown = (row: DocumentRow | undefined): string => (row ? `${row.data} as of ${row.seq}` : 'missing')

export const replay: Check = {
  id: 'MOD-10',
  says: 'replaying its journal gives the very documents that are stored, from the start and from halfway',
  inapplicable: inMemoryOnly,
  async look(subject) {
    const found: string[] = []
    for (const run of await plainTrial(subject)) {
      const stored = await run.store.documents(ENGINE)
      const fromStart = run.store.copy()
      const start = fromStart.engine(ENGINE)
      start.checkpoint = 0
      start.documents = new Map(
        Object.entries(run.given).map(([key, data]) => [key, { key, seq: 0, data: canonical(data), wakeAt: null }]),
      )
      const fromMiddle = run.store.copy()
      const { documents, checkpoint } = run.middle.copy().engine(ENGINE)
      Object.assign(fromMiddle.engine(ENGINE), { documents, checkpoint })
      for (const [label, store] of [
        ['replayed from the start', fromStart],
        ['replayed from halfway', fromMiddle],
      ] as const) {
        try {
          found.push(...differences(label, stored, await recovered(subject.module, run, store)))
        } catch (error) {
          found.push(`${label}, recovery fails: ${(error as Error).message}`)
        }
      }
    }
    return findings(found)
  },
}
