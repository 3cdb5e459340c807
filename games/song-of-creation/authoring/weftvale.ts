import { tileKind, WORLD_FORMAT_VERSION, type WorldFile } from '@worldloom/capabilities/geography'
import { type Canvas, createCanvas, isWater, tileAt, writeMap } from './canvas.ts'
import {
  digRiver,
  exposeRock,
  fillLake,
  floodSouth,
  type Hill,
  PLAIN_LEVEL,
  raiseHills,
  SHRINE_LEVEL,
  smooth,
  terrace,
  treadPath,
} from './land.ts'
import { bandAround, type Corner, tilesAlong } from './lines.ts'
import { buildFell, buildMeadow, buildShore, buildWood } from './outlands.ts'
import { growGround, plantTrees, scatter } from './plants.ts'
import { REGIONS } from './regions.ts'
import { buildVillage, VILLAGE_LANES } from './village.ts'

export const WIDTH = 96
export const HEIGHT = 96

const HILLS: readonly Hill[] = [
  { x: 44, y: 9, top: SHRINE_LEVEL, tilesPerStep10: 14, plateau: 6 },
  { x: 18, y: 9, top: 11, tilesPerStep10: 16, plateau: 3 },
  { x: 75, y: 7, top: 11, tilesPerStep10: 15, plateau: 3 },
  { x: 7, y: 38, top: 6, tilesPerStep10: 20, plateau: 1 },
  { x: 86, y: 64, top: 5, tilesPerStep10: 18, plateau: 4 },
]

const LAKE_LEVEL = 1
const RIVER: readonly Corner[] = [
  [69, 44],
  [65, 51],
  [64, 60],
  [68, 68],
  [63, 75],
  [62, 88],
]

/** Wide enough for two carts. */
const ROADS: readonly (readonly Corner[])[] = [
  [
    [30, 58],
    [69, 58],
  ],
  [
    [47, 33],
    [47, 83],
  ],
]

/** For feet. */
const TRAILS: readonly (readonly Corner[])[] = [
  [
    [30, 58],
    [24, 54],
    [19, 51],
  ],
  [
    [15, 47],
    [12, 41],
    [18, 33],
    [30, 33],
    [47, 34],
  ],
  [
    [24, 54],
    [22, 63],
  ],
  [
    [47, 33],
    [48, 28],
    [55, 23],
    [53, 19],
    [44, 18],
    [39, 20],
    [36, 16],
    [39, 11],
    [41, 10],
  ],
  [
    [69, 58],
    [74, 59],
    [78, 55],
    [78, 50],
  ],
  [
    [73, 57],
    [73, 59],
  ],
  [
    [74, 59],
    [80, 60],
    [84, 64],
  ],
  [
    [46, 79],
    [34, 77],
    [24, 78],
    [15, 78],
    [15, 83],
  ],
  [
    [48, 77],
    [51, 76],
    [59, 79],
    [70, 79],
    [82, 78],
  ],
  [
    [48, 80],
    [51, 80],
  ],
  [
    [55, 20],
    [56, 20],
  ],
]

/** The valley of the first game. Every call makes the same file. */
export function composeWeftvale(): WorldFile {
  const canvas = createCanvas(WIDTH, HEIGHT, 'grass', PLAIN_LEVEL)
  const ways = waysOf(canvas)
  raiseHills(canvas, HILLS)
  smooth(canvas)
  terrace(canvas, PLAIN_LEVEL, 3, ways)
  floodSouth(canvas, 83)
  fillLake(canvas, 78, 40, 13, 9, LAKE_LEVEL)
  digRiver(canvas, RIVER, LAKE_LEVEL)
  buildFell(canvas)
  buildShore(canvas)
  buildWood(canvas)
  buildMeadow(canvas)
  for (const lane of VILLAGE_LANES) treadPath(canvas, lane, 0)
  for (const road of ROADS) treadPath(canvas, road, 1)
  for (const trail of TRAILS) treadPath(canvas, trail, 0)
  buildVillage(canvas)
  const built = canvas.built.flatMap((kind, tile) => (kind === undefined ? [] : [tile]))
  exposeRock(canvas, new Set([...ways, ...built]))
  layStairs(canvas)
  growGround(canvas)
  plantTrees(canvas)
  scatter(canvas)
  return {
    formatVersion: WORLD_FORMAT_VERSION,
    id: 'song',
    meta: {
      name: 'Weftvale',
      description: 'A valley between the fell and the sea, with a village of weavers in the middle of it.',
      author: 'The Worldloom authors',
      licence: 'Apache-2.0',
    },
    map: writeMap(canvas),
    regions: REGIONS,
    zones: canvas.zones,
    doors: canvas.doors,
    objects: [...canvas.objects.values()],
    spawnPoints: [
      { id: 'square-south', position: { x: 47.5, y: 60.5 } },
      { id: 'square-west', position: { x: 44.5, y: 58.5 } },
      { id: 'square-east', position: { x: 50.5, y: 58.5 } },
    ],
  }
}

/** Tiles on and beside every way: slopes stay gentle there. */
function waysOf(canvas: Canvas): Set<number> {
  const lines = [...ROADS, ...TRAILS, ...VILLAGE_LANES].map(tilesAlong)
  return new Set(lines.flatMap(line => [...bandAround(canvas, line, 1).keys()]))
}

/** Where a trail climbs, its tiles are stairs. */
function layStairs(canvas: Canvas): void {
  for (const [x, y] of TRAILS.flatMap(tilesAlong)) {
    const tile = tileAt(canvas, x, y)
    const height = canvas.heights[tile] ?? 0
    if (canvas.built[tile] !== 'path' || height <= PLAIN_LEVEL + 1) continue
    const climbs = [1, -1, canvas.width, -canvas.width].some(step => {
      const beside = tile + step
      return canvas.built[beside] === 'path' && Math.abs((canvas.heights[beside] ?? height) - height) === 1
    })
    if (climbs && !isWater(canvas, x, y) && !tileKind(canvas.ground[tile] ?? 'grass').solid)
      canvas.built[tile] = 'stairs'
  }
}
