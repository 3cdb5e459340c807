import { KIND, type MeshBuilder } from './mesh-builder.ts'
import { dice } from './noise.ts'
import { type Colour, colour, mix, STONE, scale, vary } from './palette.ts'
import { blade, blob, lathe } from './solids.ts'

/** Small growing things and stones, in the builder's frame on y = 0. */

const GRASS = { low: colour('#5F8A4C'), high: colour('#A9C876') }
const REED = { low: colour('#6E7F4A'), high: colour('#B6B36A') }
const PETALS = ['#F6F1E7', '#F2B84B', '#E58B7B', '#C9A6E8', '#8C6BD1', '#F4C7C3', '#E3665B'].map(colour)
const MOSS = colour('#6E9A63')

export function grassTuft(mesh: MeshBuilder, seed: number, count = 8, size = 1): void {
  const roll = dice(seed)
  mesh.as(KIND.low, 0, 255)
  for (let i = 0; i < count; i += 1) {
    const angle = roll() * Math.PI * 2
    const out = roll() * 0.2 * size
    const height = (0.16 + roll() * 0.24) * size
    const lean = 0.05 + roll() * 0.1
    blade(
      mesh,
      [Math.sin(angle) * out, 0, Math.cos(angle) * out],
      [Math.sin(angle) * lean, Math.cos(angle) * lean],
      height,
      0.075 * size,
      roll() * 3,
      { low: vary(GRASS.low, roll(), 0.1), high: vary(GRASS.high, roll(), 0.15) },
    )
  }
}

export function reed(mesh: MeshBuilder, seed: number): void {
  const roll = dice(seed)
  mesh.as(KIND.low, 0, 255)
  for (let i = 0; i < 9; i += 1) {
    const angle = roll() * Math.PI * 2
    const out = roll() * 0.28
    blade(
      mesh,
      [Math.sin(angle) * out, -0.4, Math.cos(angle) * out],
      [(roll() - 0.5) * 0.3, (roll() - 0.5) * 0.3],
      1 + roll() * 0.6,
      0.07,
      roll() * 3,
      REED,
    )
  }
  for (let i = 0; i < 3; i += 1) {
    const [x, z, h] = [(roll() - 0.5) * 0.5, (roll() - 0.5) * 0.5, 0.8 + roll() * 0.4]
    lathe(
      mesh,
      x,
      z,
      [
        { y: -0.3, r: 0.012, c: REED.low },
        { y: h, r: 0.012, c: REED.high },
      ],
      3,
      { caps: 'none' },
    )
    const brown = colour('#6B4A38')
    lathe(
      mesh,
      x,
      z,
      [
        { y: h, r: 0.03, c: brown },
        { y: h + 0.03, r: 0.045, c: brown },
        { y: h + 0.24, r: 0.04, c: brown },
        { y: h + 0.29, r: 0, c: brown },
      ],
      5,
    )
  }
}

/** A patch of flowers of one or two colours. */
export function flowers(mesh: MeshBuilder, seed: number, count = 6, spread = 0.34): void {
  const roll = dice(seed)
  const main = PETALS[Math.floor(roll() * PETALS.length)] ?? GRASS.high
  const other = PETALS[Math.floor(roll() * PETALS.length)] ?? main
  mesh.as(KIND.low, 0, 255)
  for (let i = 0; i < count; i += 1) {
    const angle = roll() * Math.PI * 2
    const out = Math.sqrt(roll()) * spread
    const [x, z, h] = [Math.sin(angle) * out, Math.cos(angle) * out, 0.2 + roll() * 0.2]
    blade(mesh, [x, 0, z], [0, 0], h * 0.96, 0.05, angle, GRASS)
    const petal = i % 3 === 2 ? other : main
    lathe(
      mesh,
      x,
      z,
      [
        { y: h - 0.05, r: 0, c: scale(petal, 0.6) },
        { y: h + 0.012, r: 0.066, c: petal },
        { y: h + 0.032, r: 0, c: mix(petal, colour('#F2B84B'), 0.7) },
      ],
      5,
      { caps: 'none' },
    )
  }
}

export function bush(mesh: MeshBuilder, seed: number): void {
  const roll = dice(seed)
  mesh.as(KIND.low, 0, 90)
  const n = roll()
  const leaves = { low: vary(colour('#426B45'), n, 0.15), high: vary(colour('#8DB463'), n, 0.12) }
  for (let i = 0; i < 3; i += 1) {
    const angle = (i / 3) * Math.PI * 2 + roll()
    const size = 0.25 + roll() * 0.14
    blob(mesh, [Math.sin(angle) * 0.2, size * 0.72, Math.cos(angle) * 0.2], [size, size * 0.86, size], leaves, {
      segments: 7,
      rings: 5,
      seed: seed + i,
      roughness: 0.12,
      shade: 0.45,
    })
  }
  if (roll() > 0.45) {
    const berry = PETALS[Math.floor(roll() * PETALS.length)] ?? GRASS.high
    for (let i = 0; i < 6; i += 1) {
      const angle = roll() * Math.PI * 2
      const up = 0.25 + roll() * 0.25
      blob(
        mesh,
        [Math.sin(angle) * 0.36, up, Math.cos(angle) * 0.36],
        [0.045, 0.045, 0.045],
        { low: scale(berry, 0.7), high: berry },
        { segments: 4, rings: 3, roughness: 0 },
      )
    }
  }
}

export function mushrooms(mesh: MeshBuilder, seed: number): void {
  const roll = dice(seed)
  mesh.as(KIND.low)
  const hat = roll() > 0.5 ? colour('#C2543F') : colour('#B98A5A')
  for (let i = 0; i < 3; i += 1) {
    const [x, z, s] = [(roll() - 0.5) * 0.5, (roll() - 0.5) * 0.5, 0.6 + roll() * 0.8]
    lathe(
      mesh,
      x,
      z,
      [
        { y: 0, r: 0.045 * s, c: colour('#E9DFCB'), ao: 0.7 },
        { y: 0.15 * s, r: 0.035 * s, c: colour('#EFE7D6') },
      ],
      6,
      { caps: 'none' },
    )
    lathe(
      mesh,
      x,
      z,
      [
        { y: 0.14 * s, r: 0.03 * s, c: colour('#D9C7A8'), ao: 0.5 },
        { y: 0.13 * s, r: 0.12 * s, c: scale(hat, 0.8) },
        { y: 0.23 * s, r: 0.05 * s, c: scale(hat, 1.15) },
        { y: 0.245 * s, r: 0, c: scale(hat, 1.2) },
      ],
      7,
      { caps: 'none' },
    )
  }
}

/** One stone with smaller ones at its foot; moss on the upper side where the seed says so. */
export function rock(mesh: MeshBuilder, seed: number, size = 1, stone: Colour = STONE.mid): void {
  const roll = dice(seed)
  mesh.as(KIND.low)
  const c = vary(stone, roll(), 0.12)
  const mossy = roll() > 0.5 ? MOSS : scale(c, 1.25)
  const tones = { low: scale(c, 0.72), high: mix(scale(c, 1.2), mossy, 0.55) }
  const [w, d] = [(0.4 + roll() * 0.12) * size, (0.36 + roll() * 0.12) * size]
  blob(mesh, [0, 0.16 * size, 0], [w, (0.34 + roll() * 0.2) * size, d], tones, {
    segments: 7,
    rings: 5,
    seed,
    roughness: 0.2,
    shade: 0.6,
    faceted: true,
  })
  for (let i = 0; i < 2; i += 1) {
    const angle = roll() * Math.PI * 2
    const s = (0.1 + roll() * 0.1) * size
    blob(mesh, [Math.sin(angle) * 0.42 * size, s * 0.4, Math.cos(angle) * 0.42 * size], [s, s * 0.8, s], tones, {
      segments: 5,
      rings: 4,
      seed: seed + i + 1,
      roughness: 0.2,
      faceted: true,
    })
  }
}

export function pottedPlant(mesh: MeshBuilder, seed: number): void {
  const roll = dice(seed)
  mesh.as(KIND.low)
  const pot = colour('#C9785B')
  lathe(
    mesh,
    0,
    0,
    [
      { y: 0, r: 0.17, c: scale(pot, 0.8), ao: 0.7 },
      { y: 0.3, r: 0.24, c: pot },
      { y: 0.36, r: 0.25, c: scale(pot, 1.1) },
      { y: 0.33, r: 0.2, c: colour('#5A4636') },
    ],
    10,
  )
  mesh.as(KIND.low, 0, 120)
  for (let i = 0; i < 9; i += 1) {
    const angle = (i / 9) * Math.PI * 2 + roll()
    const h = 0.5 + roll() * 0.45
    blade(
      mesh,
      [Math.sin(angle) * 0.06, 0.33, Math.cos(angle) * 0.06],
      [Math.sin(angle) * 0.3, Math.cos(angle) * 0.3],
      h,
      0.16,
      angle + 1.57,
      { low: colour('#3E6B57'), high: colour('#8DB463') },
    )
  }
}
