import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type EmbeddedPostgres, probeDatabase, startPostgres } from '@worldloom/postgres'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'

const keeper = fileURLToPath(new URL('./database-keeper.ts', import.meta.url))

let folder = ''
let running: EmbeddedPostgres | undefined

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'worldloom-embedded-'))
})
afterEach(async () => {
  await running?.stop()
  running = undefined
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const start = async () => {
  running = await startPostgres({ folder })
  return running
}

async function ask(url: string, statement: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query({ text: statement, rowMode: 'array' })).rows[0]?.[0]
  } finally {
    await client.end()
  }
}

/** Starts the database from another process, which can then be killed. */
async function elsewhere(): Promise<{ readonly pid: number; readonly url: string; kill(): Promise<void> }> {
  const child = spawn(process.execPath, [keeper, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const exited = once(child, 'exit')
  return {
    pid: child.pid ?? 0,
    url: line.toString().trim(),
    kill: async () => {
      child.kill('SIGKILL')
      await exited
    },
  }
}

const postmaster = async () => Number.parseInt(await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8'), 10)

describe('the embedded PostgreSQL', () => {
  test('starts, keeps what was written, stops and lets its folder go', async () => {
    const first = await start()
    await ask(first.url, 'create table deed (name text)')
    await ask(first.url, "insert into deed values ('woven')")
    expect(await ask(first.url, "select current_setting('fsync')")).toBe('on')
    expect(await ask(first.url, "select current_setting('listen_addresses')")).toBe('127.0.0.1')
    await first.stop()
    expect(await first.gone).toBe(true)
    await expect(stat(join(folder, 'lock'))).rejects.toThrow()
    await expect(probeDatabase(first.url)).rejects.toMatchObject({ code: 'database-unreachable' })

    const second = await start()
    expect(await ask(second.url, 'select name from deed')).toBe('woven')
    expect((await probeDatabase(second.url)).major).toBe(18)
  })

  test('lets nobody in without the password, which only its user may read', async () => {
    const { url } = await start()
    const stranger = url.replace(/:[^:@]+@/, ':guess@')
    await expect(probeDatabase(stranger)).rejects.toMatchObject({ code: 'database-refused' })
    expect((await stat(join(folder, 'password'))).mode & 0o777).toBe(0o600)
  })

  test('refuses a second start on the same data and names the first', async () => {
    const first = await start()
    await first.announce('http://localhost:8080')
    const second = startPostgres({ folder })
    await expect(second).rejects.toMatchObject({ code: 'data-in-use' })
    await expect(second).rejects.toThrow(`process ${process.pid}, http://localhost:8080`)
    expect(await ask(first.url, 'select 1')).toBe(1)
  })

  test('of two starts at the same moment, one wins and the other is refused', async () => {
    const results = await Promise.allSettled([startPostgres({ folder }), startPostgres({ folder })])
    const won = results.filter(result => result.status === 'fulfilled')
    running = won[0]?.value
    expect(won).toHaveLength(1)
    expect(results.find(result => result.status === 'rejected')?.reason).toMatchObject({ code: 'data-in-use' })
  })

  test('after a kill -9 of its server, stops the orphan and starts anew', async () => {
    const first = await elsewhere()
    await ask(first.url, "insert into deed values ('kept')")
    await first.kill()
    const orphan = await postmaster()
    expect(await ask(first.url, 'select 1')).toBe(1)
    const lines: string[] = []
    running = await startPostgres({ folder, log: line => lines.push(line) })
    expect(lines.join('\n')).toContain(`process ${orphan}`)
    expect(running.pid).not.toBe(orphan)
    expect(await ask(running.url, "select count(*)::int from deed where name = 'kept'")).toBe(1)
  })

  test('after a kill -9 of both, recovers what was committed', async () => {
    const first = await elsewhere()
    await ask(first.url, "insert into deed values ('crashed')")
    process.kill(await postmaster(), 'SIGKILL')
    await first.kill()
    const { url } = await start()
    expect(await ask(url, "select count(*)::int from deed where name = 'crashed'")).toBe(1)
  })

  test('takes a mark whose number now belongs to a stranger for what it is', async () => {
    await writeFile(join(folder, 'data', 'postmaster.pid'), `${process.pid}\n${folder}/data\n0\n5432\n\n\n`)
    await writeFile(join(folder, 'lock'), JSON.stringify({ pid: process.pid, birth: 'another life' }))
    expect(await ask((await start()).url, 'select 1')).toBe(1)
  })

  test('tells when it ends by itself', async () => {
    const { gone } = await start()
    process.kill(await postmaster(), 'SIGKILL')
    expect(await gone).toBe(false)
  })
})

describe('data that cannot be used', () => {
  test.each([
    ['17', 'data-too-old'],
    ['99', 'data-too-new'],
  ])('of PostgreSQL %s is refused as %s', async (major, code) => {
    const version = join(folder, 'data', 'PG_VERSION')
    const ours = await readFile(version, 'utf8')
    await writeFile(version, `${major}\n`)
    try {
      await expect(startPostgres({ folder })).rejects.toMatchObject({
        name: 'Misfit',
        code,
        message: expect.stringContaining(`made by PostgreSQL ${major}`),
      })
    } finally {
      await writeFile(version, ours)
    }
  })

  test('a file in the way of the folder is told in one sentence', async () => {
    const file = join(folder, 'file')
    await writeFile(file, '')
    const started = startPostgres({ folder: join(file, 'data') })
    await expect(started).rejects.toMatchObject({ name: 'Fault', code: 'no-permission' })
  })

  test('a data folder that is none is refused, not overwritten', async () => {
    const other = await mkdtemp(join(tmpdir(), 'worldloom-other-'))
    try {
      await writeFile(join(other, 'data'), 'mine')
      await expect(startPostgres({ folder: other })).rejects.toMatchObject({ name: 'Fault' })
      expect(await readFile(join(other, 'data'), 'utf8')).toBe('mine')
    } finally {
      await rm(other, { recursive: true, force: true })
    }
  })
})
