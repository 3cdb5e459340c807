import { WORLD_DAY_MS, WORLD_HOUR_MS } from '@worldloom/capabilities/clock'
import { type Colour, colour, mix } from './palette.ts'

/** The light of one moment. Directions point towards the source. */
export interface Daylight {
  readonly key: Colour
  readonly keyStrength: number
  readonly above: Colour
  readonly below: Colour
  readonly ambient: number
  readonly zenith: Colour
  readonly horizon: Colour
  /** 0 by day, 1 when lamps are lit. */
  readonly lamps: number
  readonly stars: number
  readonly exposure: number
  readonly keyDirection: readonly [number, number, number]
  /** Where the sun is even when the moon gives the light; for the disc in the sky. */
  readonly sunDirection: readonly [number, number, number]
  readonly moonDirection: readonly [number, number, number]
}

type Hour = Omit<Daylight, 'keyDirection' | 'sunDirection' | 'moonDirection'> & { readonly hour: number }

const at = (
  hour: number,
  [key, keyStrength]: [string, number],
  [above, below, ambient]: [string, string, number],
  [zenith, horizon]: [string, string],
  [lamps, stars, exposure]: [number, number, number],
): Hour => ({
  hour,
  key: colour(key),
  keyStrength,
  above: colour(above),
  below: colour(below),
  ambient,
  zenith: colour(zenith),
  horizon: colour(horizon),
  lamps,
  stars,
  exposure,
})

/** Rose, white, amber, blue. Between two rows the light is mixed; the last row meets the first at midnight. */
const HOURS: readonly Hour[] = [
  at(0, ['#9DB4E8', 1.0], ['#5C78B8', '#2A3358', 1.32], ['#141E42', '#33457A'], [1, 1, 1.06]),
  at(4.4, ['#A4B4E4', 0.9], ['#6A7FBC', '#343A60', 1.32], ['#1B2650', '#4A5488'], [1, 0.9, 1.06]),
  at(5.2, ['#F0A8A0', 0.5], ['#B8A8D4', '#685870', 1.6], ['#5C6CAC', '#E0A4AC'], [0.75, 0.3, 1.2]),
  at(6.0, ['#FFA98A', 2.7], ['#E0C4DC', '#94787C', 1.75], ['#8FA6DC', '#FBC4B4'], [0.25, 0, 1.4]),
  at(7.2, ['#FFC79A', 2.9], ['#CFD6EC', '#8A7C6C', 1.5], ['#8FB8DC', '#F4DCC8'], [0, 0, 1.2]),
  at(9.5, ['#FFEBCF', 3.3], ['#D4E6F4', '#94876C', 1.55], ['#7DB6DE', '#D8EAF0'], [0, 0, 1.2]),
  at(13, ['#FFF6E4', 3.5], ['#D8EAF6', '#9A8E70', 1.6], ['#72B0DE', '#D2E9F1'], [0, 0, 1.2]),
  at(16.5, ['#FFE9C2', 3.3], ['#D4E2F0', '#9A8768', 1.5], ['#7EB2DA', '#E2E8E4'], [0, 0, 1.2]),
  at(18.6, ['#FFBE78', 2.9], ['#CFC8DC', '#8E7060', 1.4], ['#8AA4D0', '#F6D0A0'], [0.1, 0, 1.2]),
  at(19.6, ['#FF8E50', 2.1], ['#B8A4C8', '#74585C', 1.35], ['#6A74B4', '#F4A87C'], [0.6, 0.05, 1.06]),
  at(20.4, ['#C87890', 0.45], ['#8A88C0', '#4E4664', 1.4], ['#3C4884', '#B07C98'], [0.95, 0.4, 1.06]),
  at(21.4, ['#93A8E0', 0.75], ['#647CBC', '#2E365C', 1.32], ['#1C2854', '#46538A'], [1, 0.85, 1.06]),
]

const SUNRISE = 5.2
const SUNSET = 20.4

export function daylightAt(worldMs: number): Daylight {
  const day = ((worldMs % WORLD_DAY_MS) + WORLD_DAY_MS) % WORLD_DAY_MS
  const hour = day / WORLD_HOUR_MS
  let index = HOURS.length - 1
  while (index > 0 && (HOURS[index]?.hour ?? 0) > hour) index -= 1
  const from = HOURS[index] as Hour
  const to = HOURS[(index + 1) % HOURS.length] as Hour
  const span = (to.hour > from.hour ? to.hour : 24 + to.hour) - from.hour
  const t = Math.min(1, (hour - from.hour) / span)
  const number = (a: number, b: number) => a + (b - a) * t
  const isDay = hour > SUNRISE && hour < SUNSET
  const sunDirection = onArc((hour - SUNRISE) / (SUNSET - SUNRISE))
  const night = hour >= SUNSET ? hour - SUNSET : hour + 24 - SUNSET
  const moonDirection = moonOn(night / (24 - SUNSET + SUNRISE))
  return {
    key: mix(from.key, to.key, t),
    keyStrength: number(from.keyStrength, to.keyStrength),
    above: mix(from.above, to.above, t),
    below: mix(from.below, to.below, t),
    ambient: number(from.ambient, to.ambient),
    zenith: mix(from.zenith, to.zenith, t),
    horizon: mix(from.horizon, to.horizon, t),
    lamps: number(from.lamps, to.lamps),
    stars: number(from.stars, to.stars),
    exposure: number(from.exposure, to.exposure),
    keyDirection: isDay ? sunDirection : moonDirection,
    sunDirection,
    moonDirection,
  }
}

/**
 * From the right of the first view, over it, to its left: light from the side shows form, light from behind the eye is flat.
 * Never so low that shadows run out of the picture.
 */
function onArc(t: number): readonly [number, number, number] {
  const turn = Math.PI * Math.max(-0.02, Math.min(1.02, t))
  const [side, up] = [Math.cos(turn), Math.max(0.24, Math.sin(turn))]
  const towardsEye = up * 0.55 + 0.1
  return onSphere(
    side * Math.SQRT1_2 + towardsEye * Math.SQRT1_2,
    -side * Math.SQRT1_2 + towardsEye * Math.SQRT1_2,
    Math.atan2(up * 1.05, Math.hypot(side, towardsEye)),
  )
}

/** The moon stays in the north-west to north-east, so that it rims what one looks at. */
function moonOn(t: number): readonly [number, number, number] {
  const clamped = Math.max(0, Math.min(1, t))
  return onSphere(-0.75 + clamped * 0.9, -0.55 - Math.sin(Math.PI * clamped) * 0.2, 0.8)
}

function onSphere(x: number, z: number, elevation: number): readonly [number, number, number] {
  const flat = Math.hypot(x, z) || 1
  const [c, s] = [Math.cos(elevation), Math.sin(elevation)]
  return [(x / flat) * c, s, (z / flat) * c]
}
