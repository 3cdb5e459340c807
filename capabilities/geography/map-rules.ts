import { compileGeography } from './compile.ts'
import type { Report } from './problem.ts'
import { isWall } from './tile-kinds.ts'
import { EMPTY_TILE, type WorldFile, type WorldLayer } from './world-file.ts'

/** Steps of half a tile that one can take from a tile to the next. */
export const CLIMB_STEPS_MAX = 1

/** Rows and legends agree with the map; walls stop people; the ground can be climbed. */
export function checkMap(file: WorldFile, report: Report): void {
  const { width, height, layers, heights } = file.map
  checkRows(heights, width, height, 'map.heights', report)
  layers.forEach((layer, index) => {
    const path = `map.layers[${index}]`
    checkRows(layer.rows, width, height, `${path}.rows`, report)
    checkLegend(layer, path, report)
    const wall = Object.values(layer.legend).find(isWall)
    if (layer.collision === false && wall) {
      report('wall-without-collision', `${path}.collision`, `Layer "${layer.id}" has "${wall}" that would stop nobody.`)
    }
  })
  checkSlopes(file, report)
}

function checkRows(rows: readonly string[], width: number, height: number, path: string, report: Report): void {
  if (rows.length !== height) report('row-count', path, `There are ${rows.length} rows, the map has ${height}.`)
  rows.forEach((row, index) => {
    if (row.length !== width) {
      report('row-length', `${path}[${index}]`, `The row has ${row.length} characters, the map is ${width} wide.`)
    }
  })
}

function checkLegend({ id, legend, rows }: WorldLayer, path: string, report: Report): void {
  if (Object.hasOwn(legend, EMPTY_TILE)) {
    report('legend-reserved', `${path}.legend`, `Layer "${id}" gives "${EMPTY_TILE}" a meaning.`)
  }
  const missing = new Map<string, string>()
  rows.forEach((row, index) => {
    for (let column = 0; column < row.length; column += 1) {
      const char = row.charAt(column)
      if (char === EMPTY_TILE || Object.hasOwn(legend, char) || missing.has(char)) continue
      missing.set(char, `${path}.rows[${index}]`)
    }
  })
  for (const [char, where] of missing) report('legend-missing', where, `Nothing says what "${char}" is.`)
}

function checkSlopes(file: WorldFile, report: Report): void {
  const geography = compileGeography(file)
  const compare = (column: number, row: number, otherColumn: number, otherRow: number) => {
    if (geography.isSolid(column, row) || geography.isSolid(otherColumn, otherRow)) return
    const rise = Math.abs(geography.heightAt(column, row) - geography.heightAt(otherColumn, otherRow))
    if (rise <= CLIMB_STEPS_MAX) return
    report(
      'too-steep',
      `map.heights[${row}]`,
      `Between the free tiles (${column}, ${row}) and (${otherColumn}, ${otherRow}) the ground rises ${rise} steps.`,
    )
  }
  for (let row = 0; row < geography.height; row += 1) {
    for (let column = 0; column < geography.width; column += 1) {
      compare(column, row, column + 1, row)
      compare(column, row, column, row + 1)
    }
  }
}
