import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { checkBoundaries, type Report } from './check.ts'
import { readTree } from './tree.ts'

/** Floors well below what is there, so that a check which fell asleep is not taken for a clean house. */
const FILES_MIN = 100
const REFERENCES_MIN = 300

let report: Report
beforeAll(() => {
  report = checkBoundaries(readTree(fileURLToPath(new URL('../..', import.meta.url))))
})

test('the check looked at the whole house', () => {
  expect(report.files).toBeGreaterThan(FILES_MIN)
  expect(report.references).toBeGreaterThan(REFERENCES_MIN)
})

test('every import keeps to the table, and pure code is pure', () => {
  const lines = report.violations.map(({ rule, file, line, message }) => `${file}:${line} ${rule}: ${message}`)
  expect(lines).toEqual([])
})
