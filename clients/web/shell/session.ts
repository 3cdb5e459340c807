import type { WorldFile } from '@worldloom/capabilities/geography'
import { type Connection, connect } from '@worldloom/sdk'
import type { PlayStore } from '../play/store.ts'
import type { Cue } from '../sound/score.ts'
import { listen } from './hearing.ts'
import { type Reception, receive } from './reception.ts'
import { createWorld, type World } from './world.ts'

/** One connection from the gate to leaving, and the world as it is known through it. */
export interface Session {
  readonly connection: Connection
  readonly world: World
  readonly reception: Reception
}

export function openSession(store: PlayStore, sound: (cue: Cue) => void, show: (file: WorldFile) => void): Session {
  const connection = connect({ url: location.href })
  const world = createWorld(store, connection)
  const hearing = listen(connection, world, sound)
  return { connection, world, reception: receive({ connection, world, store, hearing, show }) }
}
