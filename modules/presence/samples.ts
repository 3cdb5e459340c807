import { placeIn } from './rehearsal.ts'

const placed = (player: string, zone: string, x: number) => ({
  event: 'movement/placed',
  data: placeIn(player, zone, x),
})
const moved = (player: string, zone: string, x: number) => ({ event: 'movement/moved', data: placeIn(player, zone, x) })

/** What perceiving one another is tried on. */
export const samples = {
  inputs: [
    placed('ada', 'square', 100),
    placed('ben', 'square', 200),
    moved('ada', 'square', 110),
    moved('ada', 'square', 120),
    moved('ben', 'square', 190),
    { passMs: 200 },
    { event: 'movement/zone-changed', data: { ...placeIn('ada', 'garden', 130), from: 'square' } },
    moved('ada', 'garden', 140),
    placed('ada', 'garden', 140),
    { event: 'movement/removed', data: { player: 'ben', zone: 'square' } },
    placed('cleo', 'garden', 300),
    { passMs: 2_500 },
    placed('dora', 'garden', 300),
    { restart: true },
    placed('ada', 'square', 100),
    { passMs: 100 },
  ],
}
