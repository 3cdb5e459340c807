import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { closingLine, skippedLines } from './closing-line.ts'

const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))

function run(configName: string, ...filters: readonly string[]) {
  const config = fileURLToPath(new URL(`./closing-line-cases/${configName}`, import.meta.url))
  const { status, stdout } = spawnSync(process.execPath, [vitest, 'run', '--config', config, ...filters], {
    encoding: 'utf8',
    env: { ...process.env, VITEST: undefined, NO_COLOR: '1' },
  })
  return { status, lines: stdout.trimEnd().split('\n') }
}

describe('a whole run', () => {
  test('that went wrong counts tests, hooks, files and stray errors, and ends with the line', () => {
    const { status, lines } = run('vitest.config.ts')
    // Failed: a test, a hook, a stray error, a file. Skipped: two for a reason, and the test behind the failed hook.
    expect(lines.at(-1)).toBe('3 passed, 4 failed, 3 skipped')
    expect(lines).toContain('skipped lacks something and 1 more: no loom here')
    expect(status).not.toBe(0)
  })

  test('that never began is a failure', () => {
    const { status, lines } = run('broken-setup.config.ts', 'fine')
    expect(lines.at(-1)).toBe('0 passed, 1 failed')
    expect(status).not.toBe(0)
  })

  test('that went well says so', () => {
    const { status, lines } = run('vitest.config.ts', 'fine')
    expect(lines.at(-1)).toBe('1 passed, 0 failed')
    expect(status).toBe(0)
  })
})

test('skips are left out when there are none', () => {
  expect(closingLine({ passed: 3, failed: 0, skipped: [] })).toBe('3 passed, 0 failed')
  expect(closingLine({ passed: 3, failed: 1, skipped: [{ name: 'a', reason: 'b' }] })).toBe(
    '3 passed, 1 failed, 1 skipped',
  )
})

test('each reason is told once', () => {
  expect(
    skippedLines([
      { name: 'a', reason: 'no browser' },
      { name: 'b', reason: 'no model' },
      { name: 'c', reason: 'no browser' },
    ]),
  ).toEqual(['skipped a and 1 more: no browser', 'skipped b: no model'])
})
