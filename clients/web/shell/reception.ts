import type { WorldFile } from '@worldloom/capabilities/geography'
import type { Look } from '@worldloom/contract'
import type { Connection, ConnectionState, EndReason, Entered } from '@worldloom/sdk'
import { type PlayStore, type Thread, told } from '../play/store.ts'
import type { Hearing } from './hearing.ts'
import type { World } from './world.ts'

const ENDINGS: Readonly<Record<EndReason, string>> = {
  ended: 'You have left. Come back whenever you like.',
  'taken-over': 'You came in through another window. This one rests; reload it to come back here.',
  'bad-frame': 'This page and the server do not understand each other. Reload the page.',
  'too-large': 'This page sent more than the server takes. Reload the page.',
}

/** A connection's state as a person sees it. */
export function threadOf(state: ConnectionState): { readonly thread: Thread; readonly because: string | undefined } {
  switch (state.phase) {
    case 'connecting':
      return { thread: 'tying', because: state.attempt > 0 ? 'The server does not answer. Trying again…' : undefined }
    case 'open':
      return { thread: 'tied', because: state.refusal?.because }
    case 'entered':
      return { thread: 'tied', because: undefined }
    case 'reconnecting':
      return { thread: 'broken', because: undefined }
    case 'closed':
      return { thread: 'ended', because: ENDINGS[state.reason] }
  }
}

export interface Reception {
  /** Shows a world behind the gate, as it is at this hour, without going in. */
  preview(world: string): void
  enter(world: string, name: string, look: Look): Promise<void>
}

export interface Guest {
  readonly connection: Connection
  readonly world: World
  readonly store: PlayStore
  readonly hearing: Hearing
  /** Shows a World file. */
  readonly show: (file: WorldFile) => void
}

/** Lets the person in, and sees to it that everything is right again after the thread broke. */
export function receive({ connection, world, store, hearing, show }: Guest): Reception {
  let entered: Entered | undefined
  let map = ''
  let loading: { readonly map: string; readonly done: Promise<void> } | undefined

  /** Shows a map, once, however often it is asked for. */
  const load = (wanted: string): Promise<void> => {
    if (loading?.map === wanted) return loading.done
    const build = async () => {
      const file = await fetchWorld(wanted)
      if (loading?.map !== wanted) return
      map = wanted
      world.build(file)
      show(file)
    }
    const done = build()
    loading = { map: wanted, done }
    done.catch(() => {
      if (loading?.map === wanted) loading = undefined
    })
    return done
  }

  const settle = async (now: Entered) => {
    world.clock = now.clock
    store.setState({ title: now.title })
    document.title = now.title
    await load(now.map)
    if (entered !== now) return
    await hearing.refresh()
    if (entered === now) store.setState({ phase: 'inside' })
  }

  const preview = (id: string) => {
    const line = store.getState().worlds.find(each => each.id === id)
    if (!line?.map || entered) return
    world.clock = line.clock
    // What cannot be shown yet is shown, or complained about, on going in.
    load(line.map).catch(() => undefined)
  }

  const watch = () => {
    const { state } = connection
    const { thread, because } = threadOf(state)
    const welcome = 'welcome' in state ? state.welcome : undefined
    store.setState({
      thread,
      because,
      ...(welcome && { player: welcome.player, worlds: welcome.worlds }),
    })
    if (state.phase === 'open' && state.refusal) {
      entered = undefined
      store.setState({ phase: 'gate' })
    }
    if (state.phase === 'open' && map === '') preview(state.welcome.worlds[0]?.id ?? '')
    if (state.phase !== 'entered' || state.entered === entered) return
    entered = state.entered
    void settle(state.entered).catch(error => {
      const because = error instanceof Error ? error.message : 'The world could not be shown. Reload the page.'
      if (store.getState().phase === 'entering') store.setState({ phase: 'gate', because })
      else store.setState(told(store.getState(), 'fault', because, performance.now()))
    })
  }
  connection.subscribe(watch)
  watch()

  return {
    preview,
    async enter(id, name, look) {
      store.setState({ phase: 'entering', self: { name, look }, because: undefined })
      try {
        const outcome = await connection.enter(id, name, look)
        if ('refused' in outcome) store.setState({ phase: 'gate', because: outcome.because })
      } catch (error) {
        store.setState({
          phase: 'gate',
          because: error instanceof Error ? error.message : 'The gate stays shut. Try again.',
        })
      }
    },
  }
}

/** The file shown last: going through the gate, or leaving, shows the same one again. */
let last: { readonly sha256: string; readonly file: WorldFile } | undefined

/** World files are named by what they contain, so a browser may keep them for ever. */
async function fetchWorld(sha256: string): Promise<WorldFile> {
  if (last?.sha256 === sha256) return last.file
  const answer = await fetch(`/objects/${sha256}`)
  if (!answer.ok) throw new Error('The map of this world did not come. Reload the page to try again.')
  last = { sha256, file: (await answer.json()) as WorldFile }
  return last.file
}
