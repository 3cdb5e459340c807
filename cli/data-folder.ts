import { access, constants, mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Fault } from '@worldloom/contract'

/** Where a server keeps everything that must outlive it. */
export interface DataFolder {
  readonly root: string
  readonly postgres: string
  readonly objects: string
  readonly log: string
}

/**
 * The data folder: `WORLDLOOM_DATA`, or `.worldloom` where the command runs. Made when missing. Throws a Fault
 * (`no-permission`, `disk-full`).
 */
export async function openDataFolder(env: NodeJS.ProcessEnv, cwd: string): Promise<DataFolder> {
  const root = resolve(cwd, env.WORLDLOOM_DATA || '.worldloom')
  const folder: DataFolder = {
    root,
    postgres: join(root, 'postgres'),
    objects: join(root, 'objects'),
    log: join(root, 'server.log'),
  }
  try {
    await mkdir(folder.objects, { recursive: true })
    await access(root, constants.W_OK | constants.X_OK)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'ENOSPC' || code === 'EDQUOT')
      throw new Fault(
        'disk-full',
        `The disk that holds ${root} is full. Free some space, or choose another folder with WORLDLOOM_DATA.`,
        'never',
        error,
      )
    if (code === 'ENOTDIR' || code === 'EEXIST')
      throw new Fault(
        'no-permission',
        `${root} cannot be a data folder: a file is in the way. Choose another folder with WORLDLOOM_DATA.`,
        'never',
        error,
      )
    throw new Fault(
      'no-permission',
      `Worldloom may not write in ${root}. Start it as the user who owns that folder, or choose another with WORLDLOOM_DATA.`,
      'never',
      error,
    )
  }
  return folder
}
