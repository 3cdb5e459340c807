import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type * as host from '@worldloom/host'
import type * as memory from '../memory-store.ts'

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url))

/** A change of one line or a few: `find` must stand in the file exactly once. */
export interface Edit {
  /** `host/…` or `memory-store.ts`. */
  readonly file: string
  readonly find: string
  readonly put: string
}

/** What a run is made of: the host's classes and the store that stands behind them. */
export interface Build {
  readonly World: typeof host.World
  readonly MemoryEngineStore: typeof memory.MemoryEngineStore
  readonly replay: typeof host.replay
  readonly verify: typeof host.verify
  /** Removes the copy it was loaded from. */
  readonly remove: () => Promise<void>
}

/** Bounds made so small that a short run meets every one of them. Nothing else is changed. */
export const SMALL_BOUNDS: readonly Edit[] = [
  bound('host/document-memory.ts', 'CHECKPOINT_SLICE_MAX = 200', '3'),
  bound('host/batch.ts', 'RECORDS_PER_BATCH_MAX = 1_000', '6'),
  bound('host/journaled-engine.ts', 'MAILBOX_MAX = 10_000', '40'),
  bound('host/journaled-engine.ts', 'PAGED_DOCUMENTS_MAX = 50_000', '2'),
  bound('host/courier.ts', 'CALLS_ON_THE_WAY_MAX = 64', '3'),
  bound('host/follower.ts', 'ROWS_PER_READ = 50', '8'),
  bound('host/recovery.ts', 'ROWS_PER_READ = 100', '4'),
  bound('host/accepted-ids.ts', 'IDS_MAX = 2_000_000', '150'),
]

function bound(file: string, find: string, value: string): Edit {
  return { file, find, put: `${find.split(' = ')[0]} = ${value}` }
}

/**
 * The host as it stands, with edits, loaded from a copy in a temporary folder. Throws when an edit does not apply: the
 * line it is about has changed, and whoever changed it has to say what becomes of the edit.
 */
export async function buildHost(edits: readonly Edit[]): Promise<Build> {
  const folder = await mkdtemp(join(tmpdir(), 'worldloom-sim-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    await cp(join(REPOSITORY, 'kernel/host'), join(folder, 'host'), {
      recursive: true,
      filter: path => !path.endsWith('.test.ts') && !path.includes('node_modules'),
    })
    await cp(join(REPOSITORY, 'testing/memory-store.ts'), join(folder, 'memory-store.ts'))
    await writeFile(join(folder, 'package.json'), '{"type":"module"}')
    // The same modules as everywhere else, so that errors thrown here are known there.
    await symlink(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'))
    const files = new Set((await readdir(join(folder, 'host'))).map(name => `host/${name}`)).add('memory-store.ts')
    for (const edit of edits) {
      if (!files.has(edit.file)) throw new Error(`does not apply: there is no ${edit.file}`)
      const path = join(folder, edit.file)
      await writeFile(path, apply(edit, await readFile(path, 'utf8')))
    }
    const load = (path: string): Promise<unknown> => import(pathToFileURL(join(folder, path)).href)
    const { World, replay, verify } = (await load('host/index.ts')) as typeof host
    const { MemoryEngineStore } = (await load('memory-store.ts')) as typeof memory
    return { World, MemoryEngineStore, replay, verify, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

function apply({ file, find, put }: Edit, text: string): string {
  const parts = text.split(find)
  if (parts.length !== 2) throw new Error(`does not apply: ${file} holds ${parts.length - 1} times: ${find}`)
  return parts.join(put)
}
