import { execFileSync } from 'node:child_process'
import { cpus, totalmem } from 'node:os'

/** What a figure was measured on: without it a figure says nothing. */
export function machine() {
  let commit = 'unknown'
  try {
    commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  } catch {
    // Not a clone: the figure is still good, only its origin is not told.
  }
  const [cpu] = cpus()
  return {
    commit,
    node: process.version,
    cpu: cpu?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1024 ** 3),
  }
}
