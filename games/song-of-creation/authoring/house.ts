import type { Direction, Rect, TileKindName, Tone, ZoneType } from '@worldloom/capabilities/geography'
import { build, type Canvas, eachTile, place, raise, tileAt } from './canvas.ts'

/** A house: an outer rectangle of walls around a floor, one door, windows in every wall, a roof over all. */
export interface HousePlan {
  /** Stem of the ids of its zone, door, roof and furniture. */
  readonly id: string
  readonly name: string
  readonly bounds: Rect
  readonly region: string
  readonly zone: ZoneType
  readonly walls: 'plaster' | 'wood' | 'stone' | 'brick'
  readonly floor: TileKindName
  readonly tone: Tone
  /** The side the door is on. */
  readonly side: Extract<Direction, 'n' | 'e' | 's' | 'w'>
  /** Tiles from the north or west end of that side to the door. */
  readonly at: number
  readonly open?: boolean
  readonly level: number
}

/** Builds a house. The ground below and one tile around is levelled, so that the door can be walked through. */
export function buildHouse(canvas: Canvas, plan: HousePlan): void {
  const { x, y, width, height } = plan.bounds
  const wall: TileKindName = `wall-${plan.walls}`
  const window: TileKindName = `window-${plan.walls}`
  const inner: Rect = { x: x + 1, y: y + 1, width: width - 2, height: height - 2 }
  eachTile({ x: x - 1, y: y - 1, width: width + 2, height: height + 2 }, (column, row) => {
    const tile = tileAt(canvas, column, row)
    canvas.heights[tile] = plan.level
    canvas.taken.add(tile)
  })
  build(canvas, plan.bounds, plan.floor)
  raise(canvas, plan.bounds, wall)
  eachTile(inner, (column, row) => {
    canvas.standing[tileAt(canvas, column, row)] = undefined
  })
  const door = doorTile(plan)
  // A window every third tile of a wall, never in a corner, never beside the door.
  eachTile(plan.bounds, (column, row) => {
    const onWestEast = column === x || column === x + width - 1
    const onNorthSouth = row === y || row === y + height - 1
    if (onWestEast === onNorthSouth) return
    const along = onWestEast ? row - y : column - x
    const length = onWestEast ? height : width
    const fromMiddle = Math.abs(2 * along - (length - 1))
    const isNearDoor = Math.abs(column - door.x) + Math.abs(row - door.y) < 2
    const isWindow = length <= 6 ? fromMiddle <= 1 : along % 3 === 2
    if (isWindow && !isNearDoor) canvas.standing[tileAt(canvas, column, row)] = window
  })
  canvas.doors.push({
    id: `${plan.id}-door`,
    bounds: { ...door, width: 1, height: 1 },
    leadsToZone: plan.id,
    access: { type: 'open' },
    open: plan.open ?? false,
  })
  canvas.zones.push({
    id: plan.id,
    name: plan.name,
    type: plan.zone,
    region: plan.region,
    bounds: [inner],
    overrides: {},
  })
  place(canvas, `${plan.id}-roof`, 'house', x + width / 2, y + height / 2, {
    facing: plan.side,
    size: { width, height },
    tone: plan.tone,
    name: plan.name,
  })
}

function doorTile({ bounds: { x, y, width, height }, side, at }: HousePlan): {
  readonly x: number
  readonly y: number
} {
  if (side === 'n') return { x: x + at, y }
  if (side === 's') return { x: x + at, y: y + height - 1 }
  return { x: side === 'w' ? x : x + width - 1, y: y + at }
}
