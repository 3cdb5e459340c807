import { chat, type Line } from '@worldloom/capabilities/chat'
import { interaction } from '@worldloom/capabilities/interaction'
import { movement } from '@worldloom/capabilities/movement'
import { decodeFrame, presence } from '@worldloom/capabilities/presence'
import { sessions } from '@worldloom/capabilities/sessions'
import type { Connection } from '@worldloom/sdk'
import { inTiles } from '../play/crowd.ts'
import { arrived, CAPTION_MS, type Channel, departed, emptied, heard, type Play, recalled } from '../play/store.ts'
import type { Cue } from '../sound/score.ts'
import type { World } from './world.ts'

/** Lines asked for on entering, and after a broken thread. */
const HISTORY_LINES = 50

export interface Hearing {
  /** Asks for everything that events only tell the changes of. After entering, and again after a broken thread. */
  refresh(): Promise<void>
}

/** What the server tells, turned into what the page knows. */
export function listen(connection: Connection, world: World, sound: (cue: Cue) => void): Hearing {
  const { store, crowd, things } = world
  const play = store.getState
  const change = (patch: Partial<Play>) => store.setState(patch)
  const caption = (text: string) => change({ caption: { text, until: performance.now() + CAPTION_MS } })
  const self = () => play().player
  let zone = ''

  const perceive = () => {
    world.refreshTaken()
    change({ near: crowd.players })
  }
  const channelOf = ({ channel }: Line): Channel => (channel === 'world' ? 'world' : 'zone')
  const history = async (channel: Channel) => {
    const asked = zone
    const lines = await connection.query(chat, 'history', { channel, limit: HISTORY_LINES })
    if (channel === 'world' || asked === zone) change(recalled(play(), channel, lines))
  }

  connection.on(sessions, 'joined', person => {
    const isNew = !play().people.has(person.player)
    change(arrived(play(), person))
    if (!isNew || person.player === self()) return
    sound('arrival')
    caption(`${person.name} arrives`)
  })
  connection.on(sessions, 'left', ({ player, session }) => change(departed(play(), player, session)))

  connection.on(movement, 'placed', ({ player, x, y, pose }) => {
    if (player === self()) world.place({ x, y }, pose)
  })
  connection.on(movement, 'corrected', correction => world.correct(correction, performance.now()))

  connection.on(presence, 'snapshot', snapshot => {
    crowd.snapshot(snapshot.people, connection.now())
    if (snapshot.zone !== zone) {
      zone = snapshot.zone
      change(emptied(play(), 'zone'))
      void history('zone').catch(() => undefined)
    }
    perceive()
  })
  connection.on(presence, 'appeared', sighting => {
    if (sighting.zone !== zone) return
    crowd.appeared(sighting, connection.now())
    perceive()
  })
  connection.on(presence, 'disappeared', ({ player, zone: left }) => {
    if (left !== zone) return
    crowd.disappeared(player)
    perceive()
  })
  connection.on(presence, 'frame', ({ bytes }) => {
    const frame = decodeFrame(bytes)
    if (frame) crowd.frame(frame.at, frame.entries, performance.now())
  })

  connection.on(interaction, 'occupied', ({ object, player, action }) => {
    things.occupied(object, player)
    world.refreshTaken()
    if (action === 'sit') sound('sit')
  })
  connection.on(interaction, 'released', ({ object, player }) => {
    things.released(object, player)
    world.refreshTaken()
  })
  connection.on(interaction, 'door-turned', ({ door, state }) => {
    things.turned(door, state)
    if (!isEarshot(world, door)) return
    sound('door')
    caption(state === 'open' ? 'A door opens' : 'A door falls shut')
  })

  connection.on(chat, 'said', line => {
    if (line.channel !== 'world' && line.channel !== `zone:${zone}`) return
    change(heard(play(), channelOf(line), line, performance.now()))
    if (line.player !== self()) sound('word')
  })

  return {
    async refresh() {
      const [people, state] = await Promise.all([
        connection.query(sessions, 'who', {}),
        connection.query(interaction, 'state', {}),
        // Without its past a conversation can still be had.
        history('world').catch(() => undefined),
        history('zone').catch(() => undefined),
      ])
      change({ people: new Map(people.map(person => [person.player, person])) })
      if (world.geography) things.reset(world.geography, state)
      perceive()
    },
  }
}

/** Doors farther away than this, in tiles, are not heard. */
const EARSHOT_TILES = 16

function isEarshot({ geography, own }: World, id: string): boolean {
  const door = geography?.door(id)
  if (!door || !own) return false
  const { x, y } = inTiles(own.at)
  return Math.hypot(door.bounds.x - x, door.bounds.y - y) <= EARSHOT_TILES
}
