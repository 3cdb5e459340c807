import type { Actor, Clock } from '@worldloom/contract'

/** How a command ended. Faults are thrown. */
export type Outcome =
  | { readonly reply?: unknown }
  /** The rules said no: the code, and a sentence for the person. */
  | { readonly refused: string; readonly because: string }

/** Something that happened, after its commit (journaled) or at once (ephemeral). */
export interface Published {
  readonly capability: string
  readonly event: string
  readonly data: unknown
  /** Engine and position; absent for ephemeral events. */
  readonly engine?: string
  readonly position?: number
}

/** A world as the edge sees it: commands and queries go in by capability, events come out. Knows no game word. */
export interface RunningWorld {
  readonly id: string
  readonly title: string
  /** Name of an immutable object, such as `map`, to its SHA-256. */
  readonly objects: Readonly<Record<string, string>>
  readonly clock: Clock
  /** Ids of the capabilities that answer here. */
  readonly capabilities: readonly string[]
  /**
   * Sends a command to whoever provides the capability. Resolves after its commit. `id` is a UUIDv7: sent again with the
   * same id, the first verdict is given again and nothing is done twice. Rejects with a Fault (`invalid-input`,
   * `unknown-command`, `busy`, `too-old`, `clock-skew`, `unavailable`, `quarantined`). Checks the input's schema, never
   * the actor's roles: that is the edge's task.
   */
  command(capability: string, name: string, input: unknown, actor: Actor, id: string): Promise<Outcome>
  /** The hot path for input that its codec has read already: ephemeral engines only, decided before it returns. */
  send(capability: string, name: string, input: unknown, actor: Actor): void
  /** Asks whoever provides the capability; sees committed state only. Rejects with a Fault. */
  query(capability: string, name: string, input: unknown, actor: Actor): Promise<unknown>
  /** Every public event of this world, in commit order per engine. The returned function unsubscribes. */
  subscribe(listener: (published: Published) => void): () => void
}

/** All worlds that this process serves. */
export interface Worlds {
  get(world: string): RunningWorld | undefined
  list(): readonly RunningWorld[]
}
