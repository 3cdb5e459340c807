import { HAMLET } from './rehearsal.ts'

const look = { body: '#112233', accent: '#445566' }
const seqs = new Map<string, number>()

const joined = (player: string, session = `${player}-1`) => ({
  event: 'sessions/joined',
  data: { player, session, name: player, look, since: 1_700_000_000_000 },
})
const left = (player: string, session = `${player}-1`) => ({
  event: 'sessions/left',
  data: { player, session, parting: 'left', at: 1_700_000_000_000 },
})

/** The next intent of somebody, to a place in tiles. */
function move(player: string, x: number, y: number) {
  const seq = (seqs.get(player) ?? -1) + 1
  seqs.set(player, seq)
  return {
    command: 'move',
    player,
    roles: ['guest'],
    input: { seq, x: Math.round(x * 64), y: Math.round(y * 64), pose: 9 },
  }
}
const seat = (event: 'occupied' | 'released', player: string) => ({
  event: `interaction/${event}`,
  data: { object: 'bench', player, zone: 'square', ...(event === 'occupied' && { action: 'sit' }) },
})
const turned = (state: 'open' | 'shut') => ({ event: 'interaction/door-turned', data: { door: 'door', state } })
const rest = { passMs: 1_000 }

const filled = HAMLET.map.layers.map(layer =>
  layer.id === 'walls'
    ? { ...layer, rows: layer.rows.map((row, n) => (n === 1 ? `###########${row.slice(11)}` : row)) }
    : layer,
)
/** The same hamlet with a wall where people arrived. */
const REBUILT = {
  ...HAMLET,
  map: { ...HAMLET.map, layers: filled },
  spawnPoints: [{ id: 'first', position: { x: 3.5, y: 7.5 } }],
}

/** What movement is tried on. */
export const samples = {
  objects: { map: HAMLET },
  inputs: [
    { ...move('nobody', 1, 1), refused: 'not-here' },
    joined('ada'),
    joined('ben'),
    move('ada', 5, 1.5),
    rest,
    move('ada', 7.5, 1.5),
    rest,
    move('ada', 10, 1.5),
    rest,
    move('ada', 12, 3),
    { query: 'where', input: { player: 'ada' } },
    { query: 'where', input: { player: 'nobody' }, answer: null },
    // Into a wall, far too fast, and once more than is borne.
    move('ada', 12, 0.25),
    move('ada', 1.5, 8.5),
    move('ada', 1.5, 8.5),
    move('ada', 12, 3),
    turned('open'),
    seat('occupied', 'ben'),
    seat('released', 'ben'),
    turned('shut'),
    joined('ben'),
    joined('ada', 'ada-2'),
    left('ada'),
    { reground: { objects: { map: REBUILT } } },
    left('ada', 'ada-2'),
    { restart: true },
    joined('cleo'),
  ],
}
