import { EXIT } from './command.ts'

/** What the person is told, and the exit code. */
export interface Failure {
  readonly sentence: string
  readonly exitCode: number
  /** Only for mistakes of ours: where in the program it happened. */
  readonly trace?: string
}

/** Turns whatever ended a command into a plain sentence. What the outside or the composition did needs no trace. */
export function explainFailure(error: unknown): Failure {
  const { name = '', code = '', message = String(error), stack } = (error ?? {}) as Partial<NodeJS.ErrnoException>
  if (name === 'Fault' || name === 'Misfit') return { sentence: `${message} [${code}]`, exitCode: EXIT.failed }
  if (name === 'Misuse') return { sentence: message, exitCode: EXIT.misused }
  if (code.startsWith('ERR_PARSE_ARGS')) return { sentence: `${message.split('. ')[0]}.`, exitCode: EXIT.misused }
  if (code === 'ENOSPC')
    return { sentence: 'The disk is full. Free some space and start again. [disk-full]', exitCode: EXIT.failed }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return {
      sentence: `Worldloom may not do this here (${message}). Check the permissions. [no-permission]`,
      exitCode: EXIT.failed,
    }
  return {
    sentence: `Worldloom made a mistake: ${message}. Please report it with the lines below.`,
    exitCode: EXIT.defect,
    trace: stack ?? message,
  }
}
