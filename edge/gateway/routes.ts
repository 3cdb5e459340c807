import { type BinaryCodec, type Capability, Misfit } from '@worldloom/contract'
import { TopicTemplate } from './topic-template.ts'

/** What the gateway must know of a command: who may send it, how often, in which form. */
export interface CommandRoute {
  /** Small and dense, for tables by number. */
  readonly index: number
  readonly capability: string
  readonly name: string
  readonly roles: readonly string[]
  readonly perSecondMax: number | undefined
  readonly binary: BinaryCodec<unknown> | undefined
}

export interface QueryRoute {
  readonly capability: string
  readonly name: string
  readonly roles: readonly string[]
}

/** Where an event goes, and whose membership of topics it changes. */
export interface EventRoute {
  readonly capability: string
  readonly name: string
  /** Undefined: not for clients. */
  readonly audience: TopicTemplate | undefined
  readonly member: TopicTemplate | undefined
  readonly joins: TopicTemplate | undefined
  readonly leaves: TopicTemplate | undefined
  readonly binary: BinaryCodec<unknown> | undefined
  /** Stale as soon as the next one is there: a slow reader goes without. True for bytes meant for many. */
  readonly droppable: boolean
}

type ByName<Route> = ReadonlyMap<string, ReadonlyMap<string, Route>>

/** The capabilities' declarations, laid out for looking up. All the gateway knows of what can be done in a world. */
export class Routes {
  readonly commands: readonly CommandRoute[]
  /** By first byte of a binary frame. */
  readonly byTag: readonly (CommandRoute | undefined)[]
  readonly #commands: ByName<CommandRoute>
  readonly #queries: ByName<QueryRoute>
  readonly #events: ByName<EventRoute>

  /** Throws a Misfit `tag-clash` when two commands, or two events, claim one tag. */
  constructor(capabilities: readonly Capability[]) {
    let index = 0
    this.#commands = table(capabilities, ({ id, commands }) =>
      Object.entries(commands).map(([name, { roles, perSecondMax, binary }]) => ({
        index: index++,
        capability: id,
        name,
        roles,
        perSecondMax,
        binary: binary as BinaryCodec<unknown> | undefined,
      })),
    )
    this.#queries = table(capabilities, ({ id, queries }) =>
      Object.entries(queries).map(([name, { roles }]) => ({ capability: id, name, roles })),
    )
    this.#events = table(capabilities, ({ id, events }) =>
      Object.entries(events).map(([name, { audience, topics, binary }]) => ({
        capability: id,
        name,
        audience: audience === 'none' ? undefined : new TopicTemplate(audience),
        member: topics && new TopicTemplate(topics.of),
        joins: topics?.joins === undefined ? undefined : new TopicTemplate(topics.joins),
        leaves: topics?.leaves === undefined ? undefined : new TopicTemplate(topics.leaves),
        binary: binary as BinaryCodec<unknown> | undefined,
        droppable: binary !== undefined && !audience.startsWith(PERSONAL),
      })),
    )
    this.commands = all(this.#commands)
    this.byTag = byTag(this.commands)
    byTag(all(this.#events))
  }

  command(capability: string, name: string): CommandRoute | undefined {
    return this.#commands.get(capability)?.get(name)
  }

  query(capability: string, name: string): QueryRoute | undefined {
    return this.#queries.get(capability)?.get(name)
  }

  event(capability: string, name: string): EventRoute | undefined {
    return this.#events.get(capability)?.get(name)
  }
}

/** Topics of one person begin so. */
export const PERSONAL = 'player:'

function table<Route extends { readonly name: string }>(
  capabilities: readonly Capability[],
  routesOf: (capability: Capability) => readonly Route[],
): ByName<Route> {
  return new Map(
    capabilities.map(capability => [
      capability.id,
      new Map(routesOf(capability).map(route => [route.name, Object.freeze(route)])),
    ]),
  )
}

const all = <Route>(routes: ByName<Route>): Route[] => [...routes.values()].flatMap(byName => [...byName.values()])

function byTag<Route extends Pick<CommandRoute, 'capability' | 'name' | 'binary'>>(
  routes: readonly Route[],
): (Route | undefined)[] {
  const tags = new Array<Route | undefined>(256).fill(undefined)
  for (const route of routes) {
    if (!route.binary) continue
    const { tag } = route.binary
    const other = tags[tag]
    if (other) {
      const names = `${other.capability}/${other.name} and ${route.capability}/${route.name}`
      throw new Misfit('tag-clash', `${names} both claim binary tag ${tag}; give one of them another`)
    }
    tags[tag] = route
  }
  return tags
}
