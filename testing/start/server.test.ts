import { execFileSync, spawnSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase } from '../database.ts'
import {
  type Ended,
  runServerProcess,
  type ServerOptions,
  type ServerProcess,
  startServerProcess,
} from '../server-process.ts'

/** A first start on a busy machine also builds the Client. */
const START_MS_MAX = 150_000

const NOBODY = 65_534
const NO_PERMISSION = /may not write in .*WORLDLOOM_DATA.*\[no-permission\]/

let folder = ''
let data = ''
const running: ServerProcess[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'worldloom-start-'))
  await chmod(folder, 0o755)
  data = join(folder, 'data')
})
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const start = async (options: Partial<ServerOptions> = {}): Promise<ServerProcess> => {
  const server = await startServerProcess({ data, ...options })
  running.push(server)
  return server
}

const expectSentence = ({ code, error }: Ended, sentence: RegExp) => {
  expect(error).toMatch(sentence)
  expect(error.trimEnd().split('\n')).toHaveLength(1)
  expect(code).toBe(1)
}

describe('a server', { timeout: START_MS_MAX }, () => {
  test('serves the Client, says its address last, and stops when asked', async () => {
    const server = await start()
    const page = await fetch(server.address)
    expect(page.status).toBe(200)
    expect(page.headers.get('content-type')).toContain('text/html')
    expect((await fetch(`${server.address}/healthz`)).status).toBe(200)
    const { code, out, error } = await server.stop('SIGINT')
    expect(out.slice(0, out.indexOf('Stopping')).trimEnd().split('\n').at(-1)).toBe(`  Open ${server.address}`)
    expect(out.trimEnd().split('\n').at(-1)).toBe('  Stopped. Everything is kept.')
    expect(error).toBe('')
    expect(code).toBe(0)
    await expect(stat(join(data, 'postgres/lock'))).rejects.toThrow()
    await expect(stat(join(data, 'postgres/data/postmaster.pid'))).rejects.toThrow()
    await expect(fetch(server.address)).rejects.toThrow()
  })

  test('refuses a second start on its data, and one on its port, and goes on', async () => {
    const first = await start()
    expectSentence(
      await runServerProcess({ data }),
      new RegExp(`already running on .*process ${first.pid}, ${first.address}.*\\[data-in-use\\]`),
    )
    expectSentence(
      await runServerProcess({ data: join(folder, 'other'), port: first.port }),
      new RegExp(`Port ${first.port} is taken.*--port ${first.port + 1}.*\\[port-taken\\]`),
    )
    expect((await fetch(first.address)).status).toBe(200)
  })

  test('comes back on its data after a kill -9', async () => {
    const first = await start()
    running.splice(0)
    await first.kill()
    const second = await start()
    expect((await fetch(second.address)).status).toBe(200)
    expect((await second.stop()).code).toBe(0)
  })

  test('ends with a sentence when its database is killed', async () => {
    const server = await start()
    running.splice(0)
    const ended = server.stop('SIGCONT')
    const mark = await readFile(join(data, 'postgres/data/postmaster.pid'), 'utf8')
    process.kill(Number.parseInt(mark, 10), 'SIGKILL')
    expectSentence(await ended, /PostgreSQL ended by itself.*\[database-failed\]/)
  })

  test('uses the PostgreSQL at DATABASE_URL, and then brings none', async () => {
    const database = await freshDatabase()
    const own = join(folder, 'own')
    try {
      const server = await start({ data: own, env: { DATABASE_URL: database.url } })
      expect((await fetch(server.address)).status).toBe(200)
      await expect(stat(join(own, 'postgres'))).rejects.toThrow()
      // Another server on the same database finds the world's engines held.
      const second = await runServerProcess({ data: join(folder, 'second'), env: { DATABASE_URL: database.url } })
      expectSentence(second, /\[held\]/)
      const { code, out } = await server.stop()
      expect(code).toBe(0)
      expect(out).toContain(`at 127.0.0.1:${new URL(database.url).port}`)
      expect(out).not.toContain(new URL(database.url).password)
    } finally {
      await database.close()
    }
  })
})

describe('a start that cannot be', { timeout: START_MS_MAX }, () => {
  test('because nobody is at DATABASE_URL', async () => {
    const env = { DATABASE_URL: 'postgres://mira:secret@127.0.0.1:9/loom' }
    const ended = await runServerProcess({ data, env })
    expectSentence(ended, /127\.0\.0\.1:9\/loom cannot be reached.*\[database-unreachable\]/)
    expect(ended.error).not.toContain('secret')
  })

  test('because it may not write there', async ({ skip }) => {
    const closed = join(folder, 'closed')
    await mkdir(closed, { mode: 0o555 })
    const options = { data: join(closed, 'data') }
    if (process.getuid?.() !== 0) return expectSentence(await runServerProcess(options), NO_PERMISSION)
    // Root may write anywhere, so somebody else has to try.
    const entered = spawnSync(process.execPath, ['--version'], { uid: NOBODY, gid: NOBODY })
    if (entered.status !== 0) return skip('this folder is closed to every user but root')
    expectSentence(await runServerProcess({ ...options, uid: NOBODY }), NO_PERMISSION)
  })

  test('because the disk is full', async ({ skip }) => {
    const disk = join(folder, 'disk')
    await mkdir(disk)
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m,mode=755', 'tmpfs', disk], { stdio: 'ignore' })
    } catch {
      return skip('a small disk can only be made by root')
    }
    try {
      expectSentence(await runServerProcess({ data: join(disk, 'data') }), /disk that holds .* is full.*\[disk-full\]/)
    } finally {
      execFileSync('umount', [disk])
    }
  })
})
