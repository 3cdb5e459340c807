import type { WorldFile } from '@worldloom/capabilities/geography'

/** How many zones there can be: they lie in a square grid that fills the map. 1 stands for none: everybody is in the default zone. */
export const ZONE_COUNTS = [1, 4, 16, 25] as const

/** Tiles along one side of the map, its outer wall included. */
export const SIDE_TILES = 162
const WALL_TILES = 1

/** Spawn points in all, at most: what a World file may hold. */
const SPAWNS_MAX = 64

export interface Box {
  readonly x: number
  readonly y: number
  readonly size: number
}

/** The squares that the zones cover, in tiles. */
export function zoneBoxes(zones: number): readonly Box[] {
  const along = Math.round(Math.sqrt(zones))
  const size = Math.floor((SIDE_TILES - 2 * WALL_TILES) / along)
  return Array.from({ length: along * along }, (_, n) => ({
    x: WALL_TILES + (n % along) * size,
    y: WALL_TILES + Math.floor(n / along) * size,
    size,
  }))
}

/** A walled meadow of 162 × 162 tiles, with as many zones as wanted and spawn points all over it. */
export function plainWorld(zones: number): WorldFile {
  const boxes = zoneBoxes(zones)
  const spawnsAlong = Math.floor(Math.sqrt(SPAWNS_MAX / boxes.length))
  const wall = '#'.repeat(SIDE_TILES)
  const meadow = `#${'g'.repeat(SIDE_TILES - 2 * WALL_TILES)}#`
  return {
    formatVersion: 1,
    id: 'bench',
    meta: { name: 'Bench' },
    map: {
      width: SIDE_TILES,
      height: SIDE_TILES,
      layers: [
        {
          id: 'all',
          legend: { g: 'grass', '#': 'wall-stone' },
          rows: Array.from({ length: SIDE_TILES }, (_, row) => (row === 0 || row === SIDE_TILES - 1 ? wall : meadow)),
        },
      ],
      heights: Array.from({ length: SIDE_TILES }, () => '0'.repeat(SIDE_TILES)),
    },
    regions: [
      {
        id: 'meadow',
        name: 'Meadow',
        bounds: [{ x: 0, y: 0, width: SIDE_TILES, height: SIDE_TILES }],
        neighbours: [],
        ground: 50,
      },
    ],
    zones:
      zones === 1
        ? []
        : boxes.map(({ x, y, size }, n) => ({
            id: `zone-${n}`,
            name: `Zone ${n}`,
            type: 'OpenArea',
            region: 'meadow',
            bounds: [{ x, y, width: size, height: size }],
            overrides: {},
          })),
    doors: [],
    objects: [],
    spawnPoints: boxes.flatMap(({ x, y, size }, zone) =>
      Array.from({ length: spawnsAlong * spawnsAlong }, (_, n) => ({
        id: `spawn-${zone}-${n}`,
        position: {
          x: x + Math.floor(((1 + (n % spawnsAlong)) * size) / (1 + spawnsAlong)) + 0.5,
          y: y + Math.floor(((1 + Math.floor(n / spawnsAlong)) * size) / (1 + spawnsAlong)) + 0.5,
        },
      })),
    ),
  }
}
