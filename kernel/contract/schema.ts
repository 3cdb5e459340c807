import { z } from 'zod'

export { z }

/** Longest text id of a person, place or thing. Long enough for a UUID, short enough to index. */
export const ID_CHARS_MAX = 64

/** Permanent id of a region, zone, object or player: letters, digits, `.`, `_`, `-`. */
export const idSchema = z
  .string()
  .min(1)
  .max(ID_CHARS_MAX)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'must be letters, digits, dots, dashes or underscores')

/** A UUIDv7 in lower case (RFC 9562 §5.7). Commands are named by one. */
export const uuidSchema = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, 'must be a lower-case UUIDv7')

/**
 * Text that a person typed. Control characters, lone surrogates and bidirectional overrides are refused, because they
 * end up on other people's screens and in the journal.
 */
export const textSchema = (charsMax: number) =>
  z.string().max(charsMax).refine(isPrintable, 'must not contain control characters')

/** True for well-formed text without control or direction-override characters; line breaks are allowed. */
export function isPrintable(text: string): boolean {
  return text.isWellFormed() && !/(?!\n)\p{Cc}|[\u200E\u200F\u202A-\u202E\u2066-\u2069]/u.test(text)
}
