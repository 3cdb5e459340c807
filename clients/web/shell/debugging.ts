import { inTiles } from '../play/crowd.ts'
import type { PlayStore } from '../play/store.ts'
import type { Scene, SceneStats } from '../scene/api.ts'
import type { Session } from './session.ts'

/** Someone as this page knows them. Positions in tiles. */
export interface KnownPerson {
  readonly id: string
  readonly name: string
  /** The newest place that the server told (oneself: where one stands). Absent for people out of sight. */
  readonly x?: number
  readonly y?: number
}

/**
 * `window.worldloom`: a reading face for debugging and for tests in real browsers. Everything is a copy made at the call;
 * nothing here can change the game.
 */
export interface DebuggingFace {
  readonly phase: () => string
  readonly self: () => (KnownPerson & { readonly state: string; readonly facing: number }) | undefined
  readonly people: () => readonly KnownPerson[]
  readonly chat: () => readonly { readonly channel: string; readonly name: string; readonly text: string }[]
  readonly connection: () => {
    readonly thread: string
    readonly latencyMs: number | undefined
    readonly delayMs: number
  }
  readonly things: () => { readonly doors: Record<string, string>; readonly holders: Record<string, readonly string[]> }
  readonly scene: () => SceneStats | undefined
  /** Where a place of the world is seen on the page, in CSS pixels. */
  readonly locate: (x: number, y: number) => { readonly clientX: number; readonly clientY: number } | undefined
  /** What the action bar offers. */
  readonly deeds: () => readonly { readonly kind: string; readonly target: string; readonly label: string }[]
}

declare global {
  interface Window {
    worldloom?: DebuggingFace
  }
}

export function faceOf(store: PlayStore, session: () => Session, scene: () => Scene | undefined): DebuggingFace {
  const play = store.getState
  return {
    phase: () => play().phase,
    self() {
      const { own } = session().world
      if (!own) return undefined
      const { x, y } = inTiles(own.at)
      return { id: play().player, name: play().self?.name ?? '', x, y, state: own.state, facing: own.facing }
    },
    people: () =>
      [...play().people.values()].map(({ player, name }) => {
        const place = session().world.crowd.newest(player)
        return { id: player, name, ...(place && inTiles(place)) }
      }),
    chat: () => [...play().chat.world, ...play().chat.zone].map(({ channel, name, text }) => ({ channel, name, text })),
    connection: () => ({
      thread: play().thread,
      latencyMs: session().connection.latencyMs,
      delayMs: session().world.playout.delayMs,
    }),
    things() {
      const { doors, holders } = session().world.things
      return { doors: Object.fromEntries(doors), holders: Object.fromEntries(holders) }
    },
    scene: () => scene()?.stats(),
    locate: (x, y) => scene()?.locate(x, y),
    deeds: () => play().deeds.map(({ kind, target, label }) => ({ kind, target, label })),
  }
}
