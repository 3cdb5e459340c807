import { Fault, Misfit } from '@worldloom/contract'

/**
 * Codes of what can keep the embedded database from running. Each comes as one sentence that says what to do:
 * `data-in-use`, `disk-full`, `no-permission`, `database-failed`, `platform-unsupported`; old data is the Misfit
 * `data-too-old` or `data-too-new`.
 */
export type EmbeddedCode = 'data-in-use' | 'disk-full' | 'no-permission' | 'database-failed' | 'platform-unsupported'

export const embeddedFault = (code: EmbeddedCode, message: string, cause?: unknown): Fault =>
  new Fault(code, message, 'never', cause)

/** Turns what the file system or PostgreSQL said about a folder into a sentence for the person who started it. */
export function folderFault(cause: unknown, folder: string): Error {
  if (cause instanceof Fault || cause instanceof Misfit) return cause
  const said = cause instanceof Error ? cause.message : String(cause)
  const code = (cause as NodeJS.ErrnoException | undefined)?.code
  if (code === 'ENOSPC' || code === 'EDQUOT' || /no space left on device|quota exceeded/i.test(said))
    return embeddedFault(
      'disk-full',
      `The disk that holds ${folder} is full. Free some space, or choose another folder with WORLDLOOM_DATA.`,
      cause,
    )
  if (
    code === 'EACCES' ||
    code === 'EPERM' ||
    code === 'EROFS' ||
    /permission denied|read-only file system/i.test(said)
  )
    return embeddedFault(
      'no-permission',
      `Worldloom may not write in ${folder}. Start it as the user who owns that folder, or choose another with WORLDLOOM_DATA.`,
      cause,
    )
  if (code === 'ENOTDIR' || code === 'EEXIST')
    return embeddedFault(
      'no-permission',
      `${folder} cannot be a data folder: a file is in the way. Choose another folder with WORLDLOOM_DATA.`,
      cause,
    )
  return embeddedFault('database-failed', `The embedded PostgreSQL in ${folder} did not start: ${said}`, cause)
}
