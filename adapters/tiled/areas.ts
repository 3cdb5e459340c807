import {
  RECTS_MAX,
  type Rect,
  type WorldZone,
  ZONE_TYPES,
  ZONES_MAX,
  type ZoneType,
} from '@worldloom/capabilities/geography'
import { isSet, type Properties } from './document.ts'
import { MEETING_PROPERTIES } from './layers.ts'
import type { TakeNote } from './note.ts'

/** A part of the map with properties, before it becomes a zone. */
export interface Area {
  readonly where: string
  readonly name: string
  readonly properties: Properties
  readonly tiles: ReadonlySet<number>
}

/** The zone type an area's properties ask for, or undefined when they ask for none. */
export function zoneTypeOf(properties: Properties): ZoneType | undefined {
  const named = ZONE_TYPES.find(type => type === properties.get('zonetype'))
  if (named) return named
  if (isSet(properties.get('private'))) return 'PrivateRoom'
  if ([...properties.keys()].some(name => MEETING_PROPERTIES.has(name))) return 'MeetingRoom'
  return isSet(properties.get('silent')) ? 'OpenArea' : undefined
}

/**
 * Zones from areas, in order: an area that shares tiles with an earlier one gives them up, except for a PrivateRoom
 * wholly inside a TeamArea.
 */
export function zonesFrom(areas: readonly Area[], width: number, region: string, note: TakeNote): WorldZone[] {
  const holders = new Map<number, WorldZone>()
  const zones: WorldZone[] = []
  for (const { where, name, properties, tiles } of areas) {
    const type = zoneTypeOf(properties)
    if (!type) continue
    const inside = new Set([...tiles].map(tile => holders.get(tile)))
    const [host] = inside
    const isNested = type === 'PrivateRoom' && inside.size === 1 && host?.type === 'TeamArea'
    const free = isNested ? tiles : new Set([...tiles].filter(tile => !holders.has(tile)))
    if (free.size < tiles.size) {
      note('zone-carved', where, `${tiles.size - free.size} of ${tiles.size} tiles belong to an earlier zone.`)
    }
    const bounds = rectsOf(free, width)
    if (bounds.length === 0) continue
    if (bounds.length > RECTS_MAX || zones.length === ZONES_MAX) {
      note('area-dropped', where, `More than ${RECTS_MAX} rectangles, or more than ${ZONES_MAX} zones.`)
      continue
    }
    const zone: WorldZone = {
      id: idFor(name, 'zone', new Set(zones.map(({ id }) => id).concat('default'))),
      name: name === '' ? 'Zone' : name,
      type,
      region,
      bounds,
      overrides: isSet(properties.get('silent')) ? { audio: 'off' } : {},
    }
    zones.push(zone)
    for (const tile of free) holders.set(tile, zone)
  }
  return zones
}

/** A set of tiles as rectangles: runs of each row, joined downwards while they stay the same. */
export function rectsOf(tiles: ReadonlySet<number>, width: number): Rect[] {
  const rects: { x: number; y: number; width: number; height: number }[] = []
  const growing = new Map<string, { x: number; y: number; width: number; height: number }>()
  for (const tile of [...tiles].sort((a, b) => a - b)) {
    const x = tile % width
    if (x > 0 && tiles.has(tile - 1)) continue
    const y = Math.floor(tile / width)
    let length = 1
    while (x + length < width && tiles.has(tile + length)) length += 1
    const above = growing.get(`${x} ${length}`)
    if (above && above.y + above.height === y) above.height += 1
    else {
      const rect = { x, y, width: length, height: 1 }
      rects.push(rect)
      growing.set(`${x} ${length}`, rect)
    }
  }
  return rects
}

/** A free permanent id from a name: letters, digits and dashes, numbered where names repeat. */
export function idFor(name: string, fallback: string, taken: ReadonlySet<string>): string {
  const stem =
    name
      .normalize('NFKD')
      .replace(/([a-z])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 48) || fallback
  if (!taken.has(stem)) return stem
  let number = 2
  while (taken.has(`${stem}-${number}`)) number += 1
  return `${stem}-${number}`
}
