import type { z } from 'zod'
import { Misfit } from './errors.ts'

/**
 * Where an instance of a capability is valid: shared by the whole installation, by a hosting region, by one world, by a
 * slice of a world's load, or by one session.
 */
export type Scope = 'cluster' | 'region' | 'world' | 'world-shard' | 'session'
export const SCOPES: readonly Scope[] = ['cluster', 'region', 'world', 'world-shard', 'session']

/** What a person may be, per world and globally, from least to most trusted. */
export type Role = 'guest' | 'player' | 'editor' | 'moderator' | 'admin'
export const ROLES: readonly Role[] = ['guest', 'player', 'editor', 'moderator', 'admin']
export const EVERYONE: readonly Role[] = ROLES

/**
 * Whom an event is for: `world`, `none` (other engines only), or a topic template over the event's own fields, such as
 * `zone:{zone}`, `player:{player}` or `{topic}`.
 */
export type Audience = string

/** A compact form for hot paths. `tag` is the frame's first byte and unique in an installation. */
export interface BinaryCodec<Data> {
  readonly tag: number
  /** Reads a frame, tag included. Returns undefined when the bytes are not a well-formed frame: never throws. */
  readonly read: (bytes: Uint8Array) => Data | undefined
  readonly write: (data: Data) => Uint8Array
}

export interface CommandSpec<Input extends z.ZodType = z.ZodType, Reply extends z.ZodType = z.ZodType> {
  readonly input: Input
  readonly reply?: Reply
  /** Who may send it from outside. Empty: only the platform and other engines. */
  readonly roles: readonly Role[]
  /** Per actor. Beyond it a command is refused as `too-fast`, before anything else sees it. */
  readonly perSecondMax?: number
  readonly binary?: BinaryCodec<z.output<Input>>
}

export interface QuerySpec<Input extends z.ZodType = z.ZodType, Answer extends z.ZodType = z.ZodType> {
  readonly input: Input
  readonly answer: Answer
  readonly roles: readonly Role[]
}

export interface EventSpec<Data extends z.ZodType = z.ZodType> {
  readonly data: Data
  readonly audience: Audience
  /** Membership of topics that this event changes. Gateways follow it; they hold no rule of their own. */
  readonly topics?: { readonly of: string; readonly joins?: Audience; readonly leaves?: Audience }
  /** Sent to clients as bytes instead of JSON. */
  readonly binary?: BinaryCodec<z.output<Data>>
}

export interface Capability<
  Id extends string = string,
  Commands extends Readonly<Record<string, CommandSpec>> = Readonly<Record<string, CommandSpec>>,
  Queries extends Readonly<Record<string, QuerySpec>> = Readonly<Record<string, QuerySpec>>,
  Events extends Readonly<Record<string, EventSpec>> = Readonly<Record<string, EventSpec>>,
> {
  /** A dotted noun, such as `world.clock`. Never changes; a new meaning is a new version. */
  readonly id: Id
  readonly version: string
  readonly scope: Scope
  /** Optional parts of the contract that a provider may offer. */
  readonly features: readonly string[]
  readonly commands: Commands
  readonly queries: Queries
  readonly events: Events
}

export const command = <I extends z.ZodType, R extends z.ZodType = z.ZodUndefined>(spec: CommandSpec<I, R>) => spec
export const query = <I extends z.ZodType, A extends z.ZodType>(spec: QuerySpec<I, A>) => spec
export const event = <D extends z.ZodType>(spec: EventSpec<D>) => spec

/** The one declaration of a capability's public words. Throws a Misfit when the declaration contradicts itself. */
export function defineCapability<
  const Id extends string,
  C extends Readonly<Record<string, CommandSpec>> = Record<never, never>,
  Q extends Readonly<Record<string, QuerySpec>> = Record<never, never>,
  E extends Readonly<Record<string, EventSpec>> = Record<never, never>,
>(spec: {
  readonly id: Id
  readonly version: string
  readonly scope: Scope
  readonly features?: readonly string[]
  readonly commands?: C
  readonly queries?: Q
  readonly events?: E
}): Capability<Id, C, Q, E> {
  const capability = {
    features: [],
    commands: {} as C,
    queries: {} as Q,
    events: {} as E,
    ...spec,
  }
  const problems: string[] = []
  if (!/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/.test(spec.id)) problems.push(`id "${spec.id}" is not a dotted noun`)
  for (const [name, declared] of Object.entries(capability.events)) {
    const templates = [declared.audience, declared.topics?.joins, declared.topics?.leaves, declared.topics?.of]
    for (const field of templates.flatMap(template => placeholders(template ?? ''))) {
      if (!hasField(declared.data, field)) problems.push(`event "${name}" has no field "${field}" for its audience`)
    }
  }
  if (problems.length > 0) throw new Misfit('capability-invalid', `capability ${spec.id}: ${problems.join('; ')}`)
  return capability
}

/** Fills an audience template from an event's data: `zone:{zone}` becomes `zone:square`. Undefined when a field is empty. */
export function topicOf(template: Audience, data: unknown): string | undefined {
  let complete = true
  const topic = template.replace(/\{(\w+)\}/g, (_, field: string) => {
    const value = (data as Readonly<Record<string, unknown>>)[field]
    if (typeof value !== 'string' || value === '') complete = false
    return String(value)
  })
  return complete ? topic : undefined
}

const placeholders = (template: string): string[] => [...template.matchAll(/\{(\w+)\}/g)].map(match => match[1] ?? '')

const hasField = (schema: z.ZodType, field: string): boolean =>
  'shape' in schema && Object.hasOwn(schema.shape as object, field)
