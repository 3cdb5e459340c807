import type { Land } from './land.ts'
import { KIND, type MeshBuilder } from './mesh-builder.ts'
import { hash, smoothNoise } from './noise.ts'
import { STONE, scale } from './palette.ts'
import { flowers, grassTuft } from './plants.ts'
import { blob } from './solids.ts'

/** Grass, a few flowers and pebbles that no World file has to list. They stop nobody and mean nothing. */
export function buildScatter(mesh: MeshBuilder, land: Land, x0: number, y0: number, x1: number, y1: number): void {
  mesh.room = 0
  mesh.object = 0
  for (let row = y0; row < y1; row += 1) {
    for (let column = x0; column < x1; column += 1) {
      if (land.geography.isSolid(column, row) || land.geography.doorAt(column, row)) continue
      const kind = land.kindAt(column, row)
      const n = hash(column, row, 71)
      const thick = smoothNoise(column / 5, row / 5, 72)
      const x = column + 0.25 + hash(column, row, 73) * 0.5
      const y = row + 0.25 + hash(column, row, 74) * 0.5
      mesh.as(KIND.low).place(x, land.topAt(column, row) - 0.01, y, hash(column, row, 75) * 6)
      const seed = column * 977 + row
      if (kind === 'grass' || kind === 'moss' || kind === 'forest-floor') {
        if (n < 0.1 + thick * 0.26) grassTuft(mesh, seed, 5, 0.72)
        else if (n > 0.985) flowers(mesh, seed, 3, 0.2)
      } else if (kind === 'meadow') {
        if (n < 0.2 + thick * 0.3) grassTuft(mesh, seed, 6, 0.85)
        else if (n > 0.9) flowers(mesh, seed, 4, 0.3)
      } else if ((kind === 'path' || kind === 'gravel' || kind === 'sand' || kind === 'soil') && n > 0.93) {
        const s = 0.05 + hash(column, row, 76) * 0.06
        blob(
          mesh,
          [0, s * 0.3, 0],
          [s * 1.3, s, s],
          { low: scale(STONE.mid, 0.8), high: STONE.light },
          { segments: 5, rings: 4, seed },
        )
      }
    }
  }
}
