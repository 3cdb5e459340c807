import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { link, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { embeddedFault } from './embedded-faults.ts'
import { processBirth } from './embedded-identity.ts'

/** Times a lock may change hands under us before we give up. */
const LOCK_ROUNDS_MAX = 5

interface Owner {
  readonly pid: number
  readonly birth: string
  /** Where its people reach it, once it is up. */
  readonly address?: string
}

export interface Lock {
  /** Records where this server is reached, so that a second one can say so. */
  announce(address: string): Promise<void>
  /** Synchronous, so that it also works while the process exits. */
  release(): void
}

/**
 * One server per data folder. PostgreSQL's own lock is not enough: after a kill -9 it is held by an orphan that must be
 * told from a living neighbour's database. Throws the Fault `data-in-use` when the owner lives.
 */
export async function takeLock(folder: string): Promise<Lock> {
  const path = join(folder, 'lock')
  const mine: Owner = { pid: process.pid, birth: processBirth(process.pid) ?? '' }
  for (let round = 0; round < LOCK_ROUNDS_MAX; round++) {
    if (await create(path, mine)) return held(path, mine)
    const found = await readFile(path, 'utf8').catch(() => undefined)
    if (found === undefined) continue
    const owner = parse(found)
    if (owner && processBirth(owner.pid) === owner.birth) throw inUse(folder, owner)
    await clear(path, found)
  }
  throw embeddedFault('data-in-use', `Another Worldloom is starting on ${folder} just now. Try again in a moment.`)
}

function inUse(folder: string, owner: Owner): Error {
  const where = owner.address ? `process ${owner.pid}, ${owner.address}` : `process ${owner.pid}`
  return embeddedFault(
    'data-in-use',
    `Another Worldloom is already running on ${folder} (${where}). Stop it first, or choose another folder with WORLDLOOM_DATA.`,
  )
}

async function create(path: string, owner: Owner): Promise<boolean> {
  try {
    // Complete before it has its name: nobody may ever read half a lock and take it for a dead one.
    const draft = `${path}.${randomUUID()}`
    const file = await open(draft, 'wx', 0o600)
    await file.writeFile(JSON.stringify(owner))
    await file.close()
    try {
      await link(draft, path)
    } finally {
      await rm(draft, { force: true })
    }
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Removes a dead owner's lock, unless someone else was faster and it is a living one by now. */
async function clear(path: string, dead: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`
  try {
    await rename(path, aside)
  } catch {
    return
  }
  const taken = await readFile(aside, 'utf8')
  if (taken !== dead) await link(aside, path).catch(() => undefined)
  await rm(aside, { force: true })
}

function held(path: string, owner: Owner): Lock {
  return {
    announce: address => writeFile(path, JSON.stringify({ ...owner, address } satisfies Owner)),
    release: () => {
      try {
        if (parse(readFileSync(path, 'utf8'))?.pid === owner.pid) rmSync(path)
      } catch {
        // Someone removed the folder: there is nothing left to release.
      }
    },
  }
}

function parse(text: string): Owner | undefined {
  try {
    const owner = JSON.parse(text) as Partial<Owner> | null
    return typeof owner?.pid === 'number' && typeof owner.birth === 'string' ? (owner as Owner) : undefined
  } catch {
    return undefined
  }
}
