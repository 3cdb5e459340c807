import type { Line } from '@worldloom/capabilities/chat'
import { describe, expect, it } from 'vitest'
import {
  arrived,
  CAPTION_MS,
  closed,
  createPlayStore,
  departed,
  emptied,
  faded,
  heard,
  MURMUR_MS,
  MURMURS_MAX,
  opened,
  recalled,
  told,
} from './store.ts'

const play = { ...createPlayStore().getState(), player: 'me' }
const line = (id: string, player = 'mira'): Line => ({ id, channel: 'world', player, name: player, text: id, at: 1 })
const mira = {
  player: 'mira',
  session: 's1',
  name: 'Mira',
  look: { body: '#7FA66B', accent: '#F2B84B' },
  since: 0,
}

describe('the chat in the store', () => {
  it('counts what others say while nobody looks', () => {
    const once = { ...play, ...heard(play, 'world', line('a'), 0) }
    expect(once.unread).toEqual({ world: 1, zone: 0 })
    expect(heard(once, 'world', line('b', 'me'), 0).unread).toEqual({ world: 1, zone: 0 })
  })

  it('counts neither history nor what is on the open tab', () => {
    expect(recalled(play, 'world', [line('a')])).not.toHaveProperty('unread')
    expect(heard({ ...play, talking: true }, 'world', line('a'), 0).unread?.world).toBe(0)
    expect(heard({ ...play, talking: true }, 'zone', line('a'), 0).unread?.zone).toBe(1)
  })

  it('changes nothing when a line comes again, live or with the history', () => {
    const once = { ...play, ...heard(play, 'world', line('a'), 0) }
    expect(heard(once, 'world', line('a'), 0)).toEqual({})
    expect(recalled(once, 'world', [line('a')])).toEqual({})
  })

  it('murmurs the last few lines for a while', () => {
    let now = play
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) now = { ...now, ...heard(now, 'world', line(id), 0) }
    expect(now.murmurs.map(murmur => murmur.line.id)).toEqual(['c', 'd', 'e', 'f'])
    expect(now.murmurs).toHaveLength(MURMURS_MAX)
    expect(faded(now, MURMUR_MS - 1)).toEqual({})
    expect(faded(now, MURMUR_MS).murmurs).toEqual([])
  })

  it('is read when its tab is opened, and begins anew in another zone', () => {
    const heardOne = { ...play, ...heard(play, 'zone', line('a'), 0) }
    expect(opened(heardOne, 'zone').unread?.zone).toBe(0)
    expect(emptied(heardOne, 'zone')).toMatchObject({ chat: { zone: [] }, unread: { zone: 0 } })
  })
})

describe('people in the store', () => {
  it('come and go', () => {
    const here = { ...play, ...arrived(play, mira) }
    expect(here.people.get('mira')).toEqual(mira)
    expect(departed(here, 'mira', 's1').people?.size).toBe(0)
  })

  it('stay when only an older session of theirs ends', () => {
    const back = { ...play, ...arrived(play, { ...mira, session: 's2' }) }
    expect(departed(back, 'mira', 's1')).toEqual({})
  })
})

describe('what passes', () => {
  it('fades in its time and leaves the rest alone', () => {
    const notice = { ...play, ...told(play, 'refusal', 'No.', 0), caption: { text: 'A door opens', until: CAPTION_MS } }
    expect(faded(notice, 100)).toEqual({})
    expect(faded(notice, CAPTION_MS)).toMatchObject({ caption: undefined, notices: [{}] })
    expect(faded(notice, 60_000).notices).toEqual([])
  })
})

describe('Esc', () => {
  it('closes one thing at a time, the innermost first', () => {
    expect(closed({ ...play, talking: true, sheet: 'people' })).toEqual({ talking: false })
    expect(closed({ ...play, sheet: 'people' })).toMatchObject({ sheet: undefined })
    expect(closed({ ...play, talking: true, sheet: 'chat' })).toEqual({ talking: false, sheet: undefined })
    expect(closed(play)).toBeUndefined()
  })
})
