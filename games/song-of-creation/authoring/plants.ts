import type { ObjectTypeName, Tone } from '@worldloom/capabilities/geography'
import { type Canvas, eachTile, isInside, isWater, place, surfaceAt, tileAt, wholeMap } from './canvas.ts'
import { SHRINE_LEVEL } from './land.ts'
import { chance, dice, hash, swell } from './noise.ts'
import { regionAt } from './regions.ts'

const TREES = 71
const SCATTER = 79

/** Colours the land by region and height: what grows where, before anything stands on it. */
export function growGround(canvas: Canvas): void {
  eachTile(wholeMap(canvas), (x, y) => {
    const tile = tileAt(canvas, x, y)
    if (canvas.ground[tile] !== 'grass') return
    const patch = swell(x, y, 7, 61)
    const region = regionAt(x, y)
    if (region === 'coinlight') canvas.ground[tile] = patch > 150 ? 'moss' : 'forest-floor'
    if (region === 'larkloom' && patch > 90) canvas.ground[tile] = 'meadow'
    if (region === 'treadle' && patch > 170) canvas.ground[tile] = 'meadow'
    if (region === 'bellfell') {
      const height = canvas.heights[tile] ?? 0
      if (height >= SHRINE_LEVEL - 3) canvas.ground[tile] = patch > 140 ? 'gravel' : 'moss'
      else if (height >= 8) canvas.ground[tile] = patch > 150 ? 'moss' : 'grass'
    }
  })
}

/** Trees by region: thick in the wood, in groves elsewhere, none on ways, floors or doorsteps. */
export function plantTrees(canvas: Canvas): void {
  eachTile(wholeMap(canvas), (x, y) => {
    if (!isFreeLand(canvas, x, y) || !isLargestAround(x, y, regionAt(x, y) === 'coinlight')) return
    const height = canvas.heights[tileAt(canvas, x, y)] ?? 0
    const grove = swell(x, y, 9, 73)
    const region = regionAt(x, y)
    const type = treeFor(region, x, y, grove, height)
    if (type) place(canvas, `${type.replace('tree-', '')}-${x}-${y}`, type, x + jitter(x, y, 1), y + jitter(x, y, 2))
  })
}

function treeFor(region: string, x: number, y: number, grove: number, height: number): ObjectTypeName | undefined {
  const pick = dice(x, y, 75, 100)
  if (region === 'coinlight') {
    if (grove < 40) return undefined
    return pick < 45 ? 'tree-oak' : pick < 75 ? 'tree-birch' : 'tree-pine'
  }
  if (region === 'bellfell') return height < 12 && grove > 112 ? 'tree-pine' : undefined
  if (region === 'larkloom') return grove > 128 ? (pick < 70 ? 'tree-birch' : 'tree-oak') : undefined
  if (region === 'treadle') return grove > 150 ? (pick < 60 ? 'tree-oak' : 'tree-birch') : undefined
  return grove > 165 && pick < 50 ? 'tree-pine' : undefined
}

/** Small things that one walks through: flowers in drifts, tufts, reeds at the water, mushrooms, stray rocks. */
export function scatter(canvas: Canvas): void {
  eachTile(wholeMap(canvas), (x, y) => {
    if (!isFreeLand(canvas, x, y)) return
    const ground = surfaceAt(canvas, x, y)
    const region = regionAt(x, y)
    const drift = swell(x, y, 6, 81)
    const put = (type: ObjectTypeName, tone?: Tone) =>
      place(canvas, `${type}-${x}-${y}`, type, x + jitter(x, y, 3), y + jitter(x, y, 4), tone ? { tone } : {})
    if (besideWater(canvas, x, y) && ground !== 'sand') {
      if (chance(x, y, SCATTER, 45)) put('reed')
    } else if (ground === 'meadow' && drift > 105) {
      if (chance(x, y, SCATTER, 30)) put('flower', flowerTone(swell(x, y, 11, 83)))
      else if (chance(x, y, SCATTER + 1, 10)) put('grass-tuft')
    } else if (region === 'coinlight') {
      if (chance(x, y, SCATTER, 5)) put('mushroom')
      else if (chance(x, y, SCATTER + 1, 7)) put('bush')
    } else if (region === 'bellfell' && chance(x, y, SCATTER, 3)) put('rock')
    else if (ground === 'sand') {
      if (chance(x, y, SCATTER, 2)) put('rock')
    } else if (chance(x, y, SCATTER + 2, 6)) put('grass-tuft')
  })
}

const flowerTone = (band: number): Tone => (band < 90 ? 'sun' : band < 130 ? 'paper' : band < 165 ? 'clay' : 'song')

const isFreeLand = (canvas: Canvas, x: number, y: number): boolean =>
  !canvas.taken.has(tileAt(canvas, x, y)) && !isWater(canvas, x, y) && surfaceAt(canvas, x, y) !== 'rock'

const BESIDE = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const
const ACROSS = [
  [1, 1],
  [1, -1],
  [-1, 1],
  [-1, -1],
] as const

/**
 * Spreads trees without pattern: none stands where a neighbour has the larger number. Dense woods (one tile in five)
 * allow neighbours across a corner, open groves (one in nine) do not.
 */
function isLargestAround(x: number, y: number, isDense: boolean): boolean {
  const own = hash(x, y, TREES)
  return [...BESIDE, ...(isDense ? [] : ACROSS)].every(([dx, dy]) => hash(x + dx, y + dy, TREES) < own)
}

const besideWater = (canvas: Canvas, x: number, y: number): boolean =>
  BESIDE.some(([dx, dy]) => isInside(canvas, x + dx, y + dy) && isWater(canvas, x + dx, y + dy))

/** Off the middle of the tile by up to 12/64. */
const jitter = (x: number, y: number, salt: number): number => (32 + dice(x, y, salt, 25) - 12) / 64
