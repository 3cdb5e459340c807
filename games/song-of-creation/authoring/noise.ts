/** Chance for a map that must come out the same on every machine: integers in, integers out, no state. */

/** A number from 0 to 2^32 − 1 that depends on a tile and a salt and on nothing else. */
export function hash(x: number, y: number, salt: number): number {
  let h = Math.imul(x, 0x9e37_79b1) ^ Math.imul(y, 0x85eb_ca6b) ^ Math.imul(salt, 0xc2b2_ae35)
  h = Math.imul(h ^ (h >>> 15), 0x2c1b_3c6d)
  h = Math.imul(h ^ (h >>> 12), 0x297a_2d39)
  return (h ^ (h >>> 15)) >>> 0
}

/** A fair number from 0 to `sides` − 1 for a tile. */
export const dice = (x: number, y: number, salt: number, sides: number): number => hash(x, y, salt) % sides

/** True in `percent` of all tiles, without pattern. */
export const chance = (x: number, y: number, salt: number, percent: number): boolean =>
  dice(x, y, salt, 1000) < percent * 10

/** Smooth noise from 0 to 255: random values on a grid of `cell` tiles, blended in between. */
export function swell(x: number, y: number, cell: number, salt: number): number {
  const column = Math.floor(x / cell)
  const row = Math.floor(y / cell)
  const dx = x - column * cell
  const dy = y - row * cell
  const corner = (c: number, r: number) => hash(column + c, row + r, salt) & 255
  const north = corner(0, 0) * (cell - dx) + corner(1, 0) * dx
  const south = corner(0, 1) * (cell - dx) + corner(1, 1) * dx
  return Math.floor((north * (cell - dy) + south * dy) / (cell * cell))
}
