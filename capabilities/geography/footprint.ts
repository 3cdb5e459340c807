import { OBJECT_TYPES } from './object-types.ts'
import { HALF_TILE, toUnits, UNITS_PER_TILE } from './units.ts'
import type { Rect, WorldObject } from './world-file.ts'

/** Footprint in tiles, given or by type. Turned by a quarter, width and height change places when the type gave them. */
export function sizeOf(object: WorldObject): { readonly width: number; readonly height: number } {
  if (object.size) return object.size
  const { width, height } = OBJECT_TYPES[object.type]
  return object.facing === 'e' || object.facing === 'w' ? { width: height, height: width } : { width, height }
}

export const isSolidObject = (object: WorldObject): boolean => object.solid ?? OBJECT_TYPES[object.type].solid

/** The tiles whose middles lie under an object. May reach over the edge of the map. */
export function footprintOf(object: WorldObject): Rect {
  const { width, height } = sizeOf(object)
  const first = (middle: number, tiles: number) =>
    Math.ceil((toUnits(middle) - tiles * HALF_TILE - HALF_TILE) / UNITS_PER_TILE)
  return { x: first(object.position.x, width), y: first(object.position.y, height), width, height }
}
