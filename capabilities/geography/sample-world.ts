import type { TileKindName } from './tile-kinds.ts'
import type { WorldDoor, WorldFile } from './world-file.ts'

const LEGEND: Readonly<Record<string, TileKindName>> = {
  g: 'grass',
  '#': 'wall-stone',
  '~': 'water',
  D: 'deep-water',
  '=': 'bridge',
}

/**
 * A valid World file around a picture: `g` grass, `#` wall, `~` and `D` water, `=` bridge, `+` a door in a wall (named
 * `door-<column>-<row>`), `@` a spawn point. For trying the rules of space on maps one can see.
 */
export function sampleWorld(picture: readonly string[], rest: Partial<WorldFile> = {}): WorldFile {
  const width = picture[0]?.length ?? 0
  const height = picture.length
  const doors: WorldDoor[] = []
  const spawnPoints: { id: string; position: { x: number; y: number } }[] = []
  const rows = picture.map((line, row) =>
    [...line]
      .map((char, column) => {
        if (char === '@')
          spawnPoints.push({ id: `spawn-${column}-${row}`, position: { x: column + 0.5, y: row + 0.5 } })
        if (char !== '+') return char === '@' ? 'g' : char
        doors.push({
          id: `door-${column}-${row}`,
          bounds: { x: column, y: row, width: 1, height: 1 },
          leadsToZone: 'default',
          access: { type: 'open' },
          open: true,
        })
        return 'g'
      })
      .join(''),
  )
  return {
    formatVersion: 1,
    id: 'sample',
    meta: { name: 'Sample' },
    map: {
      width,
      height,
      layers: [{ id: 'all', legend: LEGEND, rows }],
      heights: picture.map(() => '0'.repeat(width)),
    },
    regions: [{ id: 'land', name: 'Land', bounds: [{ x: 0, y: 0, width, height }], neighbours: [], ground: 50 }],
    zones: [],
    doors,
    objects: [],
    spawnPoints,
    ...rest,
  }
}
