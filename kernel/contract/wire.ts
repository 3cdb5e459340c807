import { idSchema, textSchema, uuidSchema, z } from './schema.ts'
import type { Clock } from './step.ts'

/** WebSocket subprotocol: JSON text frames for commands, acks and events; binary frames for movement and presence. */
export const SUBPROTOCOL = 'worldloom.v1'

/** Bounds of what a client may send. */
export const FRAME_BYTES_MAX = 65_536
export const FRAME_DEPTH_MAX = 16
export const NAME_CHARS_MAX = 32

/** How a person looks: two palette colours, as `#RRGGBB`. */
export const lookSchema = z.strictObject({
  body: z.string().regex(/^#[0-9a-fA-F]{6}$/),
  accent: z.string().regex(/^#[0-9a-fA-F]{6}$/),
})
export type Look = z.output<typeof lookSchema>

export const nameSchema = textSchema(NAME_CHARS_MAX)
  .trim()
  .min(1)
  .refine(name => !name.includes('\n'), 'must be one line')

/** What a client may say. Every frame with an `id` gets exactly one ack, answer, refusal or fault. */
export const clientFrameSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('enter'),
    id: uuidSchema,
    world: idSchema,
    name: nameSchema,
    look: lookSchema,
  }),
  z.strictObject({
    type: z.literal('command'),
    id: uuidSchema,
    capability: idSchema,
    name: idSchema,
    data: z.unknown(),
  }),
  z.strictObject({
    type: z.literal('query'),
    id: uuidSchema,
    capability: idSchema,
    name: idSchema,
    data: z.unknown(),
  }),
  /** Answered by `pong`: browsers cannot ping, and must notice a dead line and keep server time. */
  z.strictObject({ type: z.literal('ping'), n: z.int().min(0) }),
])
export type ClientFrame = z.output<typeof clientFrameSchema>

/** What the gateway says. */
export type ServerFrame =
  /** First frame on a socket. `at` is server time, UTC ms; `player` is the guest's permanent id. */
  | {
      readonly type: 'welcome'
      readonly server: string
      readonly player: string
      readonly at: number
      readonly worlds: readonly WorldLine[]
    }
  /** Answer to `enter`: where one is, and everything needed to draw it. */
  | {
      readonly type: 'entered'
      readonly id: string
      readonly world: string
      readonly title: string
      readonly session: string
      /** SHA-256 of the World file, served at `/objects/<sha256>`. */
      readonly map: string
      readonly clock: { readonly at: number; readonly world: number; readonly rate: number }
      /** Capabilities that can be commanded and asked here. */
      readonly capabilities: readonly string[]
    }
  | { readonly type: 'ack'; readonly id: string; readonly reply?: unknown }
  | { readonly type: 'answer'; readonly id: string; readonly data: unknown }
  | { readonly type: 'refused'; readonly id: string; readonly code: string; readonly because: string }
  /** The request failed. Without an `id` the frame itself could not be read. */
  | {
      readonly type: 'fault'
      readonly id?: string
      readonly code: string
      readonly because: string
      readonly retryAfterMs?: number
    }
  | {
      readonly type: 'event'
      readonly capability: string
      readonly name: string
      readonly data: unknown
      /** Engine and position, for resuming; ephemeral events carry none. */
      readonly engine?: string
      readonly position?: number
    }
  /** Answer to `ping`. `at` is server time, UTC ms. */
  | { readonly type: 'pong'; readonly n: number; readonly at: number }
  /** The server is about to close. `retryAfterMs` spreads the reconnections. */
  | { readonly type: 'closing'; readonly because: string; readonly retryAfterMs: number }

export interface WorldLine {
  readonly id: string
  readonly title: string
  readonly people: number
  /** SHA-256 of its World file, and its clock: what lies behind the gate is seen before one goes in. */
  readonly map: string
  readonly clock: Clock
}

/** Close codes (RFC 6455 §7.4.2: 4000–4999 are ours) and what each tells the client. */
export const CLOSES = {
  'bad-frame': 4000,
  'too-large': 4001,
  flood: 4002,
  'too-slow': 4003,
  'taken-over': 4004,
  'shutting-down': 4005,
  silent: 4006,
  'too-many': 4007,
} as const
export type CloseReason = keyof typeof CLOSES

/** Close codes after which a client must not come back by itself. */
export const FINAL_CLOSES: readonly number[] = [CLOSES['taken-over'], CLOSES['bad-frame'], CLOSES['too-large']]
