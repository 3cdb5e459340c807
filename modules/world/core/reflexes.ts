import { phaseAt } from '@worldloom/capabilities/clock'
import type { WorldFile } from '@worldloom/capabilities/geography'
import type { RegionLine } from '@worldloom/capabilities/regions'
import { accept, canonical, type Reflexes, type State } from '@worldloom/contract'
import type { World } from '../words.ts'

/** Visits that one input ends: the host lets an input cause 1,000 events, and the phase may change as well. */
const PARTINGS_PER_INPUT_MAX = 900

/** A timer that has long been due, whatever became of the clock: nobody may join before it rings. */
const AT_ONCE = { key: 'absence', at: 0 } as const

export const reflexes: Reflexes<World> = {
  /** Charts the regions of the map in force, and retires those that are gone from it. */
  settings(state, _settings, step) {
    const lines = linesOf(step.object('map') as WorldFile)
    const known = new Map(state.all('region'))
    const charted = lines.filter(line => {
      const chart = known.get(line.region)
      return !chart || chart.retired || canonical(chart.line) !== canonical(line)
    })
    const gone = [...known].filter(([id, { retired }]) => !retired && !lines.some(line => line.region === id))
    return accept([
      ...charted.map(data => ({ type: 'charted', data }) as const),
      ...gone.map(([region]) => ({ type: 'retired', data: { region } }) as const),
    ])
  },

  /** Whoever was here when the server went down is not any more: their visits end with the last thing recorded. */
  awake(state, { lastAt }, step) {
    const { partings, left } = orphans(state, lastAt ?? step.at)
    const phase = phaseEvents(state.get('phase')?.phase, step.world)
    if (left === 0) return accept([...partings, ...phase])
    const down = { type: 'went-down', data: { at: lastAt ?? step.at } } as const
    return accept([...partings, ...phase, down], { wakes: [AT_ONCE] })
  },

  wake(state, _key, step) {
    const { partings, left } = orphans(state, state.get('absence')?.at ?? 0)
    if (left > 0) return accept(partings, { wakes: [AT_ONCE] })
    return accept([...partings, { type: 'caught-up', data: { at: step.at } }])
  },

  step: (state, _n, step) => accept(phaseEvents(state.get('phase')?.phase, step.world)),
}

/** The next visits that ended when the server went down, and how many more there are. */
function orphans(state: State<World>, at: number) {
  const all = [...state.all('person')].filter(([, { since }]) => since <= at)
  const partings = all
    .slice(0, PARTINGS_PER_INPUT_MAX)
    .map(([player, { session }]) => ({ type: 'left', data: { player, session, parting: 'restarted', at } }) as const)
  return { partings, left: all.length - partings.length }
}

function phaseEvents(known: string | undefined, world: number) {
  const phase = phaseAt(world)
  return phase === known ? [] : [{ type: 'phase-changed', data: { phase, world } } as const]
}

const linesOf = (file: WorldFile): RegionLine[] =>
  file.regions.map(({ id, name, neighbours }) => ({
    region: id,
    name,
    neighbours: [...neighbours],
    zones: file.zones
      .filter(zone => zone.region === id)
      .map(zone => ({ zone: zone.id, name: zone.name, type: zone.type })),
  }))
