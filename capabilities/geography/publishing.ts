import type { Geography, Point } from './geography.ts'
import type { WorldFile } from './world-file.ts'

/** What has a permanent id, and a life of its own in the state of some module. */
export const PERMANENT = ['regions', 'zones', 'doors', 'objects', 'spawnPoints'] as const
export type Permanent = (typeof PERMANENT)[number]

export type IdsByKind = Readonly<Record<Permanent, readonly string[]>>

/** What a new version of a world's map takes away and brings. State kept under a retired id retires with it. */
export interface Publication {
  readonly retired: IdsByKind
  readonly added: IdsByKind
}

/** Compares two versions of one world, ids in file order. Doors that stay are the same door, wherever they moved. */
export function comparePublished(before: WorldFile, after: WorldFile): Publication {
  return { retired: missingFrom(before, after), added: missingFrom(after, before) }
}

function missingFrom(file: WorldFile, other: WorldFile): IdsByKind {
  const missing = (kind: Permanent) => {
    const there = new Set(other[kind].map(({ id }) => id))
    return file[kind].map(({ id }) => id).filter(id => !there.has(id))
  }
  return {
    regions: missing('regions'),
    zones: missing('zones'),
    doors: missing('doors'),
    objects: missing('objects'),
    spawnPoints: missing('spawnPoints'),
  }
}

/**
 * Where someone who stands at a place goes when the map under them has changed: undefined when they may stay, else the
 * nearest free place. A place that is free but walled off from every spawn point also counts as lost.
 */
export function displaced(after: Geography, place: Point): Point | undefined {
  const free = after.nearestFree(place.x, place.y)
  return free.x === place.x && free.y === place.y ? undefined : free
}
