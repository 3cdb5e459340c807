import type { WorldFile } from '@worldloom/capabilities/geography'
import { PEOPLE_MAX } from './words.ts'

const look = { body: '#7FA66B', accent: '#F2B84B' }

const land = (id: string, x: number, neighbours: readonly string[]) => ({
  id,
  name: id,
  bounds: [{ x, y: 0, width: 2, height: 2 }],
  neighbours: [...neighbours],
  ground: 50,
})

const zones = [
  {
    id: 'square',
    name: 'Square',
    type: 'OpenArea' as const,
    region: 'hill',
    bounds: [{ x: 0, y: 0, width: 1, height: 1 }],
    overrides: {},
  },
]

type Region = ReturnType<typeof land>

/** Four tiles by two, all grass. */
const mapOf = (regions: readonly Region[]): WorldFile => ({
  formatVersion: 1,
  id: 'sample',
  meta: { name: 'Sample' },
  map: {
    width: 4,
    height: 2,
    layers: [{ id: 'all', legend: { g: 'grass' }, rows: ['gggg', 'gggg'] }],
    heights: ['0000', '0000'],
  },
  regions: [...regions],
  zones,
  doors: [],
  objects: [],
  spawnPoints: [{ id: 'first', position: { x: 0.5, y: 0.5 } }],
})

const twoLands = mapOf([land('hill', 0, ['vale']), land('vale', 2, ['hill'])])
const oneLand = mapOf([land('hill', 0, [])])

const join = (player: string, session: string) => ({
  command: 'join',
  input: { player, session, name: player.toUpperCase(), look },
})
const leave = (session: string) => ({ command: 'leave', input: { session, parting: 'left' } })

/** As many people as a world holds, here since before it went down. */
const crowd = Object.fromEntries(
  Array.from({ length: PEOPLE_MAX }, (_, n) => {
    const player = `p${n}`
    return [`person:${player}`, { player, session: `s${n}`, name: player, look, since: 1_699_999_000_000 }]
  }),
)

/** What sessions, clock and regions are tried on. */
export const samples = {
  objects: { map: twoLands },
  inputs: [
    join('ada', 'ada-1'),
    join('ben', 'ben-1'),
    join('ada', 'ada-1'),
    { passMs: 1_000 },
    join('ada', 'ada-2'),
    leave('ada-1'),
    leave('ben-1'),
    { query: 'who', input: {} },
    { query: 'person', input: { player: 'ada' } },
    { query: 'person', input: { player: 'nobody' } },
    { query: 'visits', input: {} },
    { query: 'visits', input: { before: 1_700_000_000_500, limit: 1 } },
    { query: 'now', input: {} },
    // Nine hours of the world: the light changes twice.
    { passMs: 1_350_000 },
    { restart: true },
    { reground: { objects: { map: oneLand } } },
    { query: 'list', input: {} },
    { reground: { objects: { map: twoLands } } },
    join('cleo', 'cleo-1'),
  ],
  scenes: {
    'a full world': { given: crowd, awakens: false, inputs: [{ ...join('late', 'late-1'), refused: 'full' }] },
    'a full world that went down': {
      given: crowd,
      inputs: [{ passMs: 1 }, { query: 'who', input: {}, answer: [] }, join('early', 'early-1')],
    },
  },
}
