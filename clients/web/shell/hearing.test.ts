import { chat } from '@worldloom/capabilities/chat'
import { interaction } from '@worldloom/capabilities/interaction'
import { movement, poseOf } from '@worldloom/capabilities/movement'
import { encodeFrame, presence } from '@worldloom/capabilities/presence'
import { sessions } from '@worldloom/capabilities/sessions'
import { beforeEach, describe, expect, it } from 'vitest'
import { drawnWorld } from '../play/ground.fixture.ts'
import { createPlayStore, type PlayStore } from '../play/store.ts'
import type { Cue } from '../sound/score.ts'
import { type Hearing, listen } from './hearing.ts'
import { createLine, type Line } from './line.fixture.ts'
import { createWorld, type World } from './world.ts'

const look = { body: '#7FA66B', accent: '#F2B84B' }
const person = (player: string) => ({ player, session: `s-${player}`, name: player.toUpperCase(), look, since: 0 })
const said = (id: string, channel: string, at = 1) => ({ id, channel, player: 'mira', name: 'MIRA', text: id, at })
const sighting = (index: number, player: string) => ({ index, player, x: 96, y: 96, pose: poseOf(0, 'idle') })
const file = drawnWorld(
  ['######', '#....#', '#...D#', '######'],
  [{ id: 'chair', type: 'chair', position: { x: 2.5, y: 1.5 }, interaction: { action: 'sit' } }],
).file

describe('hearing', () => {
  let line: Line
  let store: PlayStore
  let world: World
  let hearing: Hearing
  let sounds: Cue[]

  beforeEach(async () => {
    line = createLine()
    store = createPlayStore()
    store.setState({ player: 'me' })
    world = createWorld(store, line.connection)
    sounds = []
    hearing = listen(line.connection, world, cue => sounds.push(cue))
    line.answers = {
      'world.sessions/who': [person('me'), person('mira')],
      'space.interaction/state': { occupied: [{ object: 'chair', player: 'mira' }], doors: [] },
      'community.chat/history': ({ channel }: { channel: string }) =>
        channel === 'world' ? [said('old', 'world')] : [said('near', 'zone:square')],
    }
    world.build(file)
    line.say(movement, 'placed', { player: 'me', x: 96, y: 96, pose: 0, zone: 'square', region: 'vale' })
    line.say(presence, 'snapshot', { player: 'me', zone: 'square', people: [sighting(1, 'me'), sighting(2, 'mira')] })
    await hearing.refresh()
  })

  it('knows everything that was so before one came', () => {
    const play = store.getState()
    expect([...play.people.keys()]).toEqual(['me', 'mira'])
    expect(play.near).toEqual(['mira'])
    expect(play.chat.world.map(({ id }) => id)).toEqual(['old'])
    expect(play.chat.zone.map(({ id }) => id)).toEqual(['near'])
    expect(world.things.seatOf(world.geography ?? expect.fail(), 'mira')).toBe('chair')
    expect(world.own?.at).toEqual({ x: 96, y: 96 })
  })

  it('has every line once, though the thread broke and history came again', async () => {
    line.say(chat, 'said', said('live', 'world', 2))
    line.answers['community.chat/history'] = ({ channel }: { channel: string }) =>
      channel === 'world' ? [said('old', 'world'), said('live', 'world', 2), said('missed', 'world', 3)] : []
    await hearing.refresh()
    expect(store.getState().chat.world.map(({ id }) => id)).toEqual(['old', 'live', 'missed'])
  })

  it('follows others by bytes', () => {
    const entry = { index: 2, x: 160, y: 96, pose: poseOf(2, 'walking') }
    line.say(presence, 'frame', { zone: '', bytes: encodeFrame(1_000_100, [entry]) })
    expect(world.crowd.newest('mira')).toEqual({ x: 160, y: 96 })
  })

  it('is not confused by what is said about a zone one has left', () => {
    line.say(presence, 'snapshot', { player: 'me', zone: 'mill', people: [] })
    line.say(presence, 'appeared', { zone: 'square', ...sighting(5, 'tomas') })
    line.say(chat, 'said', said('elsewhere', 'zone:square', 9))
    expect(store.getState().near).toEqual([])
    expect(store.getState().chat.zone).toEqual([])
  })

  it('announces who arrives, once, and who is back after a break not at all', () => {
    line.say(sessions, 'joined', person('tomas'))
    line.say(sessions, 'joined', person('tomas'))
    line.say(sessions, 'joined', person('mira'))
    expect(sounds).toEqual(['arrival'])
    expect(store.getState().caption?.text).toBe('TOMAS arrives')
    line.say(sessions, 'left', { player: 'tomas', session: 's-tomas', parting: 'left' })
    expect(store.getState().people.has('tomas')).toBe(false)
  })

  it('hears doors nearby, in sound and in words', () => {
    line.say(interaction, 'door-turned', { door: 'door-4-2', state: 'open' })
    expect(world.things.shut.size).toBe(0)
    expect(sounds).toEqual(['door'])
    expect(store.getState().caption?.text).toBe('A door opens')
  })

  it('is put on a seat by the server, and stays off one that is taken', () => {
    const ground = world.own ?? expect.fail()
    ground.advance(0, { x: 1, y: 0, resting: 'idle' })
    for (let ms = 16; ms < 600; ms += 16) ground.advance(ms, { x: 1, y: 0, resting: 'idle' })
    expect(ground.at.x).toBeLessThan(128)
    line.say(movement, 'corrected', {
      player: 'me',
      seq: 1,
      x: 200,
      y: 96,
      pose: poseOf(4, 'sitting'),
      reason: 'moved',
    })
    expect(world.own?.state).toBe('sitting')
  })
})
