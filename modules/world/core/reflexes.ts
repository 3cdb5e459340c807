import { phaseAt } from '@worldloom/capabilities/clock'
import type { WorldFile } from '@worldloom/capabilities/geography'
import type { RegionLine } from '@worldloom/capabilities/regions'
import { accept, type Reflexes } from '@worldloom/contract'
import type { World } from '../words.ts'

export const reflexes: Reflexes<World> = {
  /** Charts the regions of the map in force, and retires those that are gone from it. */
  settings(state, _settings, step) {
    const lines = linesOf(step.object('map') as WorldFile)
    const known = new Map(state.all('region'))
    const charted = lines.filter(line => {
      const chart = known.get(line.region)
      return !chart || chart.retired || JSON.stringify(chart.line) !== JSON.stringify(line)
    })
    const gone = [...known].filter(([id, { retired }]) => !retired && !lines.some(line => line.region === id))
    return accept([
      ...charted.map(data => ({ type: 'charted', data }) as const),
      ...gone.map(([region]) => ({ type: 'retired', data: { region } }) as const),
    ])
  },

  /** Whoever was here when the server went down is not any more: their visits end with the last thing recorded. */
  awake(state, { lastAt }, step) {
    const orphans = [...state.all('person')].map(([player, { session, since }]) => {
      const at = Math.max(since, lastAt ?? step.at)
      return { type: 'left', data: { player, session, parting: 'restarted', at } } as const
    })
    return accept([...orphans, ...phaseEvents(state.get('phase')?.phase, step.world)])
  },

  step: (state, _n, step) => accept(phaseEvents(state.get('phase')?.phase, step.world)),
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
