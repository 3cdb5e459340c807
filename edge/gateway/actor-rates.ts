import type { CommandRoute } from './routes.ts'
import { TokenBucket } from './token-bucket.ts'

/** How often one person may send each command, by its declared `perSecondMax`. Outlives their sockets. */
export class ActorRates {
  readonly #buckets: (TokenBucket | undefined)[] = []

  allows(route: CommandRoute, now: number): boolean {
    const { perSecondMax, index } = route
    if (perSecondMax === undefined) return true
    let bucket = this.#buckets[index]
    if (!bucket) {
      bucket = new TokenBucket(perSecondMax, perSecondMax, now)
      this.#buckets[index] = bucket
    }
    if (bucket.take(now)) return true
    // Refusals cost nothing here: a key held down must not lock a person out for longer.
    bucket.forgive()
    return false
  }
}
