import { compileGeography, type Geography, type WorldFile } from '@worldloom/capabilities/geography'

/** A small world for tests, drawn by rows: `#` wall, `D` a door of one tile, anything else grass. */
export function drawnWorld(rows: readonly string[], objects: WorldFile['objects'] = []): Geography {
  const width = rows[0]?.length ?? 0
  const tiles = (pick: (char: string) => string) => rows.map(row => [...row].map(pick).join(''))
  const doors = rows.flatMap((row, y) =>
    [...row].flatMap((char, x) =>
      char === 'D'
        ? [
            {
              id: `door-${x}-${y}`,
              bounds: { x, y, width: 1, height: 1 },
              leadsToZone: 'hall',
              access: { type: 'open' as const },
              open: false,
            },
          ]
        : [],
    ),
  )
  return compileGeography({
    formatVersion: 1,
    id: 'drawn',
    meta: { name: 'Drawn' },
    map: {
      width,
      height: rows.length,
      layers: [
        { id: 'ground', legend: { g: 'grass' }, rows: tiles(() => 'g') },
        { id: 'walls', legend: { '#': 'wall-stone' }, rows: tiles(char => (char === '#' ? '#' : '.')) },
      ],
      heights: tiles(() => '0'),
    },
    regions: [
      { id: 'vale', name: 'Vale', bounds: [{ x: 0, y: 0, width, height: rows.length }], neighbours: [], ground: 40 },
    ],
    zones: [
      {
        id: 'hall',
        name: 'the Hall',
        type: 'OpenArea',
        region: 'vale',
        bounds: [{ x: 0, y: 0, width: 1, height: 1 }],
        overrides: {},
      },
    ],
    doors,
    objects,
    spawnPoints: [{ id: 'start', position: { x: 1.5, y: 1.5 } }],
  })
}
