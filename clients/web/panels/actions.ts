import type { Look } from '@worldloom/contract'
import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { Deed } from '../play/nearby.ts'
import type { Channel, Play, PlayStore, Sheet } from '../play/store.ts'

/** What panels can ask for. Each shows its outcome through the store. */
export interface Actions {
  enter(world: string, name: string, look: Look): void
  /** Shows a world behind the gate. */
  preview(world: string): void
  leave(): void
  say(channel: Channel, text: string): void
  perform(deed: Deed): void
  wave(): void
  turn(quarters: 1 | -1): void
  toggleView(): void
  open(sheet: Sheet | undefined): void
  regard(player: string): void
  talk(talking: boolean): void
  openChannel(channel: Channel): void
  setVolume(volume: number): void
  setCaptions(captions: boolean): void
  /** Pushes the thumb stick; zero lets go. */
  push(x: number, y: number): void
}

export const PlayContext = createContext<{ readonly store: PlayStore; readonly actions: Actions } | undefined>(
  undefined,
)

function usePlayContext() {
  const context = useContext(PlayContext)
  if (!context) throw new Error('Panels are drawn inside a PlayContext.')
  return context
}

export const useActions = (): Actions => usePlayContext().actions

/** One slice of the store; a panel is drawn again only when its slice changes. */
export const usePlay = <T>(slice: (play: Play) => T): T => useStore(usePlayContext().store, slice)

/** Narrow enough for a thumb stick and sheets from below. */
export const PHONE = '(max-width: 640px)'

/** Hands instead of a mouse: no hovering, coarse pointing. */
export const isTouch = (): boolean => matchMedia('(pointer: coarse)').matches
