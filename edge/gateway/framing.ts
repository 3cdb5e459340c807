export const TEXT = 0x1
export const BINARY = 0x2

const FINAL = 0x80
/** Longest payload whose length fits the header's first, and second, form. */
const SHORT_MAX = 125
const MEDIUM_MAX = 65_535

/**
 * A whole WebSocket frame as one buffer, header included (RFC 6455 §5.2: final, unmasked): made once, then written as it
 * is to any number of sockets.
 */
export function framed(payload: Uint8Array, opcode: typeof TEXT | typeof BINARY): Buffer {
  const { length } = payload
  const headerBytes = length <= SHORT_MAX ? 2 : length <= MEDIUM_MAX ? 4 : 10
  const frame = Buffer.allocUnsafe(headerBytes + length)
  frame[0] = FINAL | opcode
  if (headerBytes === 2) frame[1] = length
  else if (headerBytes === 4) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.set(payload, headerBytes)
  return frame
}

export const framedJson = (frame: object): Buffer => framed(Buffer.from(JSON.stringify(frame)), TEXT)
