import type { CorrectionReason, Place } from '@worldloom/capabilities/movement'
import type { EventOf } from '@worldloom/contract'
import type { Mover, words } from '../words.ts'

export type Happening = EventOf<typeof words>

export const placeOf = (player: string, { x, y, pose, zone, region }: Mover): Place => ({
  player,
  x,
  y,
  pose,
  zone,
  region,
})

/** What the world is told when someone's place changed. Zone and region come first, so that nobody moves in a zone unheard of. */
export function moveEvents(player: string, before: Mover, after: Mover): Happening[] {
  const place = placeOf(player, after)
  const events: Happening[] = [{ type: 'tracked', data: { player, person: after } }]
  if (after.zone !== before.zone) events.push({ type: 'zone-changed', data: { ...place, from: before.zone } })
  if (after.region !== before.region) {
    events.push({ type: 'region-changed', data: { player, region: after.region, from: before.region } })
  }
  events.push({ type: 'moved', data: place })
  return events
}

/** Tells someone where the server has them. `person.seq` says which intent it answers. */
export const correction = (player: string, { seq, x, y, pose }: Mover, reason: CorrectionReason): Happening => ({
  type: 'corrected',
  data: { player, seq: Math.max(0, seq), x, y, pose, reason },
})
