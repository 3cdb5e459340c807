import { parseArgs } from 'node:util'
import { Fault, Misfit } from '@worldloom/contract'
import { expect, test } from 'vitest'
import { Misuse } from './command.ts'
import { explainFailure } from './failure.ts'

const caught = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (error) {
    return error
  }
}

test.each([
  ['a Fault', new Fault('disk-full', 'The disk is full.'), 1, 'The disk is full. [disk-full]'],
  ['a Misfit', new Misfit('data-too-old', 'Old data.'), 1, 'Old data. [data-too-old]'],
  ['a Misuse', new Misuse('No such game.'), 2, 'No such game.'],
  ['an unknown option', caught(() => parseArgs({ args: ['--prot'], options: {} })), 2, "Unknown option '--prot'."],
  [
    'a full disk',
    Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }),
    1,
    'The disk is full. Free some space and start again. [disk-full]',
  ],
])('%s is one sentence without a trace', (_, error, exitCode, sentence) => {
  expect(explainFailure(error)).toEqual({ sentence, exitCode })
})

test('a forbidden file names what was tried', () => {
  const error = Object.assign(new Error("EACCES: permission denied, open '/x'"), { code: 'EACCES' })
  expect(explainFailure(error)).toMatchObject({ exitCode: 1, sentence: expect.stringContaining("open '/x'") })
})

test('a mistake of ours comes with its trace', () => {
  const { exitCode, trace } = explainFailure(new TypeError('x is not a function'))
  expect(exitCode).toBe(70)
  expect(trace).toContain('failure.test.ts')
})

test('even nothing is explained', () => {
  expect(explainFailure(undefined).exitCode).toBe(70)
})
