import { type ClientFrame, clientFrameSchema, FRAME_DEPTH_MAX, uuidSchema } from '@worldloom/contract'

/** What can be wrong with a text frame before any rule is asked, and what its sender is told. */
export const FLAWS = {
  'not-json': 'The frame is not JSON. Send one JSON object in one text frame.',
  'too-deep': `The frame is nested deeper than ${FRAME_DEPTH_MAX} levels. Flatten it.`,
  'forbidden-key': 'The frame has a field named "__proto__". Rename it.',
  'bad-number': 'The frame has a number that is too large to be one. Send finite numbers.',
  'unknown-frame': 'The server knows no frame of this type. Update the client.',
  'invalid-input': 'The frame does not have the fields it must have.',
} as const
export type Flaw = keyof typeof FLAWS

export type ClientText =
  | { readonly frame: ClientFrame }
  /** `id` when the frame had a readable one, so that its sender need not wait for an answer. */
  | { readonly flaw: Flaw; readonly because: string; readonly id: string | undefined }

const TYPES: ReadonlySet<unknown> = new Set(clientFrameSchema.options.map(option => option.shape.type.value))

/** Reads a text frame. Never throws. The depth is looked at before parsing, everything else before the schema. */
export function readClientText(text: string): ClientText {
  if (isTooDeep(text)) return flawed('too-deep')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return flawed('not-json')
  }
  const id = idOf(value)
  const flaw = flawIn(value)
  if (flaw) return flawed(flaw, id)
  const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined
  if (!TYPES.has(type)) return flawed('unknown-frame', id)
  const parsed = clientFrameSchema.safeParse(value)
  if (parsed.success) return { frame: parsed.data }
  const issue = parsed.error.issues[0]
  const where = issue && issue.path.length > 0 ? `"${issue.path.join('.').slice(0, 64)}": ` : ''
  return flawed('invalid-input', id, `${FLAWS['invalid-input']} ${where}${issue?.message.slice(0, 160) ?? ''}`)
}

const flawed = (flaw: Flaw, id?: string, because: string = FLAWS[flaw]): ClientText => ({ flaw, because, id })

function idOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'id')) return undefined
  const { id } = value as { id: unknown }
  return uuidSchema.safeParse(id).success ? (id as string) : undefined
}

const QUOTE = 0x22
const BACKSLASH = 0x5c

/** Counts brackets outside of strings. Works on anything, JSON or not. */
function isTooDeep(text: string): boolean {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at)
    if (char === QUOTE) {
      for (at++; at < text.length && text.charCodeAt(at) !== QUOTE; at++) if (text.charCodeAt(at) === BACKSLASH) at++
    } else if (char === 0x7b || char === 0x5b) {
      depth += 1
      if (depth > FRAME_DEPTH_MAX) return true
    } else if (char === 0x7d || char === 0x5d) depth -= 1
  }
  return false
}

/** What JSON lets through and no rule should meet: `1e999` is read as infinity, `__proto__` as an ordinary key. */
function flawIn(value: unknown): Flaw | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'bad-number'
  if (typeof value !== 'object' || value === null) return undefined
  for (const key of Object.keys(value)) {
    if (key === '__proto__') return 'forbidden-key'
    const flaw = flawIn((value as Readonly<Record<string, unknown>>)[key])
    if (flaw) return flaw
  }
  return undefined
}
