import { describe, expect, it } from 'vitest'
import { CUE_MS_MAX, CUES, LOUDNESS_MAX, notesOf } from './score.ts'

describe.each(CUES)('the sound of a %s', cue => {
  it('is short and soft', () => {
    for (let n = 0; n < 8; n += 1) {
      const notes = notesOf(cue, n)
      expect(notes.length).toBeGreaterThan(0)
      for (const { atMs, lastsMs, loudness, hz } of notes) {
        expect(atMs + lastsMs).toBeLessThanOrEqual(CUE_MS_MAX)
        expect(loudness).toBeLessThanOrEqual(LOUDNESS_MAX)
        expect(hz).toBeGreaterThan(20)
      }
    }
  })
})

describe('steps', () => {
  it('do not all sound the same', () => {
    expect(notesOf('step', 0)).not.toEqual(notesOf('step', 1))
  })
})
