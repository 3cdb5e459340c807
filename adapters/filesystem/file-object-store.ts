import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Fault, type ObjectStore } from '@worldloom/contract'

/** Largest object. World files are at most 4 MiB; the rest is room for what Build Mode will bring. */
export const OBJECT_BYTES_MAX = 64 * 1024 * 1024

/**
 * Objects in a folder, which is made when the first one is put. Faults: `object-name-invalid`, `object-too-large`,
 * `object-corrupt`, `disk-full`, `folder-unusable`.
 */
export class FileObjectStore implements ObjectStore {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  put(bytes: Uint8Array): Promise<string> {
    return attempt(this.#folder, () => put(this.#folder, bytes))
  }

  get(sha256: string): Promise<Uint8Array | undefined> {
    return attempt(this.#folder, () => get(this.#folder, sha256))
  }
}

async function put(folder: string, bytes: Uint8Array): Promise<string> {
  if (bytes.length > OBJECT_BYTES_MAX) {
    throw new Fault('object-too-large', `The object has ${bytes.length} bytes; at most ${OBJECT_BYTES_MAX} are kept.`)
  }
  const sha256 = nameOf(bytes)
  const path = pathOf(folder, sha256)
  if (await holds(path, sha256)) return sha256
  await mkdir(dirname(path), { recursive: true })
  // A name of its own for every writer: two who put the same bytes at once must not share a half-written file.
  const temporary = `${path}.${randomBytes(8).toString('hex')}.part`
  try {
    const file = await open(temporary, 'wx', 0o644)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await flushFolders(folder, dirname(path))
  return sha256
}

async function get(folder: string, sha256: string): Promise<Uint8Array | undefined> {
  const path = pathOf(folder, sha256)
  const bytes = await read(path)
  if (bytes === undefined) return undefined
  if (nameOf(bytes) === sha256) return bytes
  throw new Fault(
    'object-corrupt',
    `${path} does not hold what its name says: the disk or someone has changed it. Restore it from a backup, or remove it and put the object again.`,
  )
}

/** The bytes of a file, or undefined when there is none. Looks at the size first, so that nothing huge is read. */
async function read(path: string): Promise<Uint8Array | undefined> {
  try {
    const { size } = await stat(path)
    if (size > OBJECT_BYTES_MAX) return new Uint8Array()
    return await readFile(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

async function holds(path: string, sha256: string): Promise<boolean> {
  const bytes = await read(path)
  return bytes !== undefined && nameOf(bytes) === sha256
}

const nameOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

function pathOf(folder: string, sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) {
    throw new Fault('object-name-invalid', 'An object is named by 64 lower-case hexadecimal digits.')
  }
  return join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
}

/** A rename is on disk only once its folder is; a new folder only once its own folder is. */
async function flushFolders(root: string, leaf: string): Promise<void> {
  for (const folder of [leaf, dirname(leaf), root]) {
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } catch (error) {
      // Some systems cannot flush a folder at all; there the rename itself is all one gets.
      if (!['EINVAL', 'EPERM', 'EISDIR', 'ENOTSUP'].includes(codeOf(error))) throw error
    } finally {
      await handle.close()
    }
  }
}

/** Runs a piece of file work and turns what the system says into a Fault that says what to do. */
async function attempt<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Fault) throw error
    const code = codeOf(error)
    if (code === 'ENOSPC' || code === 'EDQUOT') {
      throw new Fault('disk-full', `There is no space left for ${folder}. Free some and try again.`, 'later', error)
    }
    throw new Fault(
      'folder-unusable',
      `${folder} cannot be used (${code}). Check that it is a folder this user may write to.`,
      'later',
      error,
    )
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
