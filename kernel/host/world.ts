import {
  type Actor,
  type Ambient,
  type AnyModule,
  type Asked,
  type Capability,
  type CommandSpec,
  type EngineStore,
  engineId,
  eventPosition,
  FAULTS,
  Fault,
  Misfit,
  type Moment,
  type QuerySpec,
  type Settings,
  type Words,
  worldInstance,
  worldStep,
  worldTime,
  type z,
} from '@worldloom/contract'
import type { Plan } from '@worldloom/resolver'
import type { Caller } from './courier.ts'
import type { Committed } from './engine-options.ts'
import { EphemeralEngine } from './ephemeral-engine.ts'
import { EventFlow } from './event-flow.ts'
import { Follower } from './follower.ts'
import { JournaledEngine } from './journaled-engine.ts'
import { askQuery } from './queries.ts'
import type { Outcome, Published, RunningWorld } from './running-world.ts'
import { WorldStepper } from './world-stepper.ts'

/** What a world is made of. Engines start from `plan`, and from nothing else. */
export interface WorldOptions {
  readonly id: string
  readonly title: string
  readonly host: string
  readonly modules: readonly AnyModule[]
  readonly plan: Plan
  /** Settings by module id, checked against the modules' schemas. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly seed: string
  readonly clock: Settings<Words>['clock']
  readonly objects: Readonly<Record<string, string>>
  /** Parsed immutable objects by name. */
  readonly parsed: Readonly<Record<string, unknown>>
  readonly store: EngineStore
  readonly ambient: Ambient
  /** Something broke that no caller hears of. */
  readonly onTrouble: (what: string, why: Error) => void
}

type Engine = JournaledEngine | EphemeralEngine

/** Runs one world's engines and routes to them by capability. */
export class World implements RunningWorld {
  readonly id: string
  readonly title: string
  readonly objects: Readonly<Record<string, string>>
  readonly clock: Settings<Words>['clock']
  readonly #options: WorldOptions
  readonly #flow: EventFlow
  readonly #engines = new Map<string, Engine>()
  readonly #routes = new Map<string, { readonly engine: Engine; readonly capability: Capability }>()
  readonly #followers: Follower[] = []
  #stepper: WorldStepper | undefined

  private constructor(options: WorldOptions) {
    this.id = options.id
    this.title = options.title
    this.objects = options.objects
    this.clock = options.clock
    this.#options = options
    this.#flow = new EventFlow(({ capability, event }) => {
      options.onTrouble(
        `world ${options.id}`,
        new Misfit('cause-too-deep', `${capability}/${event} causes itself; the chain was cut`),
      )
    })
  }

  /** Takes, recovers and starts every engine of the plan, providers first. Throws a Misfit when the plan is not whole. */
  static async open(options: WorldOptions): Promise<World> {
    const needed = options.plan.unmet.filter(unmet => unmet.mode === 'required')
    if (needed.length > 0 || options.plan.cycle.length > 0) {
      const whys = needed.map(({ consumer, slot, capability, range, candidates }) => {
        const fallen = candidates.map(({ provider, fellOutBecause }) => `${provider}: ${fellOutBecause}`).join('; ')
        return `${consumer} needs ${capability} ${range} for "${slot}" (${fallen || 'nobody offers it'})`
      })
      if (options.plan.cycle.length > 0) whys.push(`modules wait for one another: ${options.plan.cycle.join(' → ')}`)
      throw new Misfit('plan-unmet', `World ${options.id} cannot start: ${whys.join('. ')}`)
    }
    const world = new World(options)
    try {
      await world.#start()
    } catch (error) {
      await world.close()
      throw error
    }
    return world
  }

  get capabilities(): readonly string[] {
    return [...this.#routes.keys()].sort()
  }

  subscribe(listener: (published: Published) => void): () => void {
    return this.#flow.subscribe(listener)
  }

  async command(capability: string, name: string, input: unknown, actor: Actor, id: string): Promise<Outcome> {
    const { engine, spec } = this.#commandRoute(capability, name)
    let data = checked(spec.input, input)
    const before = engine.module.before[name]
    let advice: unknown
    if (before) {
      const read = await before(
        (slot, query, asked) => this.#ask(engine.module.id, slot, query, asked, actor),
        data,
        actor,
      )
      data = read.input ?? data
      advice = read.before
    }
    return engine instanceof JournaledEngine
      ? engine.command(name, data, actor, id, advice)
      : engine.command(name, data, actor, advice)
  }

  send(capability: string, name: string, input: unknown, actor: Actor): void {
    const engine = this.#routes.get(capability)?.engine
    if (engine instanceof EphemeralEngine) engine.send(name, { input, actor, before: undefined } satisfies Asked)
  }

  async query(capability: string, name: string, input: unknown, actor: Actor): Promise<unknown> {
    const route = this.#routes.get(capability)
    const spec: QuerySpec | undefined = route && own(route.capability.queries, name)
    if (!route || !spec) throw new Fault('unknown-command', FAULTS['unknown-command'])
    const { engine } = route
    const { data, before } = await this.#before(engine.module, name, checked(spec.input, input), actor)
    return askQuery(engine, this.#options.store, name, data, actor, this.#moment(before))
  }

  /** Stops taking input, finishes what was taken, saves everything. */
  async close(): Promise<void> {
    this.#stepper?.stop()
    for (const follower of this.#followers) follower.stop()
    const engines = [...this.#engines.values()].reverse()
    for (const engine of engines) if (engine instanceof EphemeralEngine) engine.stop()
    for (const engine of engines) if (engine instanceof JournaledEngine) await engine.close()
  }

  async #start(): Promise<void> {
    const { plan, modules, ambient } = this.#options
    for (const id of plan.order) {
      const module = modules.find(one => one.id === id)
      if (!module) throw new Misfit('module-missing', `the plan names module "${id}", which the game does not list`)
      const engine = await this.#open(module)
      this.#engines.set(id, engine)
      for (const capability of module.words.provides as readonly Capability[]) {
        this.#routes.set(capability.id, { engine, capability })
      }
    }
    this.#bind()
    for (const engine of this.#engines.values()) if (engine instanceof EphemeralEngine) engine.start(1)
    for (const follower of this.#followers) await follower.look()
    const journaled = [...this.#engines.values()].filter(engine => engine instanceof JournaledEngine)
    this.#stepper = new WorldStepper(this.clock, journaled, ambient, why => this.#trouble('world step', why))
    await this.#stepper.start()
  }

  async #open(module: AnyModule): Promise<Engine> {
    const { store, ambient, host, parsed, seed } = this.#options
    const [slot] = module.words.provides as readonly Capability[]
    const id = engineId(worldInstance(this.id), slot?.id ?? module.id)
    const offered = offeredEvents(module)
    const common = {
      id,
      module,
      settings: this.#settingsOf(module, `${seed}/${id}`),
      object: (name: string) => parsed[name],
      ambient,
      onDefect: (why: Error) => this.#trouble(id, why),
    }
    if (module.keeping === 'ephemeral') {
      return new EphemeralEngine({
        ...common,
        onEvent: ({ type, data }) => {
          const capability = offered.get(type)
          if (capability !== undefined) this.#flow.publish({ capability, event: type, data })
        },
      })
    }
    return JournaledEngine.open({
      ...common,
      store,
      host,
      targetOf: target => this.#provider(module.id, target)?.id ?? '',
      deliver: (target, command, data, caller) => this.#deliver(target, command, data, caller),
      onCommitted: committed => this.#committed(offered, committed),
      onStopped: why => this.#trouble(id, why),
    })
  }

  /** Takes a call to the engine it is for. */
  #deliver(target: string, command: string, data: unknown, caller: Caller): Promise<Outcome> {
    const engine = [...this.#engines.values()].find(one => one.id === target)
    if (!(engine instanceof JournaledEngine))
      return Promise.reject(new Fault('unavailable', FAULTS.unavailable, 'later'))
    return engine.call(command, data, caller)
  }

  #settingsOf(module: AnyModule, seed: string): Settings<Words> {
    const given = this.#options.settings[module.id] ?? {}
    const parsed = (module.words.settings as z.ZodType).safeParse(given)
    if (!parsed.success) {
      throw new Misfit('settings-invalid', `settings of module ${module.id}: ${problemsOf(parsed.error)}`)
    }
    return { world: this.id, seed, clock: this.clock, objects: this.objects, module: parsed.data }
  }

  /** Connects reactions along the plan's bindings. */
  #bind(): void {
    for (const { consumer, slot, capability, provider } of this.#options.plan.bindings) {
      const engine = this.#engines.get(consumer)
      const source = this.#engines.get(provider)
      const rules = engine?.module.reflexes.react?.[slot]
      if (!engine || !source || !rules) continue
      const names = new Map(Object.keys(rules).map(event => [event, `${slot}/${event}`]))
      if (engine instanceof EphemeralEngine) {
        for (const event of names.keys()) {
          const react = engine.reactor(slot, event)
          if (react) this.#flow.react(capability, event, ({ data }) => react(data))
        }
      } else if (source instanceof JournaledEngine) {
        const { store, ambient } = this.#options
        this.#followers.push(
          new Follower({
            consumer: engine,
            source: source.id,
            reactions: names,
            store,
            ambient,
            onDefect: why => this.#trouble(engine.id, why),
          }),
        )
      } else {
        throw new Misfit(
          'reaction-to-ephemeral',
          `module ${consumer} keeps a journal and reacts to ${provider}, whose events are not kept: read it before deciding instead`,
        )
      }
    }
  }

  #committed(offered: ReadonlyMap<string, string>, { engine, position, record }: Committed): void {
    record.e.forEach(([event, data], index) => {
      const capability = offered.get(event)
      if (capability === undefined) return
      this.#flow.publish({ capability, event, data, engine, position: eventPosition(position, index) })
    })
    for (const follower of this.#followers) void follower.look()
  }

  #commandRoute(capability: string, name: string): { readonly engine: Engine; readonly spec: CommandSpec } {
    const route = this.#routes.get(capability)
    const spec: CommandSpec | undefined = route && own(route.capability.commands, name)
    if (!route || !spec) throw new Fault('unknown-command', FAULTS['unknown-command'])
    return { engine: route.engine, spec }
  }

  /** Lets a module read elsewhere before it decides or answers. */
  async #before(
    module: AnyModule,
    name: string,
    data: unknown,
    actor: Actor,
  ): Promise<{ data: unknown; before: unknown }> {
    const rule = module.before[name]
    if (!rule) return { data, before: undefined }
    const read = await rule((slot, query, input) => this.#ask(module.id, slot, query, input, actor), data, actor)
    return { data: read.input ?? data, before: read.before }
  }

  /** A read of one module from the provider behind its slot. */
  async #ask(consumer: string, slot: string, query: string, input: unknown, actor: Actor): Promise<unknown> {
    const binding = this.#options.plan.bindings.find(one => one.consumer === consumer && one.slot === slot)
    return binding ? this.query(binding.capability, query, input, actor) : undefined
  }

  #provider(consumer: string, slot: string): Engine | undefined {
    const binding = this.#options.plan.bindings.find(one => one.consumer === consumer && one.slot === slot)
    return binding && this.#engines.get(binding.provider)
  }

  #moment(before: unknown): Moment {
    const at = this.#options.ambient.now()
    const world = worldTime(this.clock, at)
    return {
      at,
      world,
      n: worldStep(world),
      clock: this.clock,
      object: (name: string) => this.#options.parsed[name],
      before,
    }
  }

  #trouble(where: string, why: Error): void {
    this.#options.onTrouble(`${this.id}: ${where}`, why)
  }
}

/** A module's public events, each with the capability that declares it. Private events are not in it. */
const offeredEvents = (module: AnyModule): ReadonlyMap<string, string> =>
  new Map(
    (module.words.provides as readonly Capability[]).flatMap(({ id, events }) =>
      Object.keys(events).map(event => [event, id] as const),
    ),
  )

/** A field of one's own, so that `__proto__` and friends are never found. */
const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined

function checked(schema: z.ZodType, input: unknown): unknown {
  const parsed = schema.safeParse(input)
  if (!parsed.success) throw new Fault('invalid-input', `${FAULTS['invalid-input']} ${problemsOf(parsed.error)}`)
  return parsed.data
}

const PROBLEMS_SHOWN = 5

const problemsOf = (error: z.ZodError): string =>
  error.issues
    .slice(0, PROBLEMS_SHOWN)
    .map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
    .join('; ')
