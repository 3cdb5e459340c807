/** Whether asking again can help: never (ask differently), later (after a pause), now (with the same command id). */
export type Retry = 'never' | 'later' | 'now'

/**
 * The outside failed: disk, network, model, or a request that cannot be understood. Carries a code and a retry hint.
 * Matched by `code`, never by message.
 */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly code: string
  readonly retry: Retry

  constructor(code: string, message: string, retry: Retry = 'never', cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.retry = retry
  }
}

/** We are wrong: a broken invariant. Stops the engine it happened in, alone, and says where. */
export class Defect extends Error {
  override readonly name = 'Defect'
  readonly code: string

  constructor(code: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
  }
}

/** The parts do not fit: a module, game or world that cannot run as declared. All problems are reported at once. */
export class Misfit extends Error {
  override readonly name = 'Misfit'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** Fault codes the platform itself can answer with, and what each means to the person who gets it. */
export const FAULTS = {
  unavailable: 'This part of the world is moving to another place. Try again in a moment.',
  busy: 'Too much is going on right now. Try again in a moment.',
  'too-fast': 'That was too fast. Slow down a little.',
  'too-old':
    'This command is older than the server remembers. Look at what happened and send it anew if it is still wanted.',
  'clock-skew': 'This command carries a time from the future. Set the clock of this device.',
  'invalid-input': 'The server did not understand this request.',
  'unknown-command': 'The server knows no such command.',
  'unknown-world': 'There is no such world here.',
  'not-allowed': 'Your role does not allow this.',
  'not-entered': 'Enter a world first.',
  'too-deep': 'This set off a chain of events that had to be cut.',
  quarantined: 'This command hit an error in the world. It was set aside and nothing was changed.',
  internal: 'Something went wrong on the server. It was logged.',
} as const

export type FaultCode = keyof typeof FAULTS
