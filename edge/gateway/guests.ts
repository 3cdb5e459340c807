import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { Fault, uuidSchema } from '@worldloom/contract'
import { mintUuid } from './clock.ts'
import { TokenBucket } from './token-bucket.ts'

/** Where guests are kept: a permanent id and the SHA-256 of the secret in their token. The secret itself is nowhere. */
export interface GuestStore {
  create(player: string, secretHash: Uint8Array): Promise<void>
  /** The hash of the guest's secret, or undefined when there is no such guest. */
  find(player: string): Promise<Uint8Array | undefined>
}

const SECRET_BYTES = 32
/** `base64url` of the secret. */
const SECRET_CHARS = 43
/** Addresses whose new guests are counted at once; beyond it the one counted longest is forgotten. */
export const ADDRESSES_MAX = 10_000
export interface NewGuest {
  readonly player: string
  /** Player and secret, `<uuid>.<base64url>`: all that proves who they are. For their cookie and nothing else. */
  readonly token: string
}

/** Knows guests by their token, and makes new ones. */
export class Guests {
  readonly #store: GuestStore
  readonly #perMinuteMax: number
  readonly #arrivals = new Map<string, TokenBucket>()

  constructor(store: GuestStore, perMinuteMax: number) {
    this.#store = store
    this.#perMinuteMax = perMinuteMax
  }

  /** The player that a token proves to be, or undefined. Rejects when the store fails. */
  async recognise(token = ''): Promise<string | undefined> {
    const [player = '', secret = ''] = token.split('.', 2)
    if (secret.length !== SECRET_CHARS || !uuidSchema.safeParse(player).success) return undefined
    const stored = await this.#store.find(player)
    const given = hashOf(Buffer.from(secret, 'base64url'))
    return stored?.length === given.length && timingSafeEqual(stored, given) ? player : undefined
  }

  /** Makes a guest. Rejects with a Fault `too-many-guests` when too many came from one address. `now` is UTC ms. */
  async create(address: string, now: number): Promise<NewGuest> {
    if (!this.#bucket(address, now).take(now)) {
      const because = 'Too many new guests from this address. Wait a minute and reload the page.'
      throw new Fault('too-many-guests', because, 'later')
    }
    const player = mintUuid(now)
    const secret = randomBytes(SECRET_BYTES)
    await this.#store.create(player, hashOf(secret))
    return { player, token: `${player}.${secret.toString('base64url')}` }
  }

  #bucket(address: string, now: number): TokenBucket {
    const known = this.#arrivals.get(address)
    if (known) return known
    const [longest] = this.#arrivals.keys()
    if (longest !== undefined && this.#arrivals.size >= ADDRESSES_MAX) this.#arrivals.delete(longest)
    const bucket = new TokenBucket(this.#perMinuteMax / 60, this.#perMinuteMax, now)
    this.#arrivals.set(address, bucket)
    return bucket
  }
}

const hashOf = (secret: Uint8Array): Buffer => createHash('sha256').update(secret).digest()
