import { chat } from '@worldloom/capabilities/chat'
import { interaction } from '@worldloom/capabilities/interaction'
import type { CommandOutcome } from '@worldloom/sdk'
import { type Actions, PHONE } from '../panels/actions.ts'
import { type Hint, nextHint } from '../play/hints.ts'
import { opened, type PlayStore, told } from '../play/store.ts'
import type { Scene } from '../scene/api.ts'
import type { Speaker } from '../sound/speaker.ts'
import type { Controls } from './controls.ts'
import { writeHints, writePreferences } from './preferences.ts'
import type { Session } from './session.ts'
import { WAVE_MS } from './world.ts'

export interface Surfaces {
  readonly store: PlayStore
  readonly session: () => Session
  readonly scene: () => Scene | undefined
  readonly controls: () => Controls | undefined
  readonly speaker: Speaker
  readonly hints: Set<Hint>
  /** Ends this stay and stands before the gate again. */
  readonly leave: () => void
}

export interface Acting extends Actions {
  /** Something a hint asked for was done. */
  done(hint: Hint): void
}

/** What panels, keys and fingers ask for, done. */
export function createActing({ store, session, scene, controls, speaker, hints, leave }: Surfaces): Acting {
  const play = store.getState
  const complain = (tone: 'refusal' | 'fault', text: string) =>
    store.setState(told(play(), tone, text, performance.now()))

  /** True when the server did it; otherwise its sentence is shown. */
  const attempt = async (outcome: Promise<CommandOutcome<unknown>>): Promise<boolean> => {
    try {
      const { refused, because } = { because: '', ...(await outcome) }
      if (refused !== undefined) complain('refusal', because)
      return refused === undefined
    } catch (error) {
      complain('fault', error instanceof Error ? error.message : 'That did not reach the server. Try again.')
      return false
    }
  }

  const acting: Acting = {
    enter: (world, name, look) => void session().reception.enter(world, name, look),
    preview: world => session().reception.preview(world),
    leave,
    say: (channel, text) => void attempt(session().connection.command(chat, 'say', { channel, text })),
    async perform({ kind, target }) {
      const { connection, world } = session()
      world.route = undefined
      world.asking = true
      const isDone = await attempt(
        kind === 'stand'
          ? connection.command(interaction, 'release', {})
          : kind === 'open' || kind === 'shut'
            ? connection.command(interaction, 'turn', { door: target })
            : connection.command(interaction, 'use', { object: target }),
      )
      world.asking = false
      if (isDone && kind !== 'stand') acting.done('touch')
    },
    wave() {
      const { world } = session()
      world.route = undefined
      world.waveUntil = performance.now() + WAVE_MS
    },
    turn: quarters => scene()?.turn(quarters),
    toggleView() {
      const view = play().view === 'isometric' ? 'perspective' : 'isometric'
      store.setState({ view })
      scene()?.setMode(view)
    },
    open: sheet =>
      store.setState({
        sheet,
        regarded: undefined,
        talking: false,
        ...(sheet === 'chat' && opened(play(), play().channel)),
      }),
    regard(player) {
      store.setState({ sheet: 'person', regarded: player })
      acting.done('look')
    },
    talk(talking) {
      if (talking && matchMedia(PHONE).matches) acting.open('chat')
      else store.setState({ talking, ...(talking && opened(play(), play().channel)) })
    },
    openChannel: channel => store.setState(opened(play(), channel)),
    setVolume(volume) {
      store.setState({ volume })
      speaker.setVolume(volume)
      writePreferences(localStorage, { volume, captions: play().captions })
    },
    setCaptions(captions) {
      store.setState({ captions })
      writePreferences(localStorage, { volume: play().volume, captions })
    },
    push: (x, y) => controls()?.push(x, y),
    done(hint) {
      if (hints.has(hint)) return
      hints.add(hint)
      writeHints(localStorage, hints)
      store.setState({ hint: nextHint(hints) })
    },
  }
  return acting
}
