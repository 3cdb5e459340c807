/** Ways in which a person or the system asks a server to stop. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** npm hands a Ctrl-C on that the terminal has sent already; two within this time are one. */
const ECHO_MS = 1_000

/** Longest a clean stop may take before it is given up, ms. */
const STOP_MS_MAX = 30_000

/** Exit code of a program ended by a Ctrl-C. */
const INTERRUPTED = 130

export interface StopSignal {
  /** Aborts on the first signal. A second one ends the process at once. */
  readonly asked: AbortSignal
  release(): void
}

export function stopSignal(): StopSignal {
  const stopping = new AbortController()
  let askedAt: number | undefined
  const onSignal = () => {
    const now = performance.now()
    if (askedAt === undefined) {
      askedAt = now
      setTimeout(() => process.exit(1), STOP_MS_MAX).unref()
      stopping.abort()
    } else if (now - askedAt > ECHO_MS) process.exit(INTERRUPTED)
  }
  for (const signal of SIGNALS) process.on(signal, onSignal)
  return {
    asked: stopping.signal,
    release: () => {
      for (const signal of SIGNALS) process.off(signal, onSignal)
    },
  }
}
