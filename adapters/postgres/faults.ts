import { Fault } from '@worldloom/contract'

/**
 * SQLSTATE classes that are the server's or the connection's trouble, not the statement's: connection exceptions,
 * insufficient resources, operator intervention, system errors (PostgreSQL manual, appendix A).
 */
const TROUBLES = ['08', '53', '57', '58']

/** Runs a statement; turns trouble with the database itself into a Fault that says to try again later. */
export async function reaching<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    const { code = '', message = '' } = error as { code?: string; message?: string }
    const disk = code === '53100'
    if (disk)
      throw new Fault('disk-full', 'The database has no disk space left. Free some and try again.', 'later', error)
    const unreachable =
      TROUBLES.includes(code.slice(0, 2)) ||
      /^E[A-Z]+$/.test(code) ||
      /Connection terminated|timeout exceeded/.test(message)
    if (!unreachable) throw error
    throw new Fault('database-unavailable', 'The database does not answer. It will be tried again.', 'later', error)
  }
}
