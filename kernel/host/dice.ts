import { Defect, uuidFrom } from '@worldloom/contract'

/** Luck and names for one input, keyed so that the same input draws the same on any machine, in any batch. */
export interface Dice {
  readonly roll: (sides: number) => number
  readonly newId: (at: number) => string
}

/**
 * Dice keyed by the engine's seed, the kind of input, and its record or tick number. Seeding is put off until the first
 * throw, because most decisions throw none.
 */
export function diceFor(seed: string, kind: string, number: number): Dice {
  let next: (() => number) | undefined
  const draw = (): number => {
    next ??= sfc32(fold128(`${seed}|${kind}|${number}`))
    return next()
  }
  return {
    roll(sides) {
      if (!Number.isInteger(sides) || sides < 1 || sides > 2 ** 32) {
        throw new Defect('dice-sides', `a die needs between 1 and 2^32 sides, not ${sides}`)
      }
      // Draws above the last whole multiple are thrown again, or low numbers would come up more often.
      const bound = 2 ** 32 - (2 ** 32 % sides)
      for (;;) {
        const drawn = draw()
        if (drawn < bound) return drawn % sides
      }
    },
    newId: at => uuidFrom(at, draw(), draw(), draw()),
  }
}

type Words128 = readonly [number, number, number, number]

/** Spreads a text over 128 bits: four 32-bit FNV-1a lanes with different offsets, each finished by MurmurHash3's mixer. */
function fold128(text: string): Words128 {
  const lanes: [number, number, number, number] = [0x811c9dc5, 0x01000193, 0x9e3779b9, 0x85ebca6b]
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    for (let lane = 0; lane < 4; lane++) lanes[lane] = Math.imul((lanes[lane] as number) ^ (code + lane), 0x01000193)
  }
  return lanes.map(mix) as unknown as Words128
}

/** MurmurHash3's 32-bit finaliser (Austin Appleby, public domain). */
function mix(value: number): number {
  let h = value ^ (value >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** Chris Doty-Humphrey's Small Fast Counting generator (PractRand, public domain), 32-bit words. */
function sfc32(seed: Words128): () => number {
  let [a, b, c, counter] = seed
  const next = (): number => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  // The author's advice: the first draws after seeding still show the seed.
  for (let i = 0; i < 12; i++) next()
  return next
}
