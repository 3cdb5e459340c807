import type { Pool } from 'pg'
import { reaching } from './faults.ts'

/** Guests: a permanent id and the SHA-256 of the secret in their cookie. Matches the gateway's `GuestStore` port. */
export class PostgresGuestStore {
  readonly #pool: Pool

  constructor(pool: Pool) {
    this.#pool = pool
  }

  async create(player: string, secretHash: Uint8Array): Promise<void> {
    await reaching(() => this.#pool.query('insert into guests (player, secret) values ($1, $2)', [player, secretHash]))
  }

  /** The hash of the guest's secret, or undefined when there is no such guest. */
  async find(player: string): Promise<Uint8Array | undefined> {
    const { rows } = await reaching(() =>
      this.#pool.query<{ secret: Uint8Array }>('select secret from guests where player = $1', [player]),
    )
    return rows[0]?.secret
  }
}
