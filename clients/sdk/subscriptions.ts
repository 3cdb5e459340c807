import { type BinaryCodec, type Capability, Fault } from '@worldloom/contract'

type Handler = (data: unknown) => void

/** Who listens to which event, by name for text frames and by tag for binary ones. */
export class Subscriptions {
  readonly #handlers = new Map<string, Set<Handler>>()
  readonly #byTag = new Map<number, { readonly codec: BinaryCodec<unknown>; readonly handlers: Set<Handler> }>()

  /** Throws a Fault `unknown-event` when the capability declares no such event. */
  add(capability: Capability, name: string, handler: Handler): () => void {
    const spec = Object.hasOwn(capability.events, name) ? capability.events[name] : undefined
    if (!spec) throw new Fault('unknown-event', `${capability.id} declares no event "${name}".`)
    const key = `${capability.id}/${name}`
    const handlers = this.#handlers.get(key) ?? new Set()
    this.#handlers.set(key, handlers)
    if (spec.binary) this.#byTag.set(spec.binary.tag, { codec: spec.binary, handlers })
    // Wrapped, so that one function may listen twice and each be taken off by itself.
    const own: Handler = data => handler(data)
    handlers.add(own)
    return () => {
      handlers.delete(own)
    }
  }

  event(capability: string, name: string, data: unknown): void {
    this.#handlers.get(`${capability}/${name}`)?.forEach(handler => {
      handler(data)
    })
  }

  /** Bytes that nobody listens to, or that are malformed, are dropped. */
  bytes(bytes: Uint8Array): void {
    const entry = this.#byTag.get(bytes[0] ?? -1)
    if (!entry || entry.handlers.size === 0) return
    const data = entry.codec.read(bytes)
    if (data === undefined) return
    for (const handler of entry.handlers) handler(data)
  }
}
