import { type BinaryCodec, idSchema, z } from '@worldloom/contract'

export const CORRECTIONS = ['collision', 'occupied', 'too-fast', 'door', 'moved'] as const
export type CorrectionReason = (typeof CORRECTIONS)[number]

/**
 * Where the server has someone. It answers an intent that could not be accepted: the Client rewinds to it and replays
 * what it has sent since `seq`. Only `moved` is no answer: the server has put the person there itself (onto a seat, off
 * it, out of a new wall); the Client goes there, takes the pose, and drops every intent it has not had answered.
 */
export const correctionSchema = z.strictObject({
  player: idSchema,
  /** The intent that was refused. */
  seq: z.int().min(0).max(65_535),
  x: z.int().min(0).max(65_535),
  y: z.int().min(0).max(65_535),
  pose: z.int().min(0).max(255),
  reason: z.enum(CORRECTIONS),
})
export type PositionCorrection = z.output<typeof correctionSchema>

export const CORRECTION_TAG = 0x02
const CORRECTION_BYTES = 9

/** tag u8 · seq u16 · x u16 · y u16 · pose u8 · reason u8, big-endian. The player is the socket's own and not sent. */
export const correctionCodec: BinaryCodec<PositionCorrection> = {
  tag: CORRECTION_TAG,
  read(bytes) {
    if (bytes.length !== CORRECTION_BYTES || bytes[0] !== CORRECTION_TAG) return undefined
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const reason = CORRECTIONS[view.getUint8(8)]
    if (!reason) return undefined
    return {
      player: 'self',
      seq: view.getUint16(1),
      x: view.getUint16(3),
      y: view.getUint16(5),
      pose: view.getUint8(7),
      reason,
    }
  },
  write({ seq, x, y, pose, reason }) {
    const bytes = new Uint8Array(CORRECTION_BYTES)
    const view = new DataView(bytes.buffer)
    view.setUint8(0, CORRECTION_TAG)
    view.setUint16(1, seq)
    view.setUint16(3, x)
    view.setUint16(5, y)
    view.setUint8(7, pose)
    view.setUint8(8, CORRECTIONS.indexOf(reason))
    return bytes
  },
}
