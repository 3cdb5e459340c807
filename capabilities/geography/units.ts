/** Positions are integers in 1/64 tile. The movement capability says the same, and a test holds the two together. */
export const UNITS_PER_TILE = 64

/** Half a tile, from a tile's edge to its middle. */
export const HALF_TILE = 32

/** A person is a disc of this radius in units: two fit side by side in a doorway of one tile. */
export const BODY_RADIUS = 16

/** From tiles, as World files have them, to units. */
export const toUnits = (tiles: number): number => Math.round(tiles * UNITS_PER_TILE)

/** The middle of a tile, in units. */
export const middleOf = (tile: number): number => tile * UNITS_PER_TILE + HALF_TILE

/** The tile a position lies in. */
export const tileOf = (units: number): number => Math.floor(units / UNITS_PER_TILE)
