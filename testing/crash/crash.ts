/**
 * Kills a server under load again and again and checks that nothing acknowledged is lost or done twice.
 *
 *   node testing/crash/crash.ts [--trials 100]
 */
import { parseArgs } from 'node:util'
import { runTrials } from './trials.ts'

const { values } = parseArgs({ options: { trials: { type: 'string', default: '100' } } })
const trials = Number(values.trials)
if (!Number.isSafeInteger(trials) || trials < 1) throw new Error('trials are counted from 1')
const found = await runTrials(trials)
console.log(JSON.stringify(found, null, 2))
const whole = found.lost.length + found.doubled.length + found.differences === 0 && found.minted === found.held
process.exitCode = whole && found.faults.length === 0 ? 0 : 1
