import type { Point } from '@worldloom/capabilities/geography'

/** The stick's travel and its dead middle, in CSS pixels. */
export const THUMB_TRAVEL_PX = 48
export const THUMB_DEAD_PX = 8

/** Where the knob stands for a finger at an offset from the middle, and the wish it makes (length 0 to 1). */
export function thumb(offset: Point): { readonly knob: Point; readonly wish: Point } {
  const length = Math.hypot(offset.x, offset.y)
  if (length <= THUMB_DEAD_PX) return { knob: offset, wish: { x: 0, y: 0 } }
  const reach = Math.min(length, THUMB_TRAVEL_PX)
  const unit = { x: offset.x / length, y: offset.y / length }
  const strength = (reach - THUMB_DEAD_PX) / (THUMB_TRAVEL_PX - THUMB_DEAD_PX)
  return { knob: { x: unit.x * reach, y: unit.y * reach }, wish: { x: unit.x * strength, y: unit.y * strength } }
}
