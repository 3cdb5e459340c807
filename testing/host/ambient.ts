import type { Ambient } from '@worldloom/contract'

/** The machine's own time and chance, as the host wants them. */
export const realAmbient: Ambient = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  random32: () => Math.floor(Math.random() * 2 ** 32),
}

let counter = 0

/** A fresh UUIDv7 of a moment. */
export function newCommandId(at = Date.now()): string {
  const time = at.toString(16).padStart(12, '0')
  const tail = (++counter).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7abc-8def-${tail}`
}
