/**
 * Lives simulated lives of a world and says which of them went wrong.
 *
 *   node testing/simulator/sim.ts <seed>              one seed, with what happened in it
 *   node testing/simulator/sim.ts <seed> --seeds 300  this one and those after it
 *   node testing/simulator/sim.ts --steps 100         longer lives: so many rounds of commands per client
 */
import { parseArgs } from 'node:util'
import { buildHost, SMALL_BOUNDS } from './build.ts'
import { ROUNDS, type Run, run } from './run.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '1' },
    steps: { type: 'string', default: String(ROUNDS) },
  },
})
const first = Number(positionals[0] ?? 1)
const seeds = Number(values.seeds)
const steps = Number(values.steps)

const builds = { small: await buildHost(SMALL_BOUNDS), real: await buildHost([]) }
const totals: Record<string, number> = {}
const failed: Run[] = []
const began = performance.now()
for (let seed = first; seed < first + seeds; seed++) {
  const result = await run(seed, builds, builds, steps)
  for (const [what, count] of Object.entries(result.counts)) totals[what] = (totals[what] ?? 0) + count
  if (result.failures.length > 0) failed.push(result)
}
await builds.small.remove()
await builds.real.remove()
for (const { seed, failures } of failed) {
  console.log(`sim ${seed}`)
  for (const { oracle, what } of failures.slice(0, 5)) console.log(`  ${oracle}: ${what}`)
}
console.log(
  JSON.stringify({ seeds, failed: failed.map(({ seed }) => seed), ms: Math.round(performance.now() - began), totals }),
)
process.exitCode = failed.length > 0 ? 1 : 0
