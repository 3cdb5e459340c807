import type { Duplex } from 'node:stream'
import { CLOSES, type CloseReason, type ServerFrame } from '@worldloom/contract'
import type { WebSocket } from 'ws'
import { framedJson } from './framing.ts'
import type { GatewayLimits } from './limits.ts'

/** Frames kept for someone who is on the way in, and their bytes. Beyond it the connection is too slow to come in. */
export const HELD_FRAMES_MAX = 1_024

/** Counts what the gateway dropped, for its operator. */
export interface OutletCounts {
  framesDropped: number
  bytesOut: number
}

/**
 * The way out of one connection. Takes whole frames and writes them to the raw socket: `ws` would copy a header before
 * each one. Safe beside `ws`' own control frames because nothing is compressed or fragmented, so every write ends on a
 * frame's edge.
 */
export class Outlet {
  readonly #socket: WebSocket
  readonly #raw: Duplex
  readonly #limits: GatewayLimits
  readonly #counts: OutletCounts
  /** The limit is below what the socket takes without a murmur: the backlog is looked at every time. */
  readonly #isStrict: boolean
  #open = true
  #held: Buffer[] | undefined
  /** The socket asked to wait at the last frame. Otherwise its backlog is small and not looked at: that is the hot path. */
  #lags = false

  constructor(socket: WebSocket, raw: Duplex, limits: GatewayLimits, counts: OutletCounts) {
    this.#socket = socket
    this.#raw = raw
    this.#limits = limits
    this.#counts = counts
    this.#isStrict = limits.backlogDropBytes < raw.writableHighWaterMark
    this.#lags = this.#isStrict
  }

  /** `droppable`: stale as soon as the next one is there, so a slow reader goes without. */
  write(frame: Buffer, droppable: boolean): void {
    if (!this.#open) return
    if (this.#held) {
      this.#hold(frame)
      return
    }
    if (this.#lags && !this.#keepsUp(droppable)) return
    this.#counts.bytesOut += frame.length
    this.#lags = !this.#raw.write(frame) || this.#isStrict
  }

  /** Whether a line that did not take the last frame at once should get one more. */
  #keepsUp(droppable: boolean): boolean {
    const backlog = this.#raw.writableLength
    if (backlog <= this.#limits.backlogDropBytes) return true
    if (droppable) {
      this.#counts.framesDropped += 1
      return false
    }
    if (backlog <= this.#limits.backlogCloseBytes) return true
    this.close('too-slow')
    return false
  }

  /** A frame for this connection alone. Passes by what is held. */
  send(frame: ServerFrame): void {
    const held = this.#held
    this.#held = undefined
    this.write(framedJson(frame), false)
    this.#held = held
  }

  /** Keeps what comes until `release`: a newcomer must not hear of a world before hearing that they are in it. */
  hold(): void {
    this.#held ??= []
  }

  release(): void {
    const held = this.#held
    this.#held = undefined
    if (!held || held.length === 0) return
    this.#raw.cork()
    for (const frame of held) this.write(frame, false)
    this.#raw.uncork()
  }

  /** Forgets what is held. */
  discard(): void {
    this.#held = undefined
  }

  ping(): void {
    if (this.#open) this.#socket.ping()
  }

  /** Says goodbye with a reason; cuts the line when the other side does not answer. */
  close(reason: CloseReason): void {
    if (!this.#open) return
    this.#open = false
    this.#held = undefined
    // One who does not read would never see the close frame, and keep megabytes here until a time-out.
    if (reason === 'too-slow' || reason === 'silent') {
      this.#socket.close(CLOSES[reason], reason)
      this.#socket.terminate()
    } else this.#socket.close(CLOSES[reason], reason)
  }

  /** The socket is gone. */
  closed(): void {
    this.#open = false
    this.#held = undefined
  }

  #hold(frame: Buffer): void {
    if (this.#held && this.#held.length < HELD_FRAMES_MAX) this.#held.push(frame)
    else this.close('too-slow')
  }
}
