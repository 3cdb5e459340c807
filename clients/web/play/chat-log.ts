import type { Line } from '@worldloom/capabilities/chat'

/** Lines kept per channel in the page; the server keeps the rest. */
export const LINES_MAX = 200

/**
 * Puts lines among those already there: each once, by time and then by id, the oldest falling away. History that is read
 * again after a broken connection and lines that came live meanwhile meet here.
 */
export function merged(present: readonly Line[], more: readonly Line[]): readonly Line[] {
  const known = new Set(present.map(line => line.id))
  const fresh = more.filter(line => !known.has(line.id) && known.add(line.id))
  if (fresh.length === 0) return present
  return [...present, ...fresh].sort(byTime).slice(-LINES_MAX)
}

const byTime = (a: Line, b: Line): number => a.at - b.at || (a.id < b.id ? -1 : 1)
