import type { Line } from '@worldloom/capabilities/chat'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LINES_MAX, merged } from './chat-log.ts'

const line = (n: number): Line => ({
  id: `line-${n}`,
  channel: 'world',
  player: 'p',
  name: 'Mira',
  text: String(n),
  at: n,
})
const lines = fc.array(fc.nat(60).map(line), { maxLength: 40 })

describe('the chat log', () => {
  it('has each line once, in order of time, however history and live lines meet', () => {
    fc.assert(
      fc.property(lines, lines, lines, (a, b, c) => {
        const log = merged(merged(merged([], a), b), c)
        const wanted = [...new Set([...a, ...b, ...c].map(({ at }) => at))].sort((x, y) => x - y)
        expect(log.map(({ at }) => at)).toEqual(wanted)
      }),
    )
  })

  it('is the same list when nothing is new, so that nothing is drawn again', () => {
    const log = merged([], [line(1), line(2)])
    expect(merged(log, [line(2)])).toBe(log)
  })

  it('forgets the oldest beyond its bound', () => {
    const log = merged(
      [],
      Array.from({ length: LINES_MAX + 5 }, (_, n) => line(n)),
    )
    expect(log).toHaveLength(LINES_MAX)
    expect(log[0]?.at).toBe(5)
  })
})
