import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { Fault, uuidSchema } from '@worldloom/contract'
import { mintUuid } from './clock.ts'
import { TokenBucket } from './token-bucket.ts'

/** Where guests are kept: a permanent id and the SHA-256 of the secret in their cookie. The secret itself is nowhere. */
export interface GuestStore {
  create(player: string, secretHash: Uint8Array): Promise<void>
  /** The hash of the guest's secret, or undefined when there is no such guest. */
  find(player: string): Promise<Uint8Array | undefined>
}

export const GUEST_COOKIE = 'worldloom_guest'
const SECRET_BYTES = 32
/** `base64url` of the secret. */
const SECRET_CHARS = 43
/** The longest that browsers keep a cookie, s. */
const COOKIE_LIFE_S = 400 * 86_400
/** Addresses whose new guests are counted at once; beyond it the one counted longest is forgotten. */
export const ADDRESSES_MAX = 10_000
/** Longest cookie header that is looked at. */
const COOKIE_HEADER_CHARS_MAX = 8_192

export interface NewGuest {
  readonly player: string
  /** A `Set-Cookie` header. */
  readonly cookie: string
}

/** Knows guests by their cookie, and makes new ones. */
export class Guests {
  readonly #store: GuestStore
  readonly #perMinuteMax: number
  readonly #arrivals = new Map<string, TokenBucket>()

  constructor(store: GuestStore, perMinuteMax: number) {
    this.#store = store
    this.#perMinuteMax = perMinuteMax
  }

  /** The player that a cookie header proves to be, or undefined. Rejects when the store fails. */
  async recognise(cookieHeader: string | undefined): Promise<string | undefined> {
    if (!cookieHeader || cookieHeader.length > COOKIE_HEADER_CHARS_MAX) return undefined
    const [player = '', secret = ''] = guestCookie(cookieHeader).split('.')
    if (secret.length !== SECRET_CHARS || !uuidSchema.safeParse(player).success) return undefined
    const stored = await this.#store.find(player)
    const given = hashOf(Buffer.from(secret, 'base64url'))
    return stored?.length === given.length && timingSafeEqual(stored, given) ? player : undefined
  }

  /** Makes a guest. Rejects with a Fault `too-many-guests` when too many came from one address. `now` is UTC ms. */
  async create(address: string, secure: boolean, now: number): Promise<NewGuest> {
    if (!this.#bucket(address, now).take(now)) {
      const because = 'Too many new guests from this address. Wait a minute and reload the page.'
      throw new Fault('too-many-guests', because, 'later')
    }
    const player = mintUuid(now)
    const secret = randomBytes(SECRET_BYTES)
    await this.#store.create(player, hashOf(secret))
    return { player, cookie: setCookie(`${player}.${secret.toString('base64url')}`, secure) }
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

/** The guest's cookie in a `Cookie` header (RFC 6265 §4.2), or nothing. Our values need no decoding. */
function guestCookie(header: string): string {
  const prefix = `${GUEST_COOKIE}=`
  const pair = header.split(';').find(part => part.trimStart().startsWith(prefix))
  return pair?.trim().slice(prefix.length) ?? ''
}

const setCookie = (value: string, secure: boolean): string =>
  `${GUEST_COOKIE}=${value}; Max-Age=${COOKIE_LIFE_S}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`

const hashOf = (secret: Uint8Array): Buffer => createHash('sha256').update(secret).digest()
