import { type BinaryCodec, z } from '@worldloom/contract'

/** One zone's movement in one tick, already encoded: made once, written to every socket of the zone. */
export const frameSchema = z.strictObject({
  zone: z.string(),
  bytes: z.custom<Uint8Array>(value => value instanceof Uint8Array),
})
export type PresenceFrame = z.output<typeof frameSchema>

export const FRAME_TAG = 0x03
const HEADER_BYTES = 7
const ENTRY_BYTES = 7

export interface FrameEntry {
  readonly index: number
  /** 1/64 tile. */
  readonly x: number
  readonly y: number
  readonly pose: number
}

/** tag u8 · server time u32 (UTC ms, low 32 bits) · count u16, then per person: index u16 · x u16 · y u16 · pose u8. */
export function encodeFrame(at: number, entries: readonly FrameEntry[]): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + entries.length * ENTRY_BYTES)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, FRAME_TAG)
  view.setUint32(1, at % 2 ** 32)
  view.setUint16(5, entries.length)
  let offset = HEADER_BYTES
  for (const { index, x, y, pose } of entries) {
    view.setUint16(offset, index)
    view.setUint16(offset + 2, x)
    view.setUint16(offset + 4, y)
    view.setUint8(offset + 6, pose)
    offset += ENTRY_BYTES
  }
  return bytes
}

/** Undefined when the bytes are not a well-formed frame. */
export function decodeFrame(bytes: Uint8Array): { readonly at: number; readonly entries: FrameEntry[] } | undefined {
  if (bytes.length < HEADER_BYTES || bytes[0] !== FRAME_TAG) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const count = view.getUint16(5)
  if (bytes.length !== HEADER_BYTES + count * ENTRY_BYTES) return undefined
  const entries: FrameEntry[] = []
  for (let offset = HEADER_BYTES; offset < bytes.length; offset += ENTRY_BYTES) {
    entries.push({
      index: view.getUint16(offset),
      x: view.getUint16(offset + 2),
      y: view.getUint16(offset + 4),
      pose: view.getUint8(offset + 6),
    })
  }
  return { at: view.getUint32(1), entries }
}

/** The zone is the socket's own and not sent. */
export const frameCodec: BinaryCodec<PresenceFrame> = {
  tag: FRAME_TAG,
  read: bytes => (decodeFrame(bytes) ? { zone: '', bytes } : undefined),
  write: frame => frame.bytes,
}
