import type { Evolve } from '@worldloom/contract'
import type { Change, Numbers, OpenZone, words } from '../words.ts'
import { giveBack, NO_NUMBERS, take } from './numbers.ts'

const NEW_ZONE: OpenZone = { phase: 0, members: [], changed: null }

export const evolve: Evolve<typeof words> = {
  numbered: ({ index }, at) => [['numbers', (numbers?: Numbers) => take(numbers ?? NO_NUMBERS, index, at)]],

  retired: ({ player, index }, at) => [
    [`person:${player}`, () => null],
    ['numbers', (numbers?: Numbers) => giveBack(numbers ?? NO_NUMBERS, index, at)],
  ],

  'zone-opened': ({ zone, phase }) => [[`zone:${zone}`, (known?: OpenZone) => known ?? { ...NEW_ZONE, phase }]],

  appeared: ({ zone, player, index, x, y, pose }) => [
    [`person:${player}`, () => ({ index, zone, x, y, pose })],
    [
      `zone:${zone}`,
      ({ phase, members, changed }: OpenZone = NEW_ZONE) => ({
        phase,
        members: [...members, player],
        changed,
      }),
    ],
  ],

  disappeared: ({ zone, player, index }) => [
    [
      `zone:${zone}`,
      (known?: OpenZone) => {
        if (!known) return null
        const members = known.members.filter(member => member !== player)
        if (members.length === 0) return null
        // A later frame must not speak of someone who is gone: their index may mean somebody else by then.
        return { phase: known.phase, members, changed: without(known.changed, index) }
      },
    ],
  ],

  shifted: ({ player, zone, index, x, y, pose }) => [
    [`person:${player}`, () => ({ index, zone, x, y, pose })],
    [
      `zone:${zone}`,
      (known?: OpenZone) =>
        known
          ? {
              phase: known.phase,
              members: known.members,
              changed: { index, x, y, pose, earlier: known.changed },
            }
          : null,
    ],
  ],

  frame: ({ zone }) => [
    [
      `zone:${zone}`,
      (known?: OpenZone) => (known ? { phase: known.phase, members: known.members, changed: null } : null),
    ],
  ],

  snapshot: () => [],
}

/** The changes of everybody else, still newest first. */
function without(changed: Change | null, index: number): Change | null {
  const kept: Change[] = []
  for (let change = changed; change; change = change.earlier) if (change.index !== index) kept.push(change)
  return kept.reduceRight<Change | null>((earlier, change) => ({ ...change, earlier }), null)
}
