import { type Accepted, canonical, type State, type Step } from '@worldloom/contract'
import { expect, test } from 'vitest'
import { samples } from '../samples.ts'
import type { World } from '../words.ts'
import { reflexes } from './reflexes.ts'

const { map } = samples.objects

/** The regions charted and retired when the world finds these charts and this map. */
function settle(charts: readonly (readonly [string, unknown])[]) {
  const state = { get: () => undefined, all: () => charts } as unknown as State<World>
  const step = { at: 0, world: 0, n: 0, dice: () => 0, newId: () => '', object: () => map } satisfies Step
  const verdict = reflexes.settings?.(state, {} as never, step) as Accepted<{ data: { region: string } }> | undefined
  return verdict?.events ?? []
}

test('regions that are as they were are not charted again, though the database has sorted their fields', () => {
  const charted = settle([])
  expect(charted.map(({ data }) => data.region)).toEqual(['hill', 'vale'])
  const stored = charted.map(
    ({ data }) => [data.region, { line: JSON.parse(canonical(data)), retired: false }] as const,
  )
  expect(settle(stored)).toEqual([])
})
