/** The first minute: one after another, each gone once done. Nothing waits for them. */
export const HINTS = ['walk', 'look', 'touch'] as const
export type Hint = (typeof HINTS)[number]

export const HINTS_KEY = 'worldloom.hints'

/** The next hint that is not done, or undefined. */
export const nextHint = (done: ReadonlySet<Hint>): Hint | undefined => HINTS.find(hint => !done.has(hint))

export function hintText(hint: Hint, touch: boolean): string {
  switch (hint) {
    case 'walk':
      return touch ? 'Walk with the stick, or tap the ground.' : 'Walk with W A S D, or click the ground.'
    case 'look':
      return touch
        ? 'Look at someone: tap a person, or one in the list.'
        : 'Look at someone: click a person, or one in the list (P).'
    case 'touch':
      return touch ? 'Go to a seat or a door, and tap its button.' : 'Go to a seat or a door, and press F.'
  }
}
