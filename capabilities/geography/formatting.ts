import type { WorldFile } from './world-file.ts'

const LINE_CHARS_MAX = 120
/** Rows are pictures: always one below the other. */
const PICTURES: readonly string[] = ['rows', 'heights']

/**
 * A World file as text: one line per thing, rows one below the other, so that version control shows what changed.
 * Reading it back gives an equal file.
 */
export const formatWorldFile = (file: WorldFile): string => `${format(file, '', '')}\n`

function format(value: unknown, key: string, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inline = inlineOf(value)
  const fits = indent.length + key.length + inline.length + 4 <= LINE_CHARS_MAX
  if (fits && indent.length >= 2 && !PICTURES.includes(key) && !holdsLists(value)) return inline
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    return `[\n${value.map(item => inner + format(item, '', inner)).join(',\n')}\n${indent}]`
  }
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  return `{\n${fields.map(([name, field]) => `${inner}${JSON.stringify(name)}: ${format(field, name, inner)}`).join(',\n')}\n${indent}}`
}

function inlineOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inlineOf).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  if (fields.length === 0) return '{}'
  return `{ ${fields.map(([name, field]) => `${JSON.stringify(name)}: ${inlineOf(field)}`).join(', ')} }`
}

/** A list of things (not of rectangles or ids) is never put on one line. */
const holdsLists = (value: object): boolean =>
  Array.isArray(value) && value.some(item => typeof item === 'object' && item !== null && 'id' in item)
