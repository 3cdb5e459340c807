/** A number in [0, 1) from whole numbers: the same on every machine. */
export function hash(x: number, y: number, seed = 0): number {
  let h = Math.imul(x | 0, 374761393) ^ Math.imul(y | 0, 668265263) ^ Math.imul(seed | 0, 2147483647 ^ 0x5bd1e995)
  h = Math.imul(h ^ (h >>> 13), 1274126177)
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  h ^= h >>> 16
  return (h >>> 0) / 4294967296
}

/** A whole number from text, for seeds. */
export function hashText(text: string): number {
  let h = 2166136261
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 16777619)
  return h | 0
}

/** Smooth noise in [0, 1) with features one unit wide. */
export function smoothNoise(x: number, y: number, seed = 0): number {
  const column = Math.floor(x)
  const row = Math.floor(y)
  const u = ease(x - column)
  const v = ease(y - row)
  const north = hash(column, row, seed) * (1 - u) + hash(column + 1, row, seed) * u
  const south = hash(column, row + 1, seed) * (1 - u) + hash(column + 1, row + 1, seed) * u
  return north * (1 - v) + south * v
}

const ease = (t: number) => t * t * (3 - 2 * t)

/** A stream of numbers in [0, 1) for one thing: a tree, a rock, a house. */
export function dice(seed: number): () => number {
  let n = 0
  return () => {
    n += 1
    return hash(n, seed ^ (n << 7), 0x51ed27)
  }
}
