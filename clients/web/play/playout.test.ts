import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { complete, createPlayout, DELAY_MS_MAX, DELAY_MS_MIN } from './playout.ts'

const SERVER = 1_790_000_000_000
const LOW = 2 ** 32
/** The server's clock runs 12 s ahead of ours. */
const serverNow = (nowMs: number) => SERVER + nowMs + 12_000

/** Frames every 67 ms that take `transit(n)` ms to come. */
function receive(transit: (n: number) => number, frames = 120) {
  const playout = createPlayout(serverNow)
  for (let n = 0; n < frames; n += 1) {
    const sent = SERVER + n * 67
    playout.arrived(sent % LOW, sent - SERVER - 12_000 + transit(n))
  }
  return playout
}

describe('playout', () => {
  it('completes the low 32 bits of a time', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), off => {
        expect(complete(SERVER % LOW, SERVER + off)).toBe(SERVER)
      }),
    )
  })

  it('draws 150 ms behind on a calm line, and no more than 250 on a wild one', () => {
    expect(receive(() => 40).delayMs).toBe(DELAY_MS_MIN)
    expect(receive(n => 40 + (n % 5) * 20).delayMs).toBeGreaterThan(DELAY_MS_MIN)
    expect(receive(n => 40 + (n % 7) * 80).delayMs).toBe(DELAY_MS_MAX)
  })

  it('never goes back, and keeps within a tenth of real speed', () => {
    const playout = createPlayout(serverNow)
    let last = playout.time(0)
    for (let ms = 17; ms < 20_000; ms += 17) {
      if (ms % 68 === 0) playout.arrived((SERVER + 12_000 + ms - 60 - ((ms * 7) % 140)) % LOW, ms)
      const time = playout.time(ms)
      expect(time).toBeGreaterThan(last)
      expect(Math.abs(time - last - 17)).toBeLessThanOrEqual(17 * 0.1 + 1e-3)
      last = time
    }
  })

  it('jumps after a sleep instead of crawling', () => {
    const playout = receive(() => 40)
    playout.time(0)
    const late = playout.time(600_000)
    expect(playout.time(600_100) - late).toBeCloseTo(100, 0)
  })
})
