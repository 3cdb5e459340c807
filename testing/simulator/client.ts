import { Fault } from '@worldloom/contract'
import type { World } from '@worldloom/host'
import type { VirtualAmbient } from '../virtual-ambient.ts'
import { Chance } from './chance.ts'
import { type Deed, drawDeed, drawRead, type Told } from './deeds.ts'
import type { SimHost } from './sim-host.ts'
import type { Weather } from './weather.ts'
import type { Witness } from './witness.ts'
import { engineOf } from './world-under-test.ts'

const ANSWER_MS_MAX = 3_000
const RETRY_MS = 400
const TRIES_MAX = 12
/** Once all is quiet a client asks for longer than it takes to replace a host. */
const TRIES_AT_REST_MAX = 60
/** One in so many messages to a server is lost, one in so many answers, and one in so many messages comes twice. */
const LOST_EVERY = 25
const TWICE_EVERY = 20
const TWICE_MS_MAX = 3_000
/** A silence is about as long as accepted ids are remembered: some of them are forgotten in it, some are not. */
const SILENCE_MS_MIN = 100_000
const SILENCE_MS_MAX = 135_000

export interface ClientOptions {
  readonly number: number
  readonly seed: number
  readonly weather: Weather
  readonly clock: VirtualAmbient
  readonly witness: Witness
  /** Hosts that take commands, the newest last. */
  readonly hosts: () => readonly SimHost[]
}

/** A person's program: sends, waits, sends again with the same id, and remembers what it was told. */
export class Client {
  readonly deeds: Deed[] = []
  readonly #options: ClientOptions
  readonly #chance: Chance
  readonly #skewMs: number

  constructor(options: ClientOptions) {
    this.#options = options
    this.#chance = new Chance(options.seed, `client ${options.number}`)
    const { skewMsMax } = options.weather
    this.#skewMs = skewMsMax === 0 ? 0 : this.#chance.between(-skewMsMax, skewMsMax)
  }

  async live(): Promise<void> {
    const { weather } = this.#options
    const part = Math.ceil(weather.rounds / (weather.silences + 1))
    for (let round = 0; round < weather.rounds; round++) {
      if (round > 0 && round % part === 0) await this.#wait(this.#chance.between(SILENCE_MS_MIN, SILENCE_MS_MAX))
      const burst = this.#chance.between(1, weather.burstMax)
      await Promise.all(Array.from({ length: burst }, () => this.#act()))
      await this.#wait(this.#chance.below(weather.pauseMsMax))
    }
  }

  /** Asks once more about everything it has not been told of. */
  async settle(): Promise<void> {
    await Promise.all(this.deeds.filter(deed => !deed.told).map(deed => this.#send(deed, TRIES_AT_REST_MAX)))
  }

  async #act(): Promise<void> {
    const { weather, number, clock, witness } = this.#options
    if (this.#chance.below(6) === 0) return this.#read()
    const old = this.deeds.filter(deed => deed.told && 'reply' in deed.told)
    if (old.length > 0 && this.#chance.once(weather.repeatEvery)) {
      witness.count('repeats')
      const deed = this.#chance.pick(old)
      const host = this.#choose()
      if (host?.world) await this.#within(this.#deliver(host, host.world, deed))
      return
    }
    const deed = drawDeed(this.#chance, weather, number, clock.now() + this.#skewMs, this.deeds)
    this.deeds.push(deed)
    await this.#send(deed)
  }

  async #send(deed: Deed, triesMax = TRIES_MAX): Promise<void> {
    for (let tries = 0; tries < triesMax && !deed.told; tries++) {
      if (tries > 0) await this.#wait(this.#chance.between(1, RETRY_MS))
      const host = this.#choose()
      const world = host?.world
      if (!host || !world) continue
      if (this.#chance.once(LOST_EVERY)) {
        await this.#wait(ANSWER_MS_MAX)
        continue
      }
      if (this.#chance.once(TWICE_EVERY)) void this.#deliverAgain(host, deed)
      const told = await this.#within(this.#deliver(host, world, deed))
      if (!told || this.#chance.once(LOST_EVERY)) continue
      if ('fault' in told) deed.lastFault = told.fault
      if ('fault' in told && !FINAL.has(told.fault)) continue
      deed.told = told
    }
  }

  async #deliverAgain(host: SimHost, deed: Deed): Promise<void> {
    await this.#wait(this.#chance.below(TWICE_MS_MAX))
    if (host.world) await this.#deliver(host, host.world, deed)
  }

  /** Hands a deed to a host. Never resolves when the host dies first. */
  async #deliver(host: SimHost, world: World, deed: Deed): Promise<Told> {
    deed.deliveries++
    const actor = { player: `c${deed.client}`, session: `s${deed.client}`, roles: [] }
    try {
      const outcome = await world.command(deed.capability, deed.name, deed.input, actor, deed.id)
      if (!host.alive) return await new Promise(() => undefined)
      this.#options.witness.onAnswer(deed, outcome)
      return 'refused' in outcome ? outcome : { reply: outcome.reply ?? null }
    } catch (error) {
      if (!host.alive) return await new Promise(() => undefined)
      if (!(error instanceof Fault)) this.#options.witness.fail('no-defect', `${deed.name}: ${(error as Error).stack}`)
      return { fault: error instanceof Fault ? error.code : 'defect' }
    }
  }

  async #read(): Promise<void> {
    const { capability, name, input, key, field } = drawRead(this.#chance)
    const host = this.#choose()
    const actor = { player: '', session: '', roles: [] }
    const read = host?.world?.query(capability, name, input, actor)
    if (!host || !read) return
    const look = read.then(
      value => host.alive && this.#options.witness.onRead(engineOf(capability), key, field, value as number),
      error => {
        if (!(error instanceof Fault)) this.#options.witness.fail('no-defect', `${name}: ${(error as Error).stack}`)
      },
    )
    await this.#within(look)
  }

  /** Mostly the newest host, sometimes one that only believes it is in charge. */
  #choose(): SimHost | undefined {
    const hosts = this.#options.hosts()
    return this.#chance.below(5) === 0 ? hosts[this.#chance.below(Math.max(1, hosts.length))] : hosts.at(-1)
  }

  /** What comes of it in time; undefined when nothing does. */
  #within<T>(work: Promise<T>): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      const cancel = this.#options.clock.after(ANSWER_MS_MAX, () => resolve(undefined))
      work.then(resolve, reject).finally(cancel)
    })
  }

  #wait(ms: number): Promise<void> {
    return new Promise(resolve => this.#options.clock.after(ms, resolve))
  }
}

/** Faults that no repetition changes. */
const FINAL: ReadonlySet<string> = new Set([
  'too-old',
  'clock-skew',
  'quarantined',
  'invalid-input',
  'too-large',
  'defect',
])
