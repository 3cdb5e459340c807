import { HINTS, HINTS_KEY, type Hint } from '../play/hints.ts'
import { VOLUME_DEFAULT } from '../play/store.ts'

/** What this browser remembers of a person's ways. Anything unreadable counts as never said. */
export const PREFERENCES_KEY = 'worldloom.preferences'

export interface Preferences {
  readonly volume: number
  readonly captions: boolean
}

export function readPreferences(storage: Pick<Storage, 'getItem'>): Preferences {
  const { volume, captions } = read(storage, PREFERENCES_KEY) as Partial<Preferences>
  return {
    volume: typeof volume === 'number' && volume >= 0 && volume <= 1 ? volume : VOLUME_DEFAULT,
    captions: captions !== false,
  }
}

export const writePreferences = (storage: Pick<Storage, 'setItem'>, preferences: Preferences): void =>
  write(storage, PREFERENCES_KEY, preferences)

export function readHints(storage: Pick<Storage, 'getItem'>): Set<Hint> {
  const { done } = read(storage, HINTS_KEY) as { done?: unknown }
  return new Set(HINTS.filter(hint => Array.isArray(done) && done.includes(hint)))
}

export const writeHints = (storage: Pick<Storage, 'setItem'>, done: ReadonlySet<Hint>): void =>
  write(storage, HINTS_KEY, { done: [...done] })

function read(storage: Pick<Storage, 'getItem'>, key: string): object {
  try {
    const value: unknown = JSON.parse(storage.getItem(key) ?? '{}')
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

function write(storage: Pick<Storage, 'setItem'>, key: string, value: object): void {
  try {
    storage.setItem(key, JSON.stringify(value))
  } catch {
    // A browser that keeps nothing still plays.
  }
}
