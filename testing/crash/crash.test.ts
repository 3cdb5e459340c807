import { expect, test } from 'vitest'
import { runTrials } from './trials.ts'

const TRIALS = 20
/** Floors, far below what a slow machine does, so that trials in which nothing happened are not taken for proof. */
const ACKNOWLEDGED_MIN = 40

test('a server killed 20 times under load, the database with it 4 times, loses and doubles nothing', async () => {
  const found = await runTrials(TRIALS)
  expect(found.lost).toEqual([])
  expect(found.doubled).toEqual([])
  expect(found.faults).toEqual([])
  expect(found.held).toBe(found.minted)
  expect(found.differences).toBe(0)
  expect(found).toMatchObject({ kills: TRIALS, databaseKills: 4 })
  expect(found.acknowledged).toBeGreaterThan(ACKNOWLEDGED_MIN)
  expect(found.repeated).toBeGreaterThan(0)
}, 300_000)
