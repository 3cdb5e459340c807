import type { Evolve } from '@worldloom/contract'
import type { Doors, Ground, Mover, Sitters, words } from '../words.ts'

export const evolve: Evolve<typeof words> = {
  tracked: ({ player, person }) => [[`person:${player}`, (): Mover => person]],
  removed: ({ player }) => [[`person:${player}`, () => null]],

  seated: ({ object, place, places, player }) => [
    [
      `seat:${object}`,
      (seat?: Sitters) => ({
        sitters: Array.from({ length: places }, (_, n) => (n === place ? player : (seat?.sitters[n] ?? ''))),
      }),
    ],
  ],
  risen: ({ object, player }) => [
    [
      `seat:${object}`,
      (seat?: Sitters) => {
        const sitters = (seat?.sitters ?? []).map(sitter => (sitter === player ? '' : sitter))
        return sitters.every(sitter => sitter === '') ? null : { sitters }
      },
    ],
  ],

  'door-noted': ({ door, state }) => [['doors', (doors?: Doors) => ({ turned: { ...doors?.turned, [door]: state } })]],
  'map-taken': ground => [['world', (): Ground => ground]],

  // What these tell is in `tracked` already.
  placed: () => [],
  moved: () => [],
  corrected: () => [],
  'zone-changed': () => [],
  'region-changed': () => [],
}
