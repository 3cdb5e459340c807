import { type AnyModule, Fault } from '@worldloom/contract'

/**
 * Turns a command away that is larger than its module allows, before any rule sees it. Throws a Fault (`too-large`).
 * Counts as JSON would, in UTF-16 units; stops counting as soon as it is too much.
 */
export function checkCommandSize({ limits: { commandBytesMax } }: AnyModule, data: unknown): void {
  if (sizeWithin(data, commandBytesMax) > commandBytesMax)
    throw new Fault('too-large', `A command may have ${commandBytesMax} bytes here, and this one has more. Send less.`)
}

/** Turns a command away that touches more documents than its module allows. Throws a Fault (`too-many-keys`). */
export function checkKeyCount({ limits: { keysPerCommandMax } }: AnyModule, keys: readonly string[]): void {
  if (keys.length > keysPerCommandMax)
    throw new Fault(
      'too-many-keys',
      `This command touches ${keys.length} documents at once; at most ${keysPerCommandMax} are allowed. Send it in parts.`,
    )
}

/** About as many characters as the value takes as JSON: never more than it takes, and no further than just past `max`. */
function sizeWithin(value: unknown, max: number): number {
  if (typeof value === 'string') return value.length + 2
  if (value === null || typeof value !== 'object') return 1
  if (ArrayBuffer.isView(value)) return value.byteLength
  const isList = Array.isArray(value)
  // Brackets and commas: one comma less than fields.
  let size = 1
  for (const [key, field] of Object.entries(value)) {
    if (field === undefined && !isList) continue
    size += 1 + (isList ? 0 : key.length + 3) + sizeWithin(field, max - size)
    if (size > max) return size
  }
  if (size === 1) return 2
  return size
}
