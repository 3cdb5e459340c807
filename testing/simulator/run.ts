import { setImmediate as breathe } from 'node:timers/promises'
import { VIRTUAL_START, VirtualAmbient } from '../virtual-ambient.ts'
import type { Build } from './build.ts'
import { Chance } from './chance.ts'
import { Client } from './client.ts'
import { type Blow, drawTurn } from './fates.ts'
import { Line } from './line.ts'
import { checkAtRest, checkStored } from './oracles.ts'
import { SimHost } from './sim-host.ts'
import { type Weather, weatherOf } from './weather.ts'
import { type Failure, Witness } from './witness.ts'

/** Rounds of commands per client when nothing else is asked for. */
export const ROUNDS = 12
/** Until a dead or broken host is replaced, and until a new one pushes aside one that lives, ms. */
const REPLACE_MS_MAX = 2_000
/** How long a request may hang before somebody restarts the server, ms. */
const HANG_MS_MAX = 4_000
/** Between two settings of a host's clock, ms. */
const CLOCK_MS_MAX = 130_000
/** Given to everything that is still owed, once the storm has passed: the longest waits of couriers fit in twice. */
const QUIET_MS = 45_000
/** Hosts of one run, so that a run which does nothing but start hosts ends. */
const HOSTS_MAX = 400

export interface Run {
  readonly seed: number
  readonly failures: readonly Failure[]
  readonly counts: Readonly<Record<string, number>>
}

/** One simulated life of a world, told wholly by its seed. */
class Simulation {
  readonly witness = new Witness()
  readonly #seed: number
  readonly #weather: Weather
  readonly #build: Build
  readonly #judge: Build
  readonly #clock: VirtualAmbient
  readonly #store: InstanceType<Build['MemoryEngineStore']>
  readonly #chance: Chance
  readonly #hosts: SimHost[] = []
  readonly #clients: Client[]
  #calm = false

  constructor(seed: number, weather: Weather, build: Build, judge: Build) {
    this.#judge = judge
    this.#seed = seed
    this.#weather = weather
    this.#build = build
    this.#clock = new VirtualAmbient(VIRTUAL_START, seed)
    this.#store = new build.MemoryEngineStore()
    this.#chance = new Chance(seed, 'fate')
    this.#clients = Array.from(
      { length: weather.clients },
      (_, number) =>
        new Client({
          number,
          seed,
          weather,
          clock: this.#clock,
          witness: this.witness,
          hosts: () => this.#hosts.filter(host => host.world),
        }),
    )
  }

  async live(): Promise<void> {
    this.#start()
    const lives = Promise.all([...this.#clients.map(client => client.live()), this.#disturb()])
    await this.#clock.drive(lives)
    this.#calm = true
    const newest = this.#hosts.at(-1)
    for (const host of this.#hosts) if (host !== newest) host.crash()
    if (!this.#weather.finishesAlone) newest?.crash()
    if (!newest?.alive) this.#start()
    await this.#clock.pass(QUIET_MS)
    await this.#clock.drive(Promise.all(this.#clients.map(client => client.settle())))
    await this.#clock.pass(QUIET_MS)
    const last = this.#hosts.at(-1)
    if (!last?.world) this.witness.fail('at-rest', 'no host is up though nothing disturbs it')
    if (this.#seed % 2 === 0 && last?.world) await this.#clock.drive(last.world.close())
    last?.crash()
    const deeds = this.#clients.flatMap(client => client.deeds)
    await checkStored(this.#store, this.witness, this.#judge)
    checkAtRest(this.#store, this.witness, deeds, this.#clock.now())
  }

  /** Starts the next host, whoever else may be alive. */
  #start(): void {
    if (this.#hosts.length === HOSTS_MAX) throw new Error(`${HOSTS_MAX} hosts were not enough`)
    const { skewMsMax } = this.#weather
    const host: SimHost = new SimHost({
      name: `host-${this.#hosts.length}`,
      build: this.#build,
      clock: this.#clock,
      witness: this.witness,
      skewMs: skewMsMax === 0 ? 0 : this.#chance.below(skewMsMax),
      line: new Line({
        store: this.#store,
        clock: this.#clock,
        draw: request => drawTurn(this.#chance, this.#weather, request, this.#calm),
        onBlow: blow => this.#strike(host, blow),
        onHung: () => this.#replace(host, HANG_MS_MAX),
        onCommit: (commit, apply) => this.witness.onCommit(commit, () => this.#store.engine(commit.engine), apply),
      }),
      onBroken: () => this.#replace(host, REPLACE_MS_MAX),
    })
    this.#hosts.push(host)
    void host.open()
  }

  #strike(host: SimHost, blow: Blow): void {
    if (blow === 'takeover') {
      this.witness.count('takeovers')
      if (host === this.#hosts.at(-1)) this.#start()
      return
    }
    this.witness.count('crashes')
    host.crash()
    this.#replace(host, REPLACE_MS_MAX)
  }

  /** Somebody notices after a while and starts another one, unless that has been done. */
  #replace(host: SimHost, msMax: number): void {
    if (host !== this.#hosts.at(-1)) return
    this.#clock.after(this.#chance.below(msMax), () => {
      if (host !== this.#hosts.at(-1)) return
      host.crash()
      this.#start()
    })
  }

  /** Clocks of machines are set now and then, forth and back. */
  async #disturb(): Promise<void> {
    const { silences, skewMsMax } = this.#weather
    for (let n = 0; n < silences && skewMsMax > 0; n++) {
      await this.#wait(this.#chance.below(CLOCK_MS_MAX))
      this.#hosts.at(-1)?.setClock(this.#chance.below(skewMsMax))
    }
  }

  #wait(ms: number): Promise<void> {
    return new Promise(resolve => this.#clock.after(ms, resolve))
  }
}

/** The host twice: with small bounds and with its own. */
export interface Builds {
  readonly small: Build
  readonly real: Build
}

/** Lives one seed on `subject`; `judge`, which nobody tampered with, says what should have come of it. */
export async function run(seed: number, subject: Builds, judge: Builds, rounds = ROUNDS): Promise<Run> {
  const weather = weatherOf(seed, rounds)
  const size = weather.smallBounds ? 'small' : 'real'
  const simulation = new Simulation(seed, weather, subject[size], judge[size])
  const { witness } = simulation
  const onRejection = (reason: unknown) =>
    witness.fail('no-defect', `nobody caught: ${reason instanceof Error ? reason.stack : String(reason)}`)
  process.on('unhandledRejection', onRejection)
  try {
    await simulation.live()
  } catch (error) {
    witness.fail('at-rest', `the run did not end: ${(error as Error).stack}`)
  }
  // Rejections are reported a turn later.
  await breathe()
  process.off('unhandledRejection', onRejection)
  return { seed, failures: witness.failures, counts: witness.counts }
}
