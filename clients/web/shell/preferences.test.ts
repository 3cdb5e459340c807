import { describe, expect, it } from 'vitest'
import type { Hint } from '../play/hints.ts'
import { VOLUME_DEFAULT } from '../play/store.ts'
import { PREFERENCES_KEY, readHints, readPreferences, writeHints, writePreferences } from './preferences.ts'

const box = (kept = new Map<string, string>()) => ({
  kept,
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => {
    kept.set(key, value)
  },
})

describe('preferences', () => {
  it('are kept', () => {
    const storage = box()
    writePreferences(storage, { volume: 0, captions: false })
    writeHints(storage, new Set<Hint>(['walk']))
    expect(readPreferences(storage)).toEqual({ volume: 0, captions: false })
    expect(readHints(storage)).toEqual(new Set(['walk']))
  })

  it.each(['', 'x', 'null', '[]', '{"volume":9,"captions":1}'])('are the usual ones where %s lies', text => {
    const storage = box(new Map([[PREFERENCES_KEY, text]]))
    expect(readPreferences(storage)).toEqual({ volume: VOLUME_DEFAULT, captions: true })
  })

  it('know no hints that do not exist', () => {
    expect(readHints(box(new Map([['worldloom.hints', '{"done":["fly","look"]}']])))).toEqual(new Set(['look']))
  })
})
