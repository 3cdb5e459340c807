import { type Look, lookSchema, nameSchema } from '@worldloom/contract'

export interface Colour {
  readonly name: string
  readonly hex: string
}

/** Coats and scarves to choose from: the palette, a little brighter where a person must stand out from the ground. */
export const COLOURS: readonly Colour[] = [
  { name: 'Moss', hex: '#7FA66B' },
  { name: 'Pine', hex: '#3E6B57' },
  { name: 'Water', hex: '#5DA9B8' },
  { name: 'Dusk', hex: '#4A5FA5' },
  { name: 'Song', hex: '#8C6BD1' },
  { name: 'Rose', hex: '#D98BA3' },
  { name: 'Clay', hex: '#C9785B' },
  { name: 'Sun', hex: '#F2B84B' },
  { name: 'Sand', hex: '#E3C79A' },
  { name: 'Slate', hex: '#6C7A89' },
]

/** Who someone was when they last came in through this browser. */
export interface Remembered {
  readonly name: string
  readonly look: Look
}

export const REMEMBERED_KEY = 'worldloom.person'

/** Reads what was remembered; anything else that lies there, or that a person's storage refuses, counts as nothing. */
export function recall(storage: Pick<Storage, 'getItem'> | undefined): Remembered | undefined {
  try {
    const { name, look } = JSON.parse(storage?.getItem(REMEMBERED_KEY) ?? '') as Record<string, unknown>
    const read = { name: nameSchema.safeParse(name), look: lookSchema.safeParse(look) }
    return read.name.success && read.look.success ? { name: read.name.data, look: read.look.data } : undefined
  } catch {
    return undefined
  }
}

export function remember(storage: Pick<Storage, 'setItem'> | undefined, who: Remembered): void {
  try {
    storage?.setItem(REMEMBERED_KEY, JSON.stringify(who))
  } catch {
    // A full or forbidden storage costs the person a few keystrokes next time, and nothing else.
  }
}

/** Two different colours by chance, so that a village of people who did not choose is still colourful. */
export function luckyLook(chance: () => number): Look {
  const first = Math.floor(chance() * COLOURS.length)
  const second = (first + 1 + Math.floor(chance() * (COLOURS.length - 1))) % COLOURS.length
  return { body: COLOURS[first]?.hex ?? '#7FA66B', accent: COLOURS[second]?.hex ?? '#F2B84B' }
}

/** What is wrong with a name, as a sentence, or undefined. The server has the last word. */
export function nameProblem(name: string): string | undefined {
  if (name.trim() === '') return 'Tell us what to call you.'
  if (!nameSchema.safeParse(name).success) return 'A name is one line of up to 32 letters.'
  return undefined
}
