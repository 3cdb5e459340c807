import { FRAME_BYTES_MAX } from '@worldloom/contract'

/** Everything that is bounded at the gateway. Tests and benchmarks may set others. */
export interface GatewayLimits {
  readonly connectionsMax: number
  readonly connectionsPerAddressMax: number
  /** New guests from one address. */
  readonly guestsPerMinuteMax: number
  readonly frameBytesMax: number
  /** Messages a connection may send, sustained and at once. Twice the sustained rate for long is a flood. */
  readonly messagesPerSecondMax: number
  readonly messagesBurstMax: number
  readonly bytesPerSecondMax: number
  readonly bytesBurstMax: number
  /** Malformed frames: this many at once, and one more every `BAD_FRAME_EVERY_MS`. */
  readonly badFramesMax: number
  /** Commands and queries of one connection that wait for their answer. */
  readonly inFlightMax: number
  /** Unsent bytes above which a connection gets no presence frames, and above which it is closed. */
  readonly backlogDropBytes: number
  readonly backlogCloseBytes: number
  readonly pingEveryMs: number
  readonly deadAfterMs: number
  /** How long someone whose line broke stays in the world. */
  readonly graceMs: number
  /** How often time-outs are looked at. */
  readonly sweepEveryMs: number
}

export const GATEWAY_LIMITS: GatewayLimits = {
  connectionsMax: 2_000,
  connectionsPerAddressMax: 200,
  guestsPerMinuteMax: 60,
  frameBytesMax: FRAME_BYTES_MAX,
  messagesPerSecondMax: 100,
  messagesBurstMax: 200,
  bytesPerSecondMax: 65_536,
  bytesBurstMax: 262_144,
  badFramesMax: 10,
  inFlightMax: 32,
  backlogDropBytes: 262_144,
  backlogCloseBytes: 4_194_304,
  pingEveryMs: 10_000,
  deadAfterMs: 25_000,
  graceMs: 10_000,
  sweepEveryMs: 1_000,
}

/** Time in which one malformed frame is forgiven, ms. */
export const BAD_FRAME_EVERY_MS = 10_000

/** Connections for plain HTTP, beside those of the clients. More are not accepted. */
export const HTTP_CONNECTIONS_MAX = 1_000

/** Clients of a server that stops come back spread over this time, ms. */
export const RETURN_SPREAD_MS = 5_000
