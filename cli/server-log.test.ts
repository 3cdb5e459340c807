import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openServerLog } from './server-log.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'worldloom-log-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a log never takes more than twice its bound, and its newest line is never the one that goes', () => {
  const path = join(folder, 'server.log')
  const log = openServerLog(path, undefined, 4_000)
  for (let line = 0; line < 500; line++) log.logger.info({ line }, 'one more thing happened')
  log.close()
  const sizes = readdirSync(folder).map(name => statSync(join(folder, name)).size)
  expect(sizes).toHaveLength(2)
  for (const size of sizes) expect(size).toBeLessThanOrEqual(4_000)
  const last = readFileSync(path, 'utf8').trimEnd().split('\n').at(-1) ?? ''
  expect(JSON.parse(last)).toMatchObject({ line: 499 })
})

test('what an earlier start wrote counts', () => {
  const path = join(folder, 'server.log')
  for (const round of [1, 2]) {
    const log = openServerLog(path, undefined, 300)
    log.logger.info('x'.repeat(150))
    log.close()
    expect(readdirSync(folder)).toHaveLength(round)
  }
})

test('lines also go to the terminal when asked, and a log that cannot be written stops nobody', () => {
  const lines: string[] = []
  const log = openServerLog(join(folder, 'missing', 'server.log'), { write: line => void lines.push(line) })
  log.logger.error('a thread broke')
  log.close()
  expect(lines.join('')).toContain('a thread broke')
})
