import { type BinaryCodec, z } from '@worldloom/contract'

/** A wish to stand at a place, sent after the Client has already moved there. */
export const intentSchema = z.strictObject({
  /** Counts a session's intents, wrapping at 65 536, so that a correction can say which it answers. */
  seq: z.int().min(0).max(65_535),
  x: z.int().min(0).max(65_535),
  y: z.int().min(0).max(65_535),
  pose: z.int().min(0).max(255),
})
export type MoveIntent = z.output<typeof intentSchema>

export const INTENT_TAG = 0x01
const INTENT_BYTES = 8

/** tag u8 · seq u16 · x u16 · y u16 · pose u8, big-endian. */
export const intentCodec: BinaryCodec<MoveIntent> = {
  tag: INTENT_TAG,
  read(bytes) {
    if (bytes.length !== INTENT_BYTES || bytes[0] !== INTENT_TAG) return undefined
    const [, s1 = 0, s0 = 0, x1 = 0, x0 = 0, y1 = 0, y0 = 0, pose = 0] = bytes
    return { seq: (s1 << 8) | s0, x: (x1 << 8) | x0, y: (y1 << 8) | y0, pose }
  },
  write({ seq, x, y, pose }) {
    return Uint8Array.of(INTENT_TAG, seq >> 8, seq, x >> 8, x, y >> 8, y, pose)
  },
}
