import { execFile } from 'node:child_process'
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

const SCRIPT = fileURLToPath(new URL('../.ci/run', import.meta.url))

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'worldloom-ci-'))
  await mkdir(join(folder, '.ci'))
  await mkdir(join(folder, 'bin'))
  await copyFile(SCRIPT, join(folder, '.ci/run'))
})
afterEach(() => rm(folder, { recursive: true }))

/** Puts a program on the PATH that notes how it was called, then does as told. */
async function program(name: string, does = ''): Promise<void> {
  const path = join(folder, 'bin', name)
  await writeFile(path, `#!/bin/bash\necho "${name} $*, CI=$CI" >> "${folder}/calls"\n${does}\n`)
  await chmod(path, 0o755)
}

/** The script in a small house of its own, where only the programs above and the system's are found. */
const run = () =>
  new Promise<{ readonly code: number; readonly lines: readonly string[] }>(resolve => {
    const env = { PATH: `${join(folder, 'bin')}:/usr/bin:/bin`, HOME: folder }
    execFile('/bin/bash', [join(folder, '.ci/run')], { env, timeout: 20_000 }, (error, out) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, lines: out.trimEnd().split('\n') }),
    )
  })
const calls = async () => (await readFile(join(folder, 'calls'), 'utf8')).trimEnd().split('\n')

test('installs from the lock file, tests with CI set, and ends with the line', async () => {
  await program('chromium')
  await program('npm', '[ "$1" = test ] && echo "12 passed, 0 failed"; true')
  const { code, lines } = await run()
  expect(lines.at(-1)).toBe('12 passed, 0 failed')
  expect(lines.filter(line => /passed/.test(line))).toHaveLength(1)
  expect(code).toBe(0)
  expect(await calls()).toEqual(['npm ci, CI=true', 'npm test, CI=true'])
})

test('says the line again when npm speaks after it, and keeps the exit code', async () => {
  await program('chromium')
  await program(
    'npm',
    '[ "$1" = ci ] && exit 0; echo "11 passed, 1 failed, 2 skipped"; echo "npm error failed" >&2; exit 7',
  )
  const { code, lines } = await run()
  expect(lines.at(-1)).toBe('11 passed, 1 failed, 2 skipped')
  expect(code).toBe(7)
})

test('tests that end without a line have failed', async () => {
  await program('chromium')
  await program('npm', 'true')
  const { code, lines } = await run()
  expect(lines.at(-1)).toBe('0 passed, 1 failed')
  expect(code).toBe(1)
})

test('an install that fails is a failure, and nothing is tested', async () => {
  await program('chromium')
  await program('npm', '[ "$1" = ci ] && exit 3; true')
  const { code, lines } = await run()
  expect(lines.at(-1)).toBe('0 passed, 1 failed')
  expect(code).toBe(1)
  expect(await calls()).toEqual(['npm ci, CI=true'])
})
