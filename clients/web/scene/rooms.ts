import { footprintOf, type Rect, type WorldObject } from '@worldloom/capabilities/geography'
import type { Land } from './land.ts'

/** Rooms fit one byte per vertex; number 0 means none. */
export const ROOMS_MAX = 255

/** The inside of a house: what its roof covers. Roof and near walls part when one is in it. */
export interface Room {
  readonly number: number
  readonly object: WorldObject
  readonly rect: Rect
}

export interface Rooms {
  readonly list: readonly Room[]
  /** Number of the room over a tile, 0 for none. */
  readonly at: (column: number, row: number) => number
}

export function findRooms(land: Land): Rooms {
  const { width, height } = land
  const cells = new Uint8Array(width * height)
  const list: Room[] = []
  for (const object of land.geography.file.objects) {
    if (object.type !== 'house' || list.length === ROOMS_MAX) continue
    const rect = footprintOf(object)
    const number = list.length + 1
    list.push({ number, object, rect })
    for (let row = Math.max(0, rect.y); row < Math.min(height, rect.y + rect.height); row += 1) {
      for (let column = Math.max(0, rect.x); column < Math.min(width, rect.x + rect.width); column += 1) {
        cells[row * width + column] = number
      }
    }
  }
  const at = (column: number, row: number) =>
    column < 0 || row < 0 || column >= width || row >= height ? 0 : (cells[row * width + column] ?? 0)
  return { list, at }
}
