import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { buildHost } from './build.ts'
import { MUTANTS } from './mutants.ts'

const PROGRAM = fileURLToPath(new URL('./sim.ts', import.meta.url))
const SEEDS = 300
const MUTANTS_MIN = 20
const MS_MAX = 300_000

/** Runs the simulator as a person does; the product's own code runs unchanged by the test runner. */
const sim = (...args: readonly string[]): Promise<{ readonly code: number; readonly lines: readonly string[] }> =>
  new Promise(resolve => {
    execFile(process.execPath, [PROGRAM, ...args], { maxBuffer: 2 ** 26 }, (error, out, said) => {
      const lines = [...out.trim().split('\n'), ...(error && said ? [said] : [])]
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, lines })
    })
  })

const lastOf = (lines: readonly string[]): Record<string, unknown> => JSON.parse(lines.at(-1) ?? '{}')

/** What 300 seeds must have been through, far below what they are: else nothing was proved. */
const FLOORS: Readonly<Record<string, number>> = {
  acknowledged: 5_000,
  refused: 2_000,
  repeats: 500,
  crashes: 100,
  takeovers: 100,
  opened: 500,
  reactions: 2_000,
  answers: 1_000,
  wakes: 1_000,
  reads: 500,
  published: 10_000,
  poisoned: 100,
  quarantined: 20,
  'too-old': 100,
}

test(
  `${SEEDS} simulated lives end well, and something happened in them`,
  async () => {
    const { lines } = await sim('1', '--seeds', String(SEEDS))
    const { failed, totals } = lastOf(lines) as { failed: number[]; totals: Record<string, number> }
    expect(failed, lines.join('\n')).toEqual([])
    for (const [what, floor] of Object.entries(FLOORS)) expect(totals[what] ?? 0, what).toBeGreaterThanOrEqual(floor)
  },
  MS_MAX,
)

test.each([
  [802, 'calls sent by a host that was fenced while it recovered'],
  [1172, 'a wake passed over for a move that was then taken back'],
  [2890, 'the same, between two rings'],
])(
  'seed %i, which once went wrong, ends well: %s',
  async seed => {
    expect((await sim(String(seed))).lines.slice(0, -1)).toEqual([])
  },
  MS_MAX,
)

test(
  'a seed tells the same life every time, also when it goes wrong',
  async () => {
    const told = async (...args: string[]) => (await sim(...args)).lines.map(line => line.replace(/"ms":\d+/, ''))
    expect(await told('7', '--seeds', '3')).toEqual(await told('7', '--seeds', '3'))
    const wrong = await told('1', '--mutant', 'the fence is skipped')
    expect(wrong[0]).toBe('sim 1')
    const again = await told('1', '--mutant', 'the fence is skipped')
    expect(again.filter(line => !line.includes('worldloom-sim-'))).toEqual(
      wrong.filter(line => !line.includes('worldloom-sim-')),
    )
  },
  MS_MAX,
)

test(
  'every planted mistake is noticed',
  async () => {
    expect(MUTANTS.length).toBeGreaterThanOrEqual(MUTANTS_MIN)
    const { code, lines } = await sim('--mutants')
    const { caught } = lastOf(lines) as { caught: Record<string, number | null> }
    expect(Object.entries(caught).filter(([, seeds]) => seeds === null)).toEqual([])
    expect(Object.keys(caught)).toEqual(MUTANTS.map(({ name }) => name))
    expect(code).toBe(0)
  },
  MS_MAX,
)

test('a mistake that cannot be planted any more says so', async () => {
  const edit = { file: 'host/courier.ts', find: 'a line that is not there', put: '' }
  await expect(buildHost([edit])).rejects.toThrow('does not apply: host/courier.ts holds 0 times')
  await expect(buildHost([{ ...edit, file: 'host/nowhere.ts' }])).rejects.toThrow('does not apply')
})
