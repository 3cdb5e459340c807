import { WORLD_DAY_MS, WORLD_HOUR_MS } from '@worldloom/capabilities/clock'
import { expect, test } from 'vitest'
import { daylightAt } from './daylight.ts'

const MINUTE_MS = 60_000
const brightness = (c: readonly [number, number, number]) => c[0] * 0.2126 + c[1] * 0.7152 + c[2] * 0.0722

test('the light changes by the minute without a jump, over midnight too', () => {
  for (let at = 0; at < WORLD_DAY_MS; at += MINUTE_MS) {
    const [a, b] = [daylightAt(at), daylightAt(at + MINUTE_MS)]
    expect(Math.abs(a.keyStrength - b.keyStrength)).toBeLessThan(0.08)
    expect(Math.abs(a.ambient - b.ambient)).toBeLessThan(0.05)
    expect(Math.abs(a.lamps - b.lamps)).toBeLessThan(0.05)
    for (const name of ['key', 'above', 'below', 'zenith', 'horizon'] as const) {
      expect(Math.abs(brightness(a[name]) - brightness(b[name]))).toBeLessThan(0.03)
    }
  }
})

test('it is never black, and lamps burn when the sun is down', () => {
  for (let hour = 0; hour < 24; hour += 0.25) {
    const light = daylightAt(hour * WORLD_HOUR_MS)
    expect(light.ambient * brightness(light.above) + light.keyStrength * brightness(light.key)).toBeGreaterThan(0.4)
  }
  expect(daylightAt(23 * WORLD_HOUR_MS).lamps).toBe(1)
  expect(daylightAt(12 * WORLD_HOUR_MS).lamps).toBe(0)
  expect(daylightAt(1 * WORLD_HOUR_MS).stars).toBeGreaterThan(0.8)
})

test('the key light always comes from above and is a direction', () => {
  for (let hour = 0; hour < 24; hour += 0.1) {
    const [x, y, z] = daylightAt(hour * WORLD_HOUR_MS).keyDirection
    expect(Math.hypot(x, y, z)).toBeCloseTo(1, 5)
    expect(y).toBeGreaterThan(0.15)
  }
})

test('dawn is rose, noon white, dusk amber, night blue', () => {
  const [dawn, noon, dusk, night] = [6, 13, 19.4, 23].map(hour => daylightAt(hour * WORLD_HOUR_MS).key) as [
    readonly [number, number, number],
    readonly [number, number, number],
    readonly [number, number, number],
    readonly [number, number, number],
  ]
  expect(dawn[0]).toBeGreaterThan(dawn[2])
  expect(noon[2] / noon[0]).toBeGreaterThan(0.7)
  expect(dusk[0] / dusk[2]).toBeGreaterThan(3)
  expect(night[2]).toBeGreaterThan(night[0])
})
