/** The first minute: one after another, each gone once done. Nothing waits for them. */
export const HINTS = ['walk', 'look', 'touch'] as const
export type Hint = (typeof HINTS)[number]

export const HINTS_KEY = 'worldloom.hints'

/** The next hint that is not done, or undefined. */
export const nextHint = (done: ReadonlySet<Hint>): Hint | undefined => HINTS.find(hint => !done.has(hint))

export function hintText(hint: Hint, touch: boolean): string {
  switch (hint) {
    case 'walk':
      return touch
        ? 'Walk: use the stick, or tap where you want to go.'
        : 'Walk: use W A S D, or click where you want to go.'
    case 'look':
      return touch ? 'Look at someone: tap a person, or yourself.' : 'Look at someone: click a person, or yourself.'
    case 'touch':
      return touch ? 'Go to a door or a seat, and tap its button below.' : 'Go to a door or a seat, and press F.'
  }
}
