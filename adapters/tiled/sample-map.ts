import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'

/** Ways in which Tiled writes the tiles of a layer. */
export const ENCODINGS = ['plain', 'csv', 'base64', 'gzip', 'zlib', 'zstd'] as const
export type Encoding = (typeof ENCODINGS)[number]

/** Tiles of a layer as Tiled would write them; `plain` is a JSON list, or `<tile>` elements. */
export function encodeTiles(gids: readonly number[], encoding: Encoding) {
  if (encoding === 'plain') return { data: [...gids] }
  if (encoding === 'csv') return { encoding: 'csv', data: gids.join(',') }
  const bytes = Buffer.alloc(gids.length * 4)
  gids.forEach((gid, index) => {
    bytes.writeUInt32LE(gid >>> 0, index * 4)
  })
  const compress = { base64: (raw: Buffer) => raw, gzip: gzipSync, zlib: deflateSync, zstd: zstdCompressSync }[encoding]
  return {
    encoding: 'base64',
    compression: encoding === 'base64' ? '' : encoding,
    data: Buffer.from(compress(bytes)).toString('base64'),
  }
}

/** Global ids of the sample tileset. */
export const GRASS = 1
export const WATER = 2
export const WALL = 3
export const CHAIR = 4
export const MYSTERY = 5

export const TILESET = {
  firstgid: 1,
  name: 'sample',
  tilecount: 5,
  tilewidth: 32,
  tileheight: 32,
  tiles: [
    { id: 0, type: 'grass' },
    { id: 1, type: 'water', properties: [{ name: 'collides', type: 'bool', value: true }] },
    { id: 2, type: 'stone wall', properties: [{ name: 'collides', type: 'bool', value: true }] },
    { id: 3, type: 'chair' },
  ],
}

export const WIDTH = 6
export const HEIGHT = 5

/** Grass with a pond and a wall. */
export const TILES: readonly number[] = [
  [1, 1, 1, 1, 1, 1],
  [1, 2, 2, 1, 3, 1],
  [1, 2, 2, 1, 3, 1],
  [1, 1, 1, 1, 3, 1],
  [1, 1, 1, 1, 1, 1],
].flat()

export const tileLayer = (rest: object = {}, gids: readonly number[] = TILES, encoding: Encoding = 'plain') => ({
  type: 'tilelayer',
  name: 'ground',
  width: WIDTH,
  height: HEIGHT,
  ...encodeTiles(gids, encoding),
  ...rest,
})

/** Only some tiles set. */
export const sparse = (tiles: Readonly<Record<number, number>>): readonly number[] =>
  Array.from({ length: WIDTH * HEIGHT }, (_, index) => tiles[index] ?? 0)

export const objectLayer = (objects: readonly object[], rest: object = {}) => ({
  type: 'objectgroup',
  name: 'things',
  objects: objects.map((object, index) => ({ id: index + 1, name: `o${index + 1}`, x: 0, y: 0, ...object })),
  ...rest,
})

/** An area of whole tiles with truth-valued or text properties. */
export const area = (
  name: string,
  x: number,
  y: number,
  width: number,
  height: number,
  properties: Readonly<Record<string, unknown>>,
) => ({
  name,
  type: 'area',
  x: x * 32,
  y: y * 32,
  width: width * 32,
  height: height * 32,
  properties: Object.entries(properties).map(([key, value]) => ({ name: key, type: typeof value, value })),
})

/** A whole map as JSON bytes. */
export const sampleMap = (layers: readonly object[] = [tileLayer()], rest: object = {}): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify({
      type: 'map',
      orientation: 'orthogonal',
      width: WIDTH,
      height: HEIGHT,
      tilewidth: 32,
      tileheight: 32,
      infinite: false,
      tilesets: [TILESET],
      layers,
      ...rest,
    }),
  )

/** The sample map as XML bytes. */
export function sampleXml(encoding: Encoding, rest = '', tileset = XML_TILESET): Uint8Array {
  const written = encodeTiles(TILES, encoding)
  const attributes = Object.entries(written)
    .filter(([name, value]) => name !== 'data' && value !== '')
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('')
  const data = Array.isArray(written.data)
    ? written.data.map(gid => (gid === 0 ? '<tile/>' : `<tile gid="${gid}"/>`)).join('')
    : `\n   ${written.data}\n  `
  return new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>
<map version="1.10" orientation="orthogonal" width="${WIDTH}" height="${HEIGHT}" tilewidth="32" tileheight="32" infinite="0">
 ${tileset}
 <layer id="1" name="ground" width="${WIDTH}" height="${HEIGHT}">
  <data${attributes}>${data}</data>
 </layer>${rest}
</map>`)
}

const TILE_ELEMENTS = ` <tile id="0" type="grass"/>
  <tile id="1" type="water"><properties><property name="collides" type="bool" value="true"/></properties></tile>
  <tile id="2" class="stone wall"><objectgroup><object id="1" x="0" y="0" width="32" height="32"/></objectgroup></tile>
  <tile id="3" type="chair"/>`

export const XML_TILESET = `<tileset firstgid="1" name="sample" tilewidth="32" tileheight="32" tilecount="5">
 ${TILE_ELEMENTS}
 </tileset>`

/** As an external file. */
export const XML_TILESET_FILE = `<?xml version="1.0"?>
<tileset name="sample" tilewidth="32" tileheight="32" tilecount="5">
 ${TILE_ELEMENTS}
</tileset>`
