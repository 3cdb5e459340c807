import { gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib'
import { MAP_TILES_MAX } from '@worldloom/capabilities/geography'
import { Fault } from '@worldloom/contract'
import type { TileLayer } from './document.ts'

/** A rectangle of global tile ids, row by row, flip flags still in the upper bits. Positions may be negative. */
export interface Block {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly gids: Uint32Array | readonly number[]
}

/** The tiles of a layer, unpacked: one block, or one per chunk of an infinite map. */
export function unpackLayer(layer: TileLayer): readonly Block[] {
  const packed = layer.chunks ?? [{ x: 0, y: 0, width: layer.width, height: layer.height, data: layer.data ?? [] }]
  return packed.map(block => {
    const { x, y, width, height } = block
    if (width > MAP_TILES_MAX || height > MAP_TILES_MAX) {
      throw new Fault('map-too-large', `Layer "${layer.name}" is larger than ${MAP_TILES_MAX} tiles on a side.`)
    }
    const gids = unpack(block.data, layer, width * height)
    if (gids.length !== width * height) {
      throw new Fault(
        'map-unreadable',
        `Layer "${layer.name}" has ${gids.length} tiles where ${width} × ${height} are announced.`,
      )
    }
    return { x, y, width, height, gids }
  })
}

function unpack(data: string | readonly number[], layer: TileLayer, tiles: number): Uint32Array | readonly number[] {
  if (typeof data !== 'string') return data
  if (layer.encoding !== 'base64') {
    const cells = data.split(',', tiles + 1).map(cell => Number(cell.trim()))
    if (cells.every(cell => Number.isInteger(cell) && cell >= 0 && cell <= 0xffff_ffff)) return cells
    throw new Fault('map-unreadable', `Layer "${layer.name}" has tiles that are not numbers.`)
  }
  const bytes = inflate(Buffer.from(data.trim(), 'base64'), layer, tiles * 4)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Uint32Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => view.getUint32(index * 4, true))
}

/** Never yields more than the layer's size says: a small file cannot unpack to fill the memory. */
function inflate(bytes: Uint8Array, { name, compression = '' }: TileLayer, bytesMax: number): Uint8Array {
  const options = { maxOutputLength: Math.max(1, bytesMax) }
  try {
    if (compression === 'gzip') return gunzipSync(bytes, options)
    if (compression === 'zlib') return inflateSync(bytes, options)
    if (compression === 'zstd') return zstdDecompressSync(bytes, options)
    return bytes
  } catch (error) {
    throw new Fault(
      'map-unreadable',
      `Layer "${name}" cannot be unpacked, or holds more than its size.`,
      'never',
      error,
    )
  }
}
