import { DEFAULT_ZONE, type Geography, HALF_TILE, isMoreParticular, tileOf } from '@worldloom/capabilities/geography'

/** How far past the edge one stays a member of the zone or region one comes from. In units. */
export const EDGE_GRACE = HALF_TILE

/**
 * The zone someone belongs to who came to a position from a zone. More particular zones are entered at once; any other
 * is entered `EDGE_GRACE` past the edge of the old one, so that nobody flickers between two sets of people.
 */
export function zoneFrom(geography: Geography, x: number, y: number, from: string): string {
  const found = geography.zoneAt(tileOf(x), tileOf(y))
  if (found === from || outranks(geography, found, from)) return found
  return isNear(x, y, (column, row) => geography.zoneAt(column, row) === from) ? from : found
}

/** The same for regions, which have no order. Where there is none, one still belongs to the region one came from. */
export function regionFrom(geography: Geography, x: number, y: number, from: string): string {
  const found = geography.regionAt(tileOf(x), tileOf(y))
  if (found === from || found === '') return from
  return isNear(x, y, (column, row) => geography.regionAt(column, row) === from) ? from : found
}

/** The zone of someone the server puts at a position. */
export const zoneOf = (geography: Geography, x: number, y: number): string => geography.zoneAt(tileOf(x), tileOf(y))

/** The region of someone the server puts at a position: where there is none, the one before, else the file's first. */
export function regionOf(geography: Geography, x: number, y: number, before = ''): string {
  const found = geography.regionAt(tileOf(x), tileOf(y))
  if (found !== '') return found
  return geography.region(before) ? before : (geography.file.regions[0]?.id ?? before)
}

function outranks(geography: Geography, zone: string, than: string): boolean {
  const entered = geography.zone(zone)
  const left = geography.zone(than)
  if (!entered) return false
  return left ? isMoreParticular(entered.type, left.type) : than === DEFAULT_ZONE
}

/** Whether a tile nearer than `EDGE_GRACE` in both directions passes. That square covers four tiles at most. */
function isNear(x: number, y: number, passes: (column: number, row: number) => boolean): boolean {
  const left = tileOf(x - EDGE_GRACE + 1)
  const right = tileOf(x + EDGE_GRACE - 1)
  const top = tileOf(y - EDGE_GRACE + 1)
  const bottom = tileOf(y + EDGE_GRACE - 1)
  return passes(left, top) || passes(right, top) || passes(left, bottom) || passes(right, bottom)
}
