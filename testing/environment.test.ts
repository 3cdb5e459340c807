import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { findProgram, missing } from './environment.ts'

test('a program is found on PATH, and only when it can be run', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'worldloom-path-'))
  vi.stubEnv('PATH', folder)
  try {
    expect(findProgram(['loom-browser'])).toBeUndefined()
    await writeFile(join(folder, 'loom-browser'), '')
    await chmod(join(folder, 'loom-browser'), 0o644)
    expect(findProgram(['loom-browser'])).toBeUndefined()
    await chmod(join(folder, 'loom-browser'), 0o755)
    expect(findProgram(['other', 'loom-browser'])).toBe(join(folder, 'loom-browser'))
  } finally {
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true })
  }
})

test('what is missing fails where it must be there, and is skipped with its reason elsewhere', () => {
  const reasons: string[] = []
  const context = {
    skip: (reason: string): never => {
      reasons.push(reason)
      throw new Error('skipped')
    },
  }
  expect(() => missing(context, 'no browser', true)).toThrow('with CI=true this is a failure')
  expect(reasons).toEqual([])
  expect(() => missing(context, 'no browser', false)).toThrow('skipped')
  expect(reasons).toEqual(['no browser'])
})
