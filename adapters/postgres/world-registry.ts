import { Defect } from '@worldloom/contract'
import type { Pool } from 'pg'
import { reaching } from './faults.ts'

/** What must not change of a world from one start to the next. Matches the host's `WorldRegistry` port. */
interface WorldRecord {
  readonly id: string
  readonly game: string
  readonly seed: string
  readonly begunAt: number
  readonly begunWorld: number
}

/** Where the installation's worlds are written down. */
export class PostgresWorldRegistry {
  readonly #pool: Pool

  constructor(pool: Pool) {
    this.#pool = pool
  }

  async ensure(world: WorldRecord): Promise<WorldRecord> {
    await reaching(() =>
      this.#pool.query(
        'insert into worlds (world, game, seed, begun_at, begun_world) values ($1, $2, $3, $4, $5) on conflict do nothing',
        [world.id, world.game, world.seed, world.begunAt, world.begunWorld],
      ),
    )
    const { rows } = await reaching(() =>
      this.#pool.query<{ game: string; seed: string; begun_at: string; begun_world: string }>(
        'select game, seed, begun_at, begun_world from worlds where world = $1',
        [world.id],
      ),
    )
    const [row] = rows
    if (!row) throw new Defect('world-vanished', `world "${world.id}" was written and is not there`)
    return {
      id: world.id,
      game: row.game,
      seed: row.seed,
      begunAt: Number(row.begun_at),
      begunWorld: Number(row.begun_world),
    }
  }
}
