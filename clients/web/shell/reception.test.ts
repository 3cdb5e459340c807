import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { drawnWorld } from '../play/ground.fixture.ts'
import { createPlayStore, type PlayStore } from '../play/store.ts'
import { createLine, type Line } from './line.fixture.ts'
import { receive, threadOf } from './reception.ts'
import { createWorld } from './world.ts'

const clock = { at: 0, world: 0, rate: 24_000 }
const worldLine = { id: 'song', title: 'Song', people: 2, map: 'a'.repeat(64), clock }
const welcome = { type: 'welcome', server: 's', player: 'me', at: 0, worlds: [worldLine] } as const
const entered = (id: string) =>
  ({
    type: 'entered',
    id,
    world: 'song',
    title: 'Song',
    session: 's',
    map: worldLine.map,
    clock,
    capabilities: [],
  }) as const
const { file } = drawnWorld(['####', '#..#', '####'])

describe('the thread, as a person sees it', () => {
  it.each([
    [{ phase: 'connecting', attempt: 0 }, 'tying', undefined],
    [{ phase: 'connecting', attempt: 3 }, 'tying', /does not answer/],
    [{ phase: 'open', welcome }, 'tied', undefined],
    [{ phase: 'open', welcome, refusal: { refused: 'full', because: 'The world is full.' } }, 'tied', /full/],
    [{ phase: 'reconnecting', attempt: 1, nextAt: 0, because: 'line-lost' }, 'broken', undefined],
    [{ phase: 'closed', reason: 'taken-over' }, 'ended', /another window/],
  ] as const)('%o', (state, thread, because) => {
    const seen = threadOf(state)
    expect(seen.thread).toBe(thread)
    if (because) expect(seen.because).toMatch(because)
    else expect(seen.because).toBeUndefined()
  })
})

describe('the reception', () => {
  let line: Line
  let store: PlayStore
  let shown: unknown[]
  let refreshed: number

  beforeEach(() => {
    line = createLine()
    store = createPlayStore()
    shown = []
    refreshed = 0
    vi.stubGlobal('fetch', async () => Response.json(file))
    vi.stubGlobal('document', { title: '' })
    receive({
      connection: line.connection,
      store,
      world: createWorld(store, line.connection),
      hearing: {
        refresh: async () => {
          refreshed += 1
        },
      },
      show: each => shown.push(each),
    })
  })
  afterEach(() => vi.unstubAllGlobals())

  it('shows the world behind the gate before anyone goes in', async () => {
    line.become({ phase: 'open', welcome })
    await vi.waitFor(() => expect(shown).toHaveLength(1))
    expect(store.getState()).toMatchObject({ phase: 'gate', player: 'me', thread: 'tied', worlds: [{ people: 2 }] })
    expect(refreshed).toBe(0)
  })

  it('lets in once everything is known, and asks again after a broken thread', async () => {
    line.become({ phase: 'entered', welcome, entered: entered('1') })
    await vi.waitFor(() => expect(store.getState().phase).toBe('inside'))
    expect(refreshed).toBe(1)
    line.become({ phase: 'reconnecting', attempt: 1, nextAt: 0, because: 'line-lost' })
    expect(store.getState()).toMatchObject({ phase: 'inside', thread: 'broken' })
    line.become({ phase: 'entered', welcome, entered: entered('2') })
    await vi.waitFor(() => expect(refreshed).toBe(2))
    expect(store.getState().thread).toBe('tied')
    expect(shown).toHaveLength(1)
  })

  it('opens the gate for another try when the map does not come', async () => {
    vi.stubGlobal('fetch', async () => new Response('', { status: 503 }))
    store.setState({ phase: 'entering' })
    line.become({ phase: 'entered', welcome, entered: { ...entered('1'), map: 'b'.repeat(64) } })
    await vi.waitFor(() => expect(store.getState().phase).toBe('gate'))
    expect(store.getState().because).toMatch(/did not come/)
  })

  it('stands before the gate again when the world refuses the return', async () => {
    line.become({ phase: 'entered', welcome, entered: entered('1') })
    await vi.waitFor(() => expect(store.getState().phase).toBe('inside'))
    line.become({ phase: 'open', welcome, refusal: { refused: 'full', because: 'The world is full.' } })
    expect(store.getState()).toMatchObject({ phase: 'gate', because: 'The world is full.' })
  })
})
