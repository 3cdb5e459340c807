import type { WorldRegion } from '@worldloom/capabilities/geography'

/** The five regions of Weftvale. Together they cover the map once. */
export const REGIONS: readonly WorldRegion[] = [
  {
    id: 'bellfell',
    name: 'Bellfell',
    mood: 'Wind over stone, and one bell that nobody rings.',
    bounds: [{ x: 0, y: 0, width: 96, height: 28 }],
    neighbours: ['coinlight', 'treadle', 'larkloom'],
    ground: 42,
  },
  {
    id: 'coinlight',
    name: 'Coinlight Wood',
    mood: 'The sun comes down in small change.',
    bounds: [{ x: 0, y: 28, width: 30, height: 50 }],
    neighbours: ['bellfell', 'treadle', 'selvage'],
    ground: 47,
  },
  {
    id: 'treadle',
    name: 'Treadle',
    mood: 'Bread, woodsmoke, and someone always humming.',
    bounds: [{ x: 30, y: 28, width: 33, height: 50 }],
    neighbours: ['bellfell', 'coinlight', 'larkloom', 'selvage'],
    ground: 56,
  },
  {
    id: 'larkloom',
    name: 'Larkloom',
    mood: 'Wide grass, high song, water that holds the sky.',
    bounds: [{ x: 63, y: 28, width: 33, height: 50 }],
    neighbours: ['bellfell', 'treadle', 'selvage'],
    ground: 53,
  },
  {
    id: 'selvage',
    name: 'The Selvage',
    mood: 'Where the land is hemmed, and the sea pulls at the thread.',
    bounds: [{ x: 0, y: 78, width: 96, height: 18 }],
    neighbours: ['coinlight', 'treadle', 'larkloom'],
    ground: 38,
  },
]

export const regionAt = (x: number, y: number): string =>
  REGIONS.find(({ bounds }) =>
    bounds.some(rect => x >= rect.x && y >= rect.y && x < rect.x + rect.width && y < rect.y + rect.height),
  )?.id ?? ''
