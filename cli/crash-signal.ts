/** An error that nobody caught: a mistake of ours. Whatever it broke, the rest is still stopped in order. */
export interface CrashSignal {
  /** Rejects with the first such error. Never resolves. */
  readonly crashed: Promise<never>
  release(): void
}

export function crashSignal(): CrashSignal {
  const { promise: crashed, reject } = Promise.withResolvers<never>()
  crashed.catch(() => undefined)
  // Rejections that nobody handles arrive here, too.
  process.on('uncaughtException', reject)
  return {
    crashed,
    release: () => {
      process.off('uncaughtException', reject)
    },
  }
}
