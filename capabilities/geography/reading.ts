import { Misfit, type z } from '@worldloom/contract'
import { createReport, type Problem } from './problem.ts'
import { upcast } from './upcasters.ts'
import { validateWorld } from './validation.ts'
import { WORLD_FILE_BYTES_MAX, type WorldFile, worldFileSchema } from './world-file.ts'

export type Reading =
  | { readonly world: WorldFile; readonly problems: readonly [] }
  | { readonly world?: undefined; readonly problems: readonly Problem[] }

/**
 * Reads a World file of any known format: bounds, JSON, format, shape, rules, in this order. All problems that can be
 * seen at a stage are reported together; never throws.
 */
export function readWorldFile(text: string): Reading {
  if (utf8Bytes(text) > WORLD_FILE_BYTES_MAX) {
    return fail('too-large', '', `The file is larger than ${WORLD_FILE_BYTES_MAX / 1024 / 1024} MiB.`)
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return fail('not-json', '', `The file is not JSON: ${error instanceof Error ? error.message : 'unreadable'}.`)
  }
  return checkWorldFile(json)
}

/** As `readWorldFile`, for a file that is already parsed JSON. */
export function checkWorldFile(json: unknown): Reading {
  let newest: unknown
  try {
    newest = upcast(json)
  } catch (error) {
    if (error instanceof Misfit) return fail('format-unknown', 'formatVersion', error.message)
    throw error
  }
  const parsed = worldFileSchema.safeParse(newest)
  if (!parsed.success) {
    const { report, problems } = createReport()
    for (const issue of parsed.error.issues) report('shape', pathOf(issue), `${issue.message}.`)
    return { problems: problems() }
  }
  const problems = validateWorld(parsed.data)
  return problems.length === 0 ? { world: parsed.data, problems: [] } : { problems }
}

/** The world of a file that must be right. Throws a Misfit that lists every problem. */
export function parseWorldFile(text: string): WorldFile {
  const { world, problems } = readWorldFile(text)
  if (world) return world
  throw new Misfit('world-file-invalid', `The World file cannot be used:\n${problems.map(lineOf).join('\n')}`)
}

/** One problem on one line, for people. */
export const lineOf = ({ code, path, message, suggestion }: Problem): string =>
  `${path === '' ? 'file' : path}: ${message} ${suggestion} [${code}]`

const fail = (code: Problem['code'], path: string, message: string): Reading => {
  const { report, problems } = createReport()
  report(code, path, message)
  return { problems: problems() }
}

function pathOf(issue: z.core.$ZodIssue): string {
  return issue.path.reduce<string>((path, key) => {
    if (typeof key === 'number') return `${path}[${key}]`
    return path === '' ? String(key) : `${path}.${String(key)}`
  }, '')
}

/** Length in UTF-8, without making the bytes. A lone surrogate counts as the three bytes of its replacement. */
function utf8Bytes(text: string): number {
  let bytes = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.codePointAt(index) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4
    if (code >= 0x1_0000) index += 1
  }
  return bytes
}
