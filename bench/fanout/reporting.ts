/** What a server under measurement tells the bench, over the channel between the processes. */
export type FromServer = { readonly port: number } | ServerFigures

export interface ServerFigures {
  /** CPU seconds per second, user and system, of the whole process. */
  readonly cpu: number
  /** From a tick's start to its last write, ms. Empty where that cannot be seen from outside. */
  readonly tickMs: Spread
  readonly ticksPerSecond: number
  /** What else this server counted, per second. */
  readonly counts: Readonly<Record<string, number>>
  readonly memoryMb: number
}

export interface Spread {
  readonly p50: number
  readonly p99: number
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => Number((sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2))
  return { p50: at(0.5), p99: at(0.99) }
}

/** What is counted between the bench's `begin` and `end`. */
export class Counters {
  readonly tickMs: number[] = []
  readonly counts: Record<string, number> = {}

  tick(ms: number): void {
    this.tickMs.push(ms)
  }

  count(name: string): void {
    this.counts[name] = (this.counts[name] ?? 0) + 1
  }

  clear(): void {
    this.tickMs.length = 0
    for (const name of Object.keys(this.counts)) delete this.counts[name]
  }
}

/** Tells the bench where this server listens, then measures from `begin` to `end`, and goes at `stop`. */
export function report(port: number, counters: Counters, stop: () => Promise<void>): void {
  let cpu = process.cpuUsage()
  let beganAt = performance.now()
  process.on('message', message => {
    if (message === 'begin') {
      counters.clear()
      cpu = process.cpuUsage()
      beganAt = performance.now()
    } else if (message === 'end') {
      const { user, system } = process.cpuUsage(cpu)
      const seconds = (performance.now() - beganAt) / 1000
      const figures: ServerFigures = {
        cpu: (user + system) / 1e6 / seconds,
        tickMs: spreadOf(counters.tickMs),
        ticksPerSecond: counters.tickMs.length / seconds,
        counts: Object.fromEntries(Object.entries(counters.counts).map(([name, n]) => [name, Math.round(n / seconds)])),
        memoryMb: Math.round(process.memoryUsage().rss / 2 ** 20),
      }
      process.send?.(figures)
    } else if (message === 'stop') {
      void stop().finally(() => process.exit(0))
    }
  })
  process.on('disconnect', () => void stop().finally(() => process.exit(1)))
  process.send?.({ port })
}
