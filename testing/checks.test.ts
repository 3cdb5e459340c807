import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const CHECK_MS_MAX = 120_000

/** Runs a tool of this repository; what it prints when it fails is the test's message. */
async function tool(name: string, ...args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run(join(ROOT, 'node_modules/.bin', name), args, { cwd: ROOT, maxBuffer: 16 * 1_048_576 })
    return stdout
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string }
    throw new Error(`${name} ${args.join(' ')} failed:\n${stdout}\n${stderr}`)
  }
}

test('format and lint are clean', { timeout: CHECK_MS_MAX }, async () => {
  // A linter that was pointed at nothing is content, too.
  const [, checked = '0'] = /Checked (\d+) files/.exec(await tool('biome', 'check', '--error-on-warnings', '.')) ?? []
  expect(Number(checked)).toBeGreaterThan(100)
})

test.each([
  ['everything', 'tsconfig.json'],
  ['cores, with no surroundings at all', 'tsconfig.core.json'],
])('types hold for %s', { timeout: CHECK_MS_MAX }, async (_, project) => {
  const listed = await tool('tsc', '--noEmit', '--listFiles', '-p', project)
  const ours = listed.split('\n').filter(path => path.startsWith(ROOT) && !path.includes('node_modules'))
  expect(ours.length).toBeGreaterThan(20)
})
