import type { Capability, Fault, ServerFrame, WorldLine, z } from '@worldloom/contract'

/** Names of a capability's commands, queries and events. */
export type CommandName<C extends Capability> = keyof C['commands'] & string
export type QueryName<C extends Capability> = keyof C['queries'] & string
export type EventName<C extends Capability> = keyof C['events'] & string

/** What a command takes: fields with a default may be left out. */
export type CommandInput<C extends Capability, N extends CommandName<C>> = z.input<C['commands'][N]['input']>
/** What a command answers; undefined when it declares no reply. */
export type CommandReply<C extends Capability, N extends CommandName<C>> = z.output<
  NonNullable<C['commands'][N]['reply']>
>
export type QueryInput<C extends Capability, N extends QueryName<C>> = z.input<C['queries'][N]['input']>
export type QueryAnswer<C extends Capability, N extends QueryName<C>> = z.output<C['queries'][N]['answer']>
export type EventData<C extends Capability, N extends EventName<C>> = z.output<C['events'][N]['data']>

/** The rules said no: the code, and a sentence to show to the person. */
export interface Refusal {
  readonly refused: string
  readonly because: string
}

/** How a command ended when the server could be reached. Everything else is a thrown Fault. */
export type CommandOutcome<Reply> = { readonly refused?: undefined; readonly reply: Reply } | Refusal

export type Welcome = Extract<ServerFrame, { type: 'welcome' }>
export type Entered = Extract<ServerFrame, { type: 'entered' }>

/** Why a connection ended for good. `ended`: `close()` was called. */
export type EndReason = 'ended' | 'taken-over' | 'bad-frame' | 'too-large'

/**
 * Where the connection stands. A new object with every change and never altered afterwards, so that it can be compared
 * by identity.
 */
export type ConnectionState =
  /** Before the first welcome. */
  | { readonly phase: 'connecting'; readonly attempt: number }
  /** Welcomed, in no world. `refusal`: why a return to the world was refused. */
  | { readonly phase: 'open'; readonly welcome: Welcome; readonly refusal?: Refusal }
  | { readonly phase: 'entered'; readonly welcome: Welcome; readonly entered: Entered }
  /** The line broke; it comes back by itself, and into the world. `nextAt` is local time, UTC ms; 0 while dialling. */
  | {
      readonly phase: 'reconnecting'
      readonly attempt: number
      readonly nextAt: number
      readonly because: string
      readonly entered?: Entered
    }
  | { readonly phase: 'closed'; readonly reason: EndReason }

/** How a request ended, as the machine reports it to the shell. */
export type AskOutcome = { readonly value: unknown } | { readonly refusal: Refusal } | { readonly fault: Fault }

export type { WorldLine }
