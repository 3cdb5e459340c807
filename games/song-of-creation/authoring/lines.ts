import { type Canvas, isInside } from './canvas.ts'

export type Corner = readonly [x: number, y: number]

/** Every tile on straight lines from corner to corner, in order, each once. Steps across become two steps. */
export function tilesAlong(corners: readonly Corner[]): readonly Corner[] {
  const tiles: Corner[] = []
  corners.slice(1).forEach(([toX, toY], index) => {
    const [fromX, fromY] = corners[index] ?? [toX, toY]
    const dx = Math.abs(toX - fromX)
    const dy = Math.abs(toY - fromY)
    let [x, y] = [fromX, fromY]
    if (tiles.length === 0) tiles.push([x, y])
    let error = dx - dy
    while (x !== toX || y !== toY) {
      if (x !== toX && (error > 0 || y === toY)) {
        error -= 2 * dy
        x += Math.sign(toX - x)
      } else {
        error += 2 * dx
        y += Math.sign(toY - y)
      }
      tiles.push([x, y])
    }
  })
  return tiles
}

/** Tiles within `reach` of a line, nearest line tile first, with the distance (the greater of columns and rows). */
export function bandAround(
  canvas: Canvas,
  line: readonly Corner[],
  reach: number,
): ReadonlyMap<number, { readonly x: number; readonly y: number; readonly distance: number }> {
  const band = new Map<number, { x: number; y: number; distance: number }>()
  for (let distance = 0; distance <= reach; distance += 1) {
    for (const [x, y] of line) {
      for (let dy = -distance; dy <= distance; dy += 1) {
        for (let dx = -distance; dx <= distance; dx += 1) {
          const [column, row] = [x + dx, y + dy]
          const tile = row * canvas.width + column
          if (isInside(canvas, column, row) && !band.has(tile)) band.set(tile, { x: column, y: row, distance })
        }
      }
    }
  }
  return band
}
