import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * When a process was born, as a text that no later process with the same number shares: undefined when there is none.
 * A process number alone proves nothing after a restart, least of all in a container, where everybody is process 1.
 */
export function processBirth(pid: number): string | undefined {
  if (process.platform !== 'linux') return ask(pid, 'lstart')
  const stat = read(`/proc/${pid}/stat`)
  if (stat === undefined) return undefined
  // The second field is the program's name in brackets and may hold anything; count from its end (man 5 proc).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const state = fields[0]
  const startTicks = fields[19]
  if (state === 'Z' || state === 'X') return undefined
  return `${read('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}/${startTicks}`
}

/** The command line of a process, or undefined when there is none or it may not be seen. */
export function processCommand(pid: number): string | undefined {
  if (process.platform !== 'linux') return ask(pid, 'command')
  return read(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ')
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function ask(pid: number, column: string): string | undefined {
  try {
    const line = execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8', timeout: 5_000 })
    return line.trim() || undefined
  } catch {
    return undefined
  }
}
