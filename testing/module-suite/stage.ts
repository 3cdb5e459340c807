import type { Actor, AnyModule, Settings, Words } from '@worldloom/contract'
import type { askQuery, Outcome } from '@worldloom/host'
import type { MemoryEngineStore } from '../memory-store.ts'
import type { VirtualAmbient } from '../virtual-ambient.ts'

/** An event that happened, and when it was decided (UTC ms). */
export interface Happened {
  readonly type: string
  readonly data: unknown
  readonly at: number
}

/** What the world gives an engine. */
export interface Ground {
  readonly settings: Settings<Words>
  readonly objects: Readonly<Record<string, unknown>>
}

/** One engine of the real host, on a virtual clock and a store in memory. */
export interface Stage {
  readonly engine: Parameters<typeof askQuery>[0]
  command(name: string, input: unknown, actor: Actor, id: string, before: unknown): Promise<Outcome>
  react(name: string, data: unknown): Promise<void>
  /** Everything that falls due within a time: timers, ticks, world steps. */
  pass(ms: number): Promise<void>
  /** Closes and opens again, on the ground it had or on another. */
  reopen(ground?: Ground): Promise<void>
  close(): Promise<void>
}

/** What both kinds of stage are built on. */
export interface StageOptions {
  readonly module: AnyModule
  readonly ground: Ground
  readonly ambient: VirtualAmbient
  readonly store: MemoryEngineStore
  /** What the other ends answer to calls, by `slot/command`. */
  readonly answers: Readonly<Record<string, unknown>>
  readonly onEvent: (event: Happened) => void
  readonly onDefect: (why: Error) => void
}

/** The one engine on a stage. */
export const ENGINE = 'world:suite/module/0'
