import type { TileKindName, WorldFile } from '@worldloom/capabilities/geography'
import { hash, smoothNoise } from './noise.ts'

const SIDE = 32
const LEGEND = {
  g: 'grass',
  m: 'meadow',
  f: 'forest-floor',
  p: 'path',
  c: 'cobble',
  s: 'sand',
  w: 'water',
  d: 'deep-water',
  b: 'bridge',
  r: 'rock',
  o: 'floor-wood',
  W: 'wall-plaster',
  G: 'window-plaster',
  H: 'hedge',
  F: 'fence',
  S: 'stairs',
} as const satisfies Readonly<Record<string, TileKindName>>

type Mutable = { -readonly [K in keyof WorldFile]: WorldFile[K] }

/** A small valley with one of everything, for the stage and for tests. The same at each call. */
export function stageWorld(): WorldFile {
  const ground: string[][] = []
  const standing: string[][] = []
  const heights: string[][] = []
  for (let y = 0; y < SIDE; y += 1) {
    ground.push([])
    standing.push([])
    heights.push([])
    for (let x = 0; x < SIDE; x += 1) {
      const river = Math.abs(x - 22 - Math.floor((smoothNoise(y / 6, 1, 4) - 0.5) * 5))
      const hill = Math.max(
        0,
        Math.floor((smoothNoise(x / 6, y / 6, 9) - 0.45) * 9 - Math.max(0, 6 - Math.hypot(x - 12, y - 14) / 2)),
      )
      const kind =
        river <= 1
          ? 'd'
          : river <= 2
            ? 'w'
            : river === 3
              ? 's'
              : hill > 2
                ? 'r'
                : smoothNoise(x / 5, y / 5, 2) > 0.6
                  ? 'm'
                  : y < 7
                    ? 'f'
                    : 'g'
      ground[y]?.push(kind)
      standing[y]?.push('.')
      heights[y]?.push(river <= 3 ? '1' : String(1 + Math.min(4, hill)))
    }
  }
  const set = (cells: string[][], x: number, y: number, char: string) => {
    const line = cells[y]
    if (line) line[x] = char
  }
  for (let y = 8; y < 20; y += 1) for (let x = 4; x < 18; x += 1) set(heights, x, y, '1')
  for (let x = 2; x < 30; x += 1) {
    const isRiver = ground[16]?.[x] === 'd' || ground[16]?.[x] === 'w'
    set(ground, x, 16, isRiver ? 'b' : 'p')
    set(heights, x, 16, '1')
  }
  for (let y = 13; y < 16; y += 1) for (let x = 10; x < 14; x += 1) set(ground, x, y, 'c')
  for (let y = 9; y < 14; y += 1) {
    for (let x = 5; x < 10; x += 1) {
      set(ground, x, y, 'o')
      if (x === 5 || x === 9 || y === 9 || y === 13) set(standing, x, y, (x + y) % 4 === 0 ? 'G' : 'W')
    }
  }
  for (let x = 3; x < 16; x += 1) set(standing, x, 19, x < 9 ? 'H' : 'F')
  const objects: Mutable['objects'][number][] = [
    { id: 'house', type: 'house', position: { x: 7.5, y: 11.5 }, size: { width: 5, height: 5 }, tone: 'clay' },
    { id: 'well', type: 'well', position: { x: 12.5, y: 13.5 } },
    { id: 'lamp', type: 'lamp', position: { x: 10.5, y: 15.5 } },
    {
      id: 'bench',
      type: 'bench',
      position: { x: 14, y: 15.5 },
      facing: 's',
      interaction: { action: 'sit' },
      occupancy: 'single',
    },
    { id: 'table', type: 'table', position: { x: 7.5, y: 11.5 } },
    { id: 'chair', type: 'chair', position: { x: 6.5, y: 11.5 }, facing: 'e', interaction: { action: 'sit' } },
    { id: 'sign', type: 'signpost', position: { x: 15.5, y: 17.5 } },
  ]
  const trees = ['tree-oak', 'tree-pine', 'tree-birch', 'tree-willow', 'rock', 'bush', 'flower'] as const
  for (let y = 1; y < SIDE; y += 2) {
    for (let x = 1; x < SIDE; x += 2) {
      const free = 'gfm'.includes(ground[y]?.[x] ?? '') && standing[y]?.[x] === '.'
      if (!free || hash(x, y, 1) > (y < 7 ? 0.7 : 0.25) || (x > 3 && x < 19 && y > 7 && y < 19)) continue
      const type = trees[Math.floor(hash(x, y, 2) * trees.length)] ?? 'tree-oak'
      objects.push({ id: `thing-${x}-${y}`, type, position: { x: x + 0.5, y: y + 0.5 } })
    }
  }
  const rows = (cells: string[][]) => cells.map(line => line.join(''))
  return {
    formatVersion: 1,
    id: 'stage',
    meta: { name: 'Stage' },
    map: {
      width: SIDE,
      height: SIDE,
      layers: [
        { id: 'ground', legend: LEGEND, rows: rows(ground) },
        { id: 'standing', legend: LEGEND, rows: rows(standing) },
      ],
      heights: rows(heights),
    },
    regions: [
      { id: 'valley', name: 'Valley', bounds: [{ x: 0, y: 0, width: SIDE, height: SIDE }], neighbours: [], ground: 50 },
    ],
    zones: [],
    doors: [
      {
        id: 'door',
        bounds: { x: 7, y: 13, width: 1, height: 1 },
        leadsToZone: 'default',
        access: { type: 'open' },
        open: false,
      },
    ],
    objects,
    spawnPoints: [{ id: 'start', position: { x: 12.5, y: 16.5 } }],
  }
}
