import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { COLOURS } from '../play/looks.ts'
import { coloursOf, contrast } from './contrast.ts'

/** WCAG 2.2 AA for text, and for the parts of controls. */
const TEXT_MIN = 4.5
const PART_MIN = 3

const folder = new URL('./', import.meta.url)
const sheets = readdirSync(folder).filter(name => name.endsWith('.css'))
const palette = new Map(
  [...readFileSync(new URL('palette.css', folder), 'utf8').matchAll(/--([\w-]+):\s*(#[0-9a-f]{6,8});/g)].map(
    ([, name = '', hex = '']) => [name, hex] as const,
  ),
)
const worst = (a: string, b: string) =>
  Math.min(...coloursOf(a).flatMap(first => coloursOf(b).map(second => contrast(first, second))))
const hexOf = (name: string) => palette.get(name) ?? expect.fail(`no colour --${name}`)

describe('contrast', () => {
  it('is measured as the standard says', () => {
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21)
    expect(contrast([119, 119, 119], [255, 255, 255])).toBeCloseTo(4.48, 2)
  })

  const texts = [...palette.keys()].filter(name => name.startsWith('on-'))
  it('finds the texts of the palette', () => expect(texts.length).toBeGreaterThan(8))

  it.each(texts)('%s can be read', text => {
    const surface = text.split('-')[1] ?? ''
    expect(worst(hexOf(text), hexOf(surface))).toBeGreaterThanOrEqual(TEXT_MIN)
  })

  it.each(sheets)('%s colours text only by those names', name => {
    const css = readFileSync(new URL(name, folder), 'utf8')
    const used = [...css.matchAll(/(?<![\w-])color:\s*([^;]+);/g)].map(([, value]) => value)
    for (const value of used) expect(value).toMatch(/^(inherit|currentcolor|var\(--on-[\w-]+\))$/)
  })

  it.each(sheets)('%s gives a surface only texts that belong to it', name => {
    const css = readFileSync(new URL(name, folder), 'utf8')
    for (const [, body = ''] of css.matchAll(/\{([^{}]*)\}/g)) {
      const surface = /background:\s*var\(--([\w-]+)\)/.exec(body)?.[1]
      const text = /(?<![\w-])color:\s*var\(--on-([\w-]+)\)/.exec(body)?.[1]
      if (surface && text) expect(text === surface || text.startsWith(`${surface}-`)).toBe(true)
    }
  })

  it('of the focus ring is clear on every surface', () => {
    for (const surface of ['paper', 'shade']) expect(worst(hexOf('ring'), hexOf(surface))).toBeGreaterThan(PART_MIN)
  })

  it('keeps the coats apart from one another', () => {
    expect(new Set(COLOURS.map(({ hex }) => hex)).size).toBe(COLOURS.length)
  })
})
