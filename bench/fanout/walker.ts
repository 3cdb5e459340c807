import { UNITS_PER_TILE } from '@worldloom/capabilities/geography'
import { poseOf } from '@worldloom/capabilities/movement'
import { type Box, zoneBoxes } from './plain-world.ts'

/** Units of one move: a little below what walking speed allows at 10 moves a second (25.6), straight and slanting. */
const STRAIGHT = 24
const SLANTING = 16
/** Moves before a walker looks for another direction. */
const STRAIGHT_ON_MAX = 24
/** Walkers keep this far from the edges of their square, in units: nobody runs into a wall or leaves a zone. */
const MARGIN = UNITS_PER_TILE

const STEPS: readonly (readonly [number, number])[] = [
  [0, -STRAIGHT],
  [SLANTING, -SLANTING],
  [STRAIGHT, 0],
  [SLANTING, SLANTING],
  [0, STRAIGHT],
  [-SLANTING, SLANTING],
  [-STRAIGHT, 0],
  [-SLANTING, -SLANTING],
]

/** Someone who walks about within one zone, at walking speed, for ever. Positions in 1/64 tile. */
export class Walker {
  x: number
  y: number
  pose = 0
  seq = 0
  readonly #from: readonly [number, number]
  readonly #to: readonly [number, number]
  #direction: number
  #left = 0
  #seed: number

  constructor(x: number, y: number, zones: number, seed: number) {
    this.x = x
    this.y = y
    const box = boxAt(x, y, zones)
    this.#from = [box.x * UNITS_PER_TILE + MARGIN, box.y * UNITS_PER_TILE + MARGIN]
    this.#to = [(box.x + box.size) * UNITS_PER_TILE - MARGIN, (box.y + box.size) * UNITS_PER_TILE - MARGIN]
    this.#seed = Math.imul(seed + 1, 0x9e37_79b1)
    this.#direction = this.#random() & 7
  }

  step(): void {
    this.seq = (this.seq + 1) & 0xffff
    if (this.#left === 0) this.#turn()
    for (let tries = 0; tries < STEPS.length && !this.#fits(); tries++) this.#direction = (this.#direction + 3) & 7
    const [dx, dy] = STEPS[this.#direction] ?? [0, 0]
    this.x += dx
    this.y += dy
    this.pose = poseOf(this.#direction, 'walking')
    this.#left -= 1
  }

  #turn(): void {
    this.#left = 1 + (this.#random() % STRAIGHT_ON_MAX)
    this.#direction = this.#random() & 7
  }

  #fits(): boolean {
    const [dx, dy] = STEPS[this.#direction] ?? [0, 0]
    const x = this.x + dx
    const y = this.y + dy
    return x >= this.#from[0] && x <= this.#to[0] && y >= this.#from[1] && y <= this.#to[1]
  }

  /** xorshift32. */
  #random(): number {
    this.#seed ^= this.#seed << 13
    this.#seed ^= this.#seed >>> 17
    this.#seed ^= this.#seed << 5
    return this.#seed >>> 0
  }
}

function boxAt(x: number, y: number, zones: number): Box {
  const [tileX, tileY] = [x / UNITS_PER_TILE, y / UNITS_PER_TILE]
  const box = zoneBoxes(zones).find(
    each => tileX >= each.x && tileX < each.x + each.size && tileY >= each.y && tileY < each.y + each.size,
  )
  if (!box) throw new Error(`nobody can stand at ${tileX}, ${tileY}: that is outside the map`)
  return box
}
