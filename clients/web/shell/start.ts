import type { WorldFile } from '@worldloom/capabilities/geography'
import type { Actions } from '../panels/actions.ts'
import { nextHint } from '../play/hints.ts'
import { createPlayStore, type PlayStore, told } from '../play/store.ts'
import type { Scene } from '../scene/api.ts'
import { createSpeaker } from '../sound/speaker.ts'
import { createActing } from './acting.ts'
import { type Controls, takeControls } from './controls.ts'
import { faceOf } from './debugging.ts'
import { runFrames } from './frame-loop.ts'
import { createNameTags } from './name-tags.ts'
import { readHints, readPreferences } from './preferences.ts'
import { openSession, type Session } from './session.ts'

/** The elements that the picture is made of. Panels lie above them, in React. */
export interface Page {
  readonly canvas: HTMLCanvasElement
  readonly veil: HTMLElement
  readonly tags: HTMLElement
}

/** Starts the page: the connection at once, the picture as soon as its code has come. */
export function start({ canvas, veil, tags }: Page): { readonly store: PlayStore; readonly actions: Actions } {
  const store = createPlayStore()
  const hints = readHints(localStorage)
  const speaker = createSpeaker()
  const preferences = readPreferences(localStorage)
  store.setState({ ...preferences, hint: nextHint(hints) })
  speaker.setVolume(preferences.volume)
  for (const event of ['pointerdown', 'keydown']) addEventListener(event, () => speaker.wake())

  let scene: Scene | undefined
  let controls: Controls | undefined
  let file: WorldFile | undefined
  let stop: () => void = () => undefined
  let steps = 0

  const open = (): Session => {
    const opened = openSession(
      store,
      cue => speaker.play(cue),
      shown => {
        if (file !== shown) scene?.setWorld(shown)
        file = shown
      },
    )
    opened.world.onFade = () => {
      veil.toggleAttribute('data-shown', true)
      requestAnimationFrame(() => requestAnimationFrame(() => veil.toggleAttribute('data-shown', false)))
    }
    return opened
  }
  let session = open()

  const acting = createActing({
    store,
    session: () => session,
    scene: () => scene,
    controls: () => controls,
    speaker,
    hints,
    leave() {
      stop()
      session.connection.close()
      store.setState({ ...createPlayStore().getState(), ...readPreferences(localStorage), hint: nextHint(hints) })
      session = open()
      if (scene && controls) stop = run(scene, controls)
    },
  })

  const nameTags = createNameTags(tags)
  const run = (drawn: Scene, controlled: Controls) =>
    runFrames({
      world: session.world,
      connection: session.connection,
      scene: drawn,
      controls: controlled,
      tags: nameTags,
      sound: cue => speaker.play(cue),
      onWalked() {
        steps += 1
        if (steps >= STEPS_LEARNED) acting.done('walk')
      },
      onErrand: deed => acting.perform(deed),
      onStuck: () => void acting.perform({ kind: 'stand', target: '', label: '', taken: false }),
    })

  const draw = async () => {
    const [{ createScene }] = await Promise.all([import('../scene/index.ts'), painted()])
    scene = createScene(canvas)
    controls = takeControls(canvas, scene, () => session.world, acting)
    if (file) scene.setWorld(file)
    new ResizeObserver(() => scene?.resize()).observe(canvas)
    stop = run(scene, controls)
    canvas.toggleAttribute('data-drawn', true)
  }
  draw().catch(() => {
    const text = 'This browser cannot draw the world (it needs WebGL 2). You can still talk to the people in it.'
    store.setState(told(store.getState(), 'fault', text, performance.now()))
  })

  window.worldloom = faceOf(
    store,
    () => session,
    () => scene,
  )
  return { store, actions: acting }
}

/** A page in the background is not painted at all; its scene is made after this long. */
const PAINT_MS_MAX = 2_000

/** Once the first frame is on screen: making shaders keeps the graphics busy, and sky, ground and gate must not wait. */
const painted = (): Promise<void> =>
  new Promise(resolve => {
    const observer = new PerformanceObserver(() => done())
    const timer = setTimeout(() => done(), PAINT_MS_MAX)
    const done = () => {
      observer.disconnect()
      clearTimeout(timer)
      resolve()
    }
    observer.observe({ type: 'paint', buffered: true })
  })

/** Steps after which one has learned to walk. */
const STEPS_LEARNED = 3
