import type { WorldFile } from './world-file.ts'

/** A World file made ready for questions. Positions in 1/64 tile (`UNITS_PER_TILE`), tiles and cells by column and row. */
export interface Geography {
  readonly file: WorldFile
  /** In tiles. */
  readonly width: number
  readonly height: number
  /** Ground height of a tile in steps of half a tile. */
  heightAt(column: number, row: number): number
  /** True for walls, deep water and anything else that nobody can stand in; doors are not solid here. */
  isSolid(column: number, row: number): boolean
  /** The zone of a tile: the most particular one that covers it, or `default`. */
  zoneAt(column: number, row: number): string
  /** The region of a tile, or the empty string. */
  regionAt(column: number, row: number): string
  /** The door that covers a tile, or undefined. */
  doorAt(column: number, row: number): string | undefined
}

/** What is in the way, when a straight walk is not free. */
export type Obstacle = 'collision' | 'door'
