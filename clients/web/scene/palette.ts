import type { TileKindName, Tone } from '@worldloom/capabilities/geography'

/** Linear red, green, blue in 0–1: light adds up in this space. */
export type Colour = readonly [number, number, number]

const toLinear = (s: number) => (s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4)

/** `#rrggbb` to linear light. Anything else is paper. */
export function colour(hex: string): Colour {
  const n = /^#[0-9a-fA-F]{6}$/.test(hex) ? Number.parseInt(hex.slice(1), 16) : 0xf6f1e7
  return [toLinear((n >> 16) / 255), toLinear(((n >> 8) & 255) / 255), toLinear((n & 255) / 255)]
}

export const mix = (a: Colour, b: Colour, t: number): Colour => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
]
export const scale = (c: Colour, k: number): Colour => [c[0] * k, c[1] * k, c[2] * k]

/** Lighter or darker by up to `amount`, with a whisper of warm or cool. `n` in 0–1. */
export function vary(c: Colour, n: number, amount: number): Colour {
  const k = 1 + (n - 0.5) * 2 * amount
  const warmth = (n - 0.5) * amount * 0.35
  return [c[0] * (k + warmth), c[1] * k, c[2] * (k - warmth)]
}

/** The day palette of the design. */
export const PALETTE: Readonly<Record<Tone | 'sky' | 'danger', Colour>> = {
  paper: colour('#F6F1E7'),
  ink: colour('#2B2A33'),
  moss: colour('#7FA66B'),
  pine: colour('#3E6B57'),
  sand: colour('#E3C79A'),
  clay: colour('#C9785B'),
  slate: colour('#6C7A89'),
  water: colour('#5DA9B8'),
  sky: colour('#CFE6EE'),
  sun: colour('#F2B84B'),
  song: colour('#8C6BD1'),
  danger: colour('#C0473B'),
}

/** What the sides of the ground are made of, from the top down. */
export const STRATA = {
  turf: colour('#6E8F55'),
  earth: colour('#8A6248'),
  clay: colour('#A9795A'),
  bedrock: colour('#6A6470'),
}

export const WOOD = {
  light: colour('#C59A6D'),
  warm: colour('#A8744B'),
  dark: colour('#6B4A38'),
  pale: colour('#D9BE96'),
}
export const STONE = { light: colour('#B9B6AE'), mid: colour('#94929A'), dark: colour('#6B6A78') }
export const PLASTER = colour('#EFE3CC')
export const BRICK = colour('#B5684F')
export const GLASS = colour('#8FB8C6')
export const LAMP_LIGHT: Colour = [1, 0.62, 0.26]

export const GROUND_COLOURS: Readonly<Partial<Record<TileKindName, Colour>>> = {
  grass: colour('#86B068'),
  meadow: colour('#9ABF6C'),
  moss: colour('#6E9A63'),
  'forest-floor': colour('#6B8A58'),
  soil: colour('#8D6A50'),
  sand: colour('#E6CFA2'),
  marsh: colour('#6F8560'),
  snow: colour('#F1F4F5'),
  path: colour('#CDAE83'),
  gravel: colour('#B3AAA0'),
  cobble: colour('#A9A39F'),
  stone: colour('#A3A2A6'),
  bridge: colour('#B1855C'),
  'floor-wood': colour('#BE9064'),
  'floor-stone': colour('#A8A29A'),
  'floor-tile': colour('#D8C7AE'),
  carpet: colour('#A85F5A'),
  stairs: colour('#B9AEA0'),
  water: colour('#BFA97E'),
  'deep-water': colour('#3F7A86'),
  rock: colour('#8F8B92'),
}
