import { TILE_KIND_NAMES, type TileKindName } from './tile-kinds.ts'
import { EMPTY_TILE, type WorldLayer } from './world-file.ts'

/** The character each kind gets where a program writes the rows, so that all such files read alike. */
const TILE_CHARS: Readonly<Record<TileKindName, string>> = {
  grass: 'g',
  meadow: 'm',
  moss: 'o',
  'forest-floor': 'f',
  soil: 's',
  sand: 'a',
  marsh: 'h',
  snow: 'n',
  path: 'p',
  gravel: 'v',
  cobble: 'c',
  stone: 't',
  bridge: '=',
  'floor-wood': 'w',
  'floor-stone': 'k',
  'floor-tile': 'l',
  carpet: 'r',
  stairs: '/',
  water: '~',
  'deep-water': 'D',
  rock: 'R',
  'wall-wood': 'L',
  'wall-plaster': 'P',
  'wall-stone': 'S',
  'wall-brick': 'B',
  'wall-glass': 'G',
  'window-wood': 'i',
  'window-plaster': 'j',
  'window-stone': 'q',
  'window-brick': 'u',
  hedge: 'H',
  fence: '+',
  railing: '-',
  pillar: 'I',
  barrier: '#',
}

/** A layer from a kind per tile, row by row. The legend lists only what is used, in the palette's order. */
export function writeLayer(id: string, width: number, tiles: readonly (TileKindName | undefined)[]): WorldLayer {
  const used = new Set(tiles)
  const legend: Record<string, TileKindName> = {}
  for (const kind of TILE_KIND_NAMES) if (used.has(kind)) legend[TILE_CHARS[kind]] = kind
  return { id, legend, rows: writeRows(width, tiles, kind => (kind === undefined ? EMPTY_TILE : TILE_CHARS[kind])) }
}

/** Rows of one character per tile, for layers and heights. */
export function writeRows<T>(width: number, tiles: readonly T[], charOf: (tile: T) => string): string[] {
  const rows: string[] = []
  for (let start = 0; start < tiles.length; start += width) {
    rows.push(
      tiles
        .slice(start, start + width)
        .map(charOf)
        .join(''),
    )
  }
  return rows
}
