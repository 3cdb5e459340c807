import { type Geography, sizeOf, type WorldObject } from '@worldloom/capabilities/geography'
import type { State } from '@worldloom/contract'
import type { words } from '../words.ts'

/** Things taken together with one: its seat, and what that requires in turn. Longer chains in a World file end here. */
export const REQUIRED_MAX = 4

/** People at one object that many may use at once. */
export const HOLDERS_MAX = 64

/** An object and everything that is taken along with it, what is required most deeply first. */
export function chainOf(geography: Geography, object: WorldObject): readonly WorldObject[] {
  const chain = [object]
  let next = object.interaction?.requires
  while (next !== undefined && chain.length <= REQUIRED_MAX) {
    const required = geography.object(next)
    if (!required?.interaction || chain.includes(required)) break
    chain.unshift(required)
    next = required.interaction.requires
  }
  return chain
}

/** How many may hold an object at once. Seats that say nothing are for one; other things that say nothing are for many. */
export function placesOf(object: WorldObject): number {
  const isSeat = object.interaction?.action === 'sit'
  const occupancy = object.occupancy ?? (isSeat ? 'single' : 'multiple')
  if (occupancy === 'single') return 1
  const { width, height } = sizeOf(object)
  return isSeat ? width * height : HOLDERS_MAX
}

/** Whether there is room at an object for someone who does not hold it yet. */
export const hasRoom = (state: State<typeof words>, object: WorldObject): boolean =>
  (state.get(`object:${object.id}`)?.holders.length ?? 0) < placesOf(object)
