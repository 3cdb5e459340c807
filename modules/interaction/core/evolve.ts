import type { Evolve } from '@worldloom/contract'
import type { Held, Someone, words } from '../words.ts'

export const evolve: Evolve<typeof words> = {
  seen: ({ player, x, y, zone }) => [
    [`person:${player}`, (person?: Someone) => ({ x, y, zone, holds: person?.holds ?? [] })],
  ],
  gone: ({ player }) => [[`person:${player}`, () => null]],

  occupied: ({ object, player }) => [
    [`object:${object}`, (held?: Held) => ({ holders: [...(held?.holders ?? []), player] })],
    [`person:${player}`, (person?: Someone) => (person ? { ...person, holds: [...person.holds, object] } : null)],
  ],
  released: ({ object, player }) => [
    [
      `object:${object}`,
      (held?: Held) => {
        const holders = (held?.holders ?? []).filter(holder => holder !== player)
        return holders.length === 0 ? null : { holders }
      },
    ],
    [
      `person:${player}`,
      (person?: Someone) => (person ? { ...person, holds: person.holds.filter(held => held !== object) } : null),
    ],
  ],

  'door-turned': ({ door, state }) => [[`door:${door}`, () => ({ state })]],
}
