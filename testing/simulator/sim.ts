/**
 * Lives simulated lives of a world and says which of them went wrong.
 *
 *   node testing/simulator/sim.ts <seed>              one seed
 *   node testing/simulator/sim.ts <seed> --seeds 300  this one and those after it
 *   node testing/simulator/sim.ts <seed> --steps 100  longer lives: so many rounds of commands per client
 *   node testing/simulator/sim.ts --mutants           plants every mistake and says how many seeds it took to notice
 *   node testing/simulator/sim.ts --mutants --write   … and writes that into docs/guide/simulator.md
 *   node testing/simulator/sim.ts <seed> --mutant "the fence is skipped"
 *
 * The last line is JSON. Ends with 1 when a seed went wrong, or a mistake went unnoticed.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { buildHost, SMALL_BOUNDS } from './build.ts'
import { MUTANTS, type Mutant } from './mutants.ts'
import { type Builds, ROUNDS, type Run, run } from './run.ts'

const GUIDE = new URL('../../docs/guide/simulator.md', import.meta.url)
/** Failures shown of one seed. */
const SHOWN_MAX = 5
/** Seeds that a planted mistake may need. */
const MUTANT_SEEDS_MAX = 800

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '1' },
    steps: { type: 'string', default: String(ROUNDS) },
    mutants: { type: 'boolean', default: false },
    mutant: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})
const first = Number(positionals[0] ?? 1)
const seeds = Number(values.seeds)
const steps = Number(values.steps)
for (const number of [first, seeds, steps])
  if (!Number.isSafeInteger(number) || number < 1) throw new Error('seeds and steps are counted from 1')

const judge = await buildBoth([])
try {
  if (values.mutants) await tryMutants(MUTANTS)
  else if (values.mutant !== undefined) {
    const chosen = MUTANTS.find(({ name }) => name === values.mutant)
    if (!chosen) throw new Error(`there is no mutant "${values.mutant}"`)
    const subject = await buildBoth(chosen.edits)
    await trySeeds(subject)
    await remove(subject)
  } else await trySeeds(judge)
} finally {
  await remove(judge)
}

async function trySeeds(subject: Builds): Promise<void> {
  const totals: Record<string, number> = {}
  const failed: Run[] = []
  const began = performance.now()
  for (let seed = first; seed < first + seeds; seed++) {
    const result = await run(seed, subject, judge, steps)
    for (const [what, count] of Object.entries(result.counts)) totals[what] = (totals[what] ?? 0) + count
    if (result.failures.length > 0) failed.push(result)
  }
  for (const { seed, failures } of failed) {
    console.log(`sim ${seed}`)
    for (const { oracle, what } of failures.slice(0, SHOWN_MAX)) console.log(`  ${oracle}: ${what}`)
  }
  const ms = Math.round(performance.now() - began)
  console.log(JSON.stringify({ seeds, failed: failed.map(({ seed }) => seed), ms, totals }))
  if (failed.length > 0) process.exitCode = 1
}

async function tryMutants(mutants: readonly Mutant[]): Promise<void> {
  const caught: Record<string, number | null> = {}
  const rows: string[] = []
  for (const { name, edits } of mutants) {
    const subject = await buildBoth(edits)
    caught[name] = null
    for (let seed = first; seed < first + MUTANT_SEEDS_MAX; seed++) {
      const { failures } = await run(seed, subject, judge, steps)
      if (failures.length === 0) continue
      caught[name] = seed - first + 1
      const oracles = [...new Set(failures.map(({ oracle }) => oracle))]
      rows.push(`| ${name} | ${caught[name]} | ${oracles.join(', ')} |`)
      break
    }
    if (caught[name] === null) rows.push(`| ${name} | not in ${MUTANT_SEEDS_MAX} | |`)
    console.log(rows.at(-1))
    await remove(subject)
  }
  console.log(JSON.stringify({ caught }))
  if (values.write) await writeGuide(rows)
  if (Object.values(caught).includes(null)) process.exitCode = 1
}

/** Puts the table between its marks in the guide. */
async function writeGuide(rows: readonly string[]): Promise<void> {
  const text = await readFile(GUIDE, 'utf8')
  const marked = /(<!-- mutants -->\n)[\s\S]*(<!-- end of mutants -->)/
  if (!marked.test(text)) throw new Error('the guide has no place for the table of mutants')
  const table = ['| Mistake | Seeds | Noticed by |', '|---|---|---|', ...rows].join('\n')
  await writeFile(
    GUIDE,
    text.replace(marked, (_, head: string, tail: string) => `${head}\n${table}\n\n${tail}`),
  )
}

async function buildBoth(edits: Mutant['edits']): Promise<Builds> {
  return { small: await buildHost([...SMALL_BOUNDS, ...edits]), real: await buildHost(edits) }
}

async function remove({ small, real }: Builds): Promise<void> {
  await small.remove()
  await real.remove()
}
