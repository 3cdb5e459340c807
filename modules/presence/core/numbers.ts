import type { Numbers } from '../words.ts'

/** People that frames can speak of at once: a frame counts them in 16 bits. */
export const PEOPLE_MAX = 65_535

/** How long an index rests before it is given again, so that nobody takes a newcomer for the one who left. */
export const INDEX_REST_MS = 2_000

export const NO_NUMBERS: Numbers = { next: 0, free: [], resting: [] }

/** The lowest index that is not in use and has rested; undefined when all are taken. */
export function lowestFree({ next, free, resting }: Numbers, at: number): number | undefined {
  let lowest = free[0] ?? next
  for (const { index, until } of resting) {
    if (until > at) break
    if (index < lowest) lowest = index
  }
  return lowest < PEOPLE_MAX ? lowest : undefined
}

/** After an index was given. */
export function take(numbers: Numbers, index: number, at: number): Numbers {
  const free = [...numbers.free]
  const resting = numbers.resting.filter(({ index: rested, until }) => {
    if (until <= at) free.push(rested)
    return until > at
  })
  free.sort((a, b) => a - b)
  return {
    next: Math.max(numbers.next, index + 1),
    free: free.filter(other => other !== index),
    resting,
  }
}

/** After an index was given back. */
export const giveBack = (numbers: Numbers, index: number, at: number): Numbers => ({
  ...numbers,
  resting: [...numbers.resting, { index, until: at + INDEX_REST_MS }],
})
