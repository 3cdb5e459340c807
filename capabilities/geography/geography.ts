import type { TileKindName } from './tile-kinds.ts'
import type { WorldDoor, WorldFile, WorldObject, WorldRegion, WorldZone } from './world-file.ts'

/** A position in 1/64 tile (`UNITS_PER_TILE`). */
export interface Point {
  readonly x: number
  readonly y: number
}

/** A door ready for use. */
export interface Doorway extends WorldDoor {
  /** True when the leaf runs east–west, so that one passes it going north or south. */
  readonly alongX: boolean
}

/** One number per tile, row by row: the tile at (column, row) is `row * width + column`. */
export interface Cells {
  /** 1 where nobody can stand. Doorways are 0. */
  readonly solid: Uint8Array
  /** Index into `zones`, 0 for `default`. */
  readonly zone: Uint16Array
  /** 1 + index into the file's regions, 0 for none. */
  readonly region: Uint16Array
  /** 1 + index into `doors`, 0 for none. */
  readonly door: Uint16Array
  /** 1 where one can walk to from a spawn point with all doors open. */
  readonly reachable: Uint8Array
  /** In steps of half a tile. */
  readonly height: Uint8Array
}

/** A World file made ready for questions. Positions in 1/64 tile (`UNITS_PER_TILE`), tiles and cells by column and row. */
export interface Geography {
  readonly file: WorldFile
  /** In tiles. */
  readonly width: number
  readonly height: number
  readonly cells: Cells
  /** Zone ids by the number in `cells.zone`; the first is `default`. */
  readonly zones: readonly string[]
  /** In file order, by the number in `cells.door` − 1. */
  readonly doors: readonly Doorway[]
  /** Ground height of a tile in steps of half a tile. 0 outside the map. */
  heightAt(column: number, row: number): number
  /** True for walls, deep water and anything else that nobody can stand in; doors are not solid here. True outside. */
  isSolid(column: number, row: number): boolean
  /** What one walks on: the last ground tile of the layers, or undefined where there is none. */
  groundAt(column: number, row: number): TileKindName | undefined
  /** The last standing tile (wall, hedge, …), or undefined; doorways have none. */
  standingAt(column: number, row: number): TileKindName | undefined
  /** The zone of a tile: the most particular one that covers it, or `default`. */
  zoneAt(column: number, row: number): string
  /** The region of a tile, or the empty string. */
  regionAt(column: number, row: number): string
  /** The door that covers a tile, or undefined. */
  doorAt(column: number, row: number): string | undefined
  zone(id: string): WorldZone | undefined
  region(id: string): WorldRegion | undefined
  door(id: string): Doorway | undefined
  object(id: string): WorldObject | undefined
  /** Where the n-th arrival (from 0) stands: spawn points in turn, then the free tiles around them, then again. */
  spawnFor(n: number): Point
  /**
   * The position itself when one can stand there and walk to it from a spawn point, else the middle of the nearest tile that is
   * free, reachable and no doorway. Ties go to the northern, then the western tile.
   */
  nearestFree(x: number, y: number): Point
}

/** What is in the way, when a straight walk is not free. */
export type Obstacle = 'collision' | 'door'

/** The zone of every tile that no zone covers: an OpenArea. */
export const DEFAULT_ZONE = 'default'
