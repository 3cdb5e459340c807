import type { Person } from '@worldloom/capabilities/sessions'
import type { DocumentOf, Evolve } from '@worldloom/contract'
import type { World } from '../words.ts'

type Chart = DocumentOf<World, 'region'>

export const evolve: Evolve<World> = {
  joined: person => [[`person:${person.player}`, () => person]],
  left: ({ player, session }) => [
    [`person:${player}`, (person: Person | undefined) => (person && person.session !== session ? person : null)],
  ],
  'phase-changed': ({ phase }) => [['phase', () => ({ phase })]],
  'went-down': ({ at }) => [['absence', () => ({ at })]],
  'caught-up': () => [['absence', () => null]],
  charted: line => [[`region:${line.region}`, () => ({ line, retired: false })]],
  retired: ({ region }) => [
    [`region:${region}`, (chart: Chart | undefined) => (chart ? { ...chart, retired: true } : null)],
  ],
}
