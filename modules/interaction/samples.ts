import { LODGE } from './rehearsal.ts'

/** Someone is at a place in tiles, as movement tells. */
const at = (player: string, x: number, y: number, zone = 'default', event: 'placed' | 'moved' = 'moved') => ({
  event: `movement/${event}`,
  data: { player, x: Math.round(x * 64), y: Math.round(y * 64), pose: 0, zone, region: 'hill' },
})
const use = (player: string, object: string, refused?: string) => ({
  command: 'use',
  player,
  input: { object },
  ...(refused !== undefined && { refused }),
})
const turn = (player: string, door: string, roles: readonly string[], refused?: string) => ({
  command: 'turn',
  player,
  roles,
  input: { door },
  ...(refused !== undefined && { refused }),
})
const release = (player: string, refused?: string) => ({
  command: 'release',
  player,
  input: {},
  ...(refused !== undefined && { refused }),
})
const GUEST = ['guest']

/** What seats, doors and things to use are tried on. */
export const samples = {
  objects: { map: LODGE },
  inputs: [
    use('mira', 'chair', 'not-here'),
    release('mira', 'not-here'),
    turn('mira', 'open-door', GUEST, 'not-here'),
    at('mira', 3, 6, 'default', 'placed'),
    at('oda', 4, 6, 'default', 'placed'),
    use('mira', 'unicorn', 'unknown-object'),
    use('mira', 'lamp', 'not-usable'),
    use('mira', 'board', 'out-of-reach'),
    release('mira', 'nothing-held'),
    use('oda', 'chair'),
    use('mira', 'chair', 'taken'),
    use('mira', 'computer', 'seat-taken'),
    use('oda', 'stool'),
    use('mira', 'computer'),
    { query: 'state', input: {} },
    release('mira'),
    at('oda', 1.5, 5.1),
    use('oda', 'throne', 'behind-wall'),
    at('mira', 3.5, 5.5),
    turn('mira', 'trapdoor', GUEST, 'unknown-door'),
    turn('mira', 'role-door', GUEST, 'out-of-reach'),
    turn('mira', 'open-door', GUEST),
    at('oda', 3.5, 4.5),
    turn('mira', 'open-door', GUEST, 'doorway-taken'),
    at('mira', 8.5, 5.5),
    turn('mira', 'role-door', GUEST, 'role-needed'),
    turn('mira', 'role-door', ['editor']),
    { event: 'movement/zone-changed', data: { ...at('oda', 13.5, 5.5).data, from: 'west' } },
    turn('oda', 'knock-door', ['admin'], 'knock-needed'),
    at('mira', 12.5, 5.75),
    use('mira', 'board'),
    { reground: { objects: { map: { ...LODGE, objects: [] } } } },
    { query: 'state', input: {} },
    { event: 'movement/removed', data: { player: 'mira', zone: 'default' } },
    { restart: true },
    use('mira', 'board', 'not-here'),
  ],
}
