import type { Queries } from '@worldloom/contract'
import type { words } from '../words.ts'
import { geographyOf } from './ground.ts'

export const queries: Queries<typeof words> = {
  state: (state, _input, _actor, step) => {
    const geography = geographyOf(step)
    const occupied: { object: string; player: string }[] = []
    for (const [object, { holders }] of state.all('object')) {
      for (const player of holders) occupied.push({ object, player })
    }
    const doors: { door: string; state: 'open' | 'shut' }[] = []
    for (const [door, { state: turned }] of state.all('door')) {
      const asBuilt = geography.door(door)
      if (asBuilt && asBuilt.open !== (turned === 'open')) doors.push({ door, state: turned })
    }
    return { occupied, doors }
  },
}
