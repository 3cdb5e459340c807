/**
 * What does it cost to tell a thousand walking people of one another, 15 times a second, on one core? The platform against
 * a bare `ws` loop and against Colyseus, in turns, in one run. With --crowds: the largest crowd each can hold.
 *
 *   node bench/fanout.ts [--clients 1000] [--zones 25] [--seconds 5] [--runs 5] [--crowds 1000,1500,...] [--profile FOLDER]
 *                        [--only room,bare,colyseus,zones]
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openPool, startPostgres } from '@worldloom/postgres'
import type { Variant } from './fanout/doors.ts'
import { ZONE_COUNTS } from './fanout/plain-world.ts'
import { canPin, runTrial, stepAside, type Trial } from './fanout/trial.ts'
import { machine } from './machine.ts'

/** What must be true of a crowd that can be held. */
const FAN_P99_MS_MAX = 100
const FRAMES_HZ_MIN = 14.25
/** A load client busier than this is part of what is measured. */
const CROWD_CPU_MAX = 0.9

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '1000' },
    zones: { type: 'string', default: '25' },
    seconds: { type: 'string', default: '5' },
    runs: { type: 'string', default: '5' },
    crowds: { type: 'string', default: '' },
    profile: { type: 'string' },
    only: { type: 'string', default: 'room,bare,colyseus,zones' },
  },
})
const clients = Number(values.clients)
const zones = Number(values.zones)
if (!(ZONE_COUNTS as readonly number[]).includes(zones)) throw new Error(`--zones is one of ${ZONE_COUNTS.join(', ')}`)

/** Everybody in one room, but for `zones`: the platform with its crowd spread over zones. */
const CASES = { room: 'worldloom', bare: 'bare', colyseus: 'colyseus', zones: 'worldloom' } as const
type Case = keyof typeof CASES
const chosen = (Object.keys(CASES) as Case[]).filter(name => values.only.split(',').includes(name))

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN
const rounded = (value: number, digits = 3): number => Number(value.toFixed(digits))

stepAside()
const folder = await mkdtemp(join(tmpdir(), 'worldloom-bench-'))
const postgres = await startPostgres({ folder })
let databases = 0

async function clearAway(): Promise<void> {
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
}
// Servers and crowds go by themselves when this process does.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void clearAway().finally(() => process.exit(1)))
}

/** A trial on a database of its own: nothing is left of the one before. */
async function trial(name: Case, crowd: number): Promise<Trial> {
  const variant: Variant = CASES[name]
  const database = `fanout_${++databases}`
  const admin = openPool(postgres.url)
  await admin.query(`create database ${database}`)
  await admin.end()
  const url = new URL(postgres.url)
  url.pathname = `/${database}`
  const { profile } = values
  const seconds = Number(values.seconds)
  const measured = await runTrial({
    variant,
    clients: crowd,
    zones: name === 'zones' ? zones : 1,
    seconds,
    databaseUrl: url.href,
    profile,
  })
  const { server, crowd: seen, load } = measured
  const line = [
    `${name.padEnd(8)} ${String(crowd).padStart(5)} people`,
    `cpu ${server.cpu.toFixed(3)}`,
    `${seen.framesPerSecond.toFixed(1)} Hz`,
    `${(seen.bytesPerSecondEach / 1000).toFixed(1)} kB/s each`,
    `fan ${seen.fanMs.p50}/${seen.fanMs.p99} ms`,
    `echo ${seen.echoMs.p50}/${seen.echoMs.p99} ms`,
    `tick ${server.tickMs.p50}/${server.tickMs.p99} ms`,
    `crowd's cpu ${seen.cpu.toFixed(2)}`,
    `load ${load.toFixed(1)}`,
    ...(seen.lost > 0 ? [`LOST ${seen.lost}`] : []),
    ...Object.entries(server.counts).map(([event, n]) => `${event} ${n}/s`),
  ]
  process.stderr.write(`${line.join('  ')}\n`)
  return measured
}

/** Whether everybody got their frames: when the machine had no time for the server, its CPU says nothing. */
const isWhole = ({ crowd }: Trial): boolean => crowd.framesPerSecond >= FRAMES_HZ_MIN && crowd.lost === 0

/** Medians of a case's whole trials. */
function summary(all: readonly Trial[]) {
  const trials = all.filter(isWhole)
  const of = (pick: (trial: Trial) => number, digits = 3) => rounded(median(trials.map(pick)), digits)
  return {
    wholeTrials: `${trials.length} of ${all.length}`,
    cpu: of(({ server }) => server.cpu),
    cpuRuns: trials.map(({ server }) => rounded(server.cpu)),
    framesPerSecond: of(({ crowd }) => crowd.framesPerSecond, 1),
    /** Server CPU for one frame to one person, µs. */
    cpuUsPerFrame: of(({ server, crowd }) => (server.cpu * 1e6) / (crowd.framesPerSecond * clients), 1),
    kBPerSecondEach: of(({ crowd }) => crowd.bytesPerSecondEach / 1000, 2),
    fanP50Ms: of(({ crowd }) => crowd.fanMs.p50, 1),
    fanP99Ms: of(({ crowd }) => crowd.fanMs.p99, 1),
    echoP50Ms: of(({ crowd }) => crowd.echoMs.p50, 1),
    echoP99Ms: of(({ crowd }) => crowd.echoMs.p99, 1),
    tickP50Ms: of(({ server }) => server.tickMs.p50, 2),
    tickP99Ms: of(({ server }) => server.tickMs.p99, 2),
    crowdCpu: of(({ crowd }) => crowd.cpu, 2),
    memoryMb: of(({ server }) => server.memoryMb, 0),
  }
}

/** Runs the chosen cases in turns, so that what else the machine does meets them all alike. */
async function compare() {
  const trials = new Map<Case, Trial[]>(chosen.map(name => [name, []]))
  for (let run = 0; run < Number(values.runs); run++) {
    for (const name of chosen) trials.get(name)?.push(await trial(name, clients))
  }
  const cases = Object.fromEntries([...trials].map(([name, each]) => [name, summary(each)]))
  /** Medians of the ratios within each round: noise of a round is in both. */
  const ratio = (over: Case, under: Case, pick: (trial: Trial) => number) => {
    const below = trials.get(under) ?? []
    const pairs = (trials.get(over) ?? []).flatMap((one, run) => {
      const other = below[run]
      return other && isWhole(one) && isWhole(other) ? [pick(one) / pick(other)] : []
    })
    return pairs.length === 0 ? undefined : { median: rounded(median(pairs)), rounds: pairs.map(one => rounded(one)) }
  }
  const cpu = ({ server }: Trial) => server.cpu
  return {
    cases,
    ratios: {
      'room cpu / bare loop (≤ 1.15)': ratio('room', 'bare', cpu),
      'room cpu / Colyseus (≤ 0.95)': ratio('room', 'colyseus', cpu),
      'zones cpu / Colyseus (≤ 0.8)': ratio('zones', 'colyseus', cpu),
      'zones bytes / Colyseus (≤ 0.04)': ratio('zones', 'colyseus', ({ crowd }) => crowd.bytesPerSecondEach),
      'room tick to last write / bare loop (≤ 1.15)': ratio('room', 'bare', ({ server }) => server.tickMs.p50),
    },
  }
}

/** The largest of the given crowds that each chosen case holds. */
async function largest(crowds: readonly number[]) {
  const held: Partial<Record<Case, number>> = {}
  for (const name of chosen) {
    for (const crowd of crowds) {
      const measured = await trial(name, crowd)
      const { crowd: seen } = measured
      if (seen.fanMs.p99 >= FAN_P99_MS_MAX || !isWhole(measured)) break
      if (seen.cpu > CROWD_CPU_MAX) process.stderr.write(`the load client is at its end with ${crowd} people\n`)
      held[name] = crowd
    }
  }
  return { largestCrowds: held }
}

try {
  const loadBefore = rounded(loadavg()[0] ?? 0, 1)
  const crowds = values.crowds.split(',').filter(Boolean).map(Number)
  const result = crowds.length > 0 ? await largest(crowds) : await compare()
  const conditions = { clients, zones, seconds: Number(values.seconds), runs: Number(values.runs), pinned: canPin }
  const loads = { loadBefore, loadAfter: rounded(loadavg()[0] ?? 0, 1) }
  console.log(JSON.stringify({ bench: 'fanout', ...machine(), ...loads, ...conditions, ...result }, null, 2))
} finally {
  await clearAway()
}
