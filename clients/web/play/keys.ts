import type { Point } from '@worldloom/capabilities/geography'

const WALKS: Readonly<Record<string, Point>> = {
  KeyW: { x: 0, y: -1 },
  KeyA: { x: -1, y: 0 },
  KeyS: { x: 0, y: 1 },
  KeyD: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowDown: { x: 0, y: 1 },
  ArrowRight: { x: 1, y: 0 },
}

export const KEY_ACTIONS = {
  KeyQ: 'turn-left',
  KeyE: 'turn-right',
  KeyV: 'view',
  KeyF: 'interact',
  KeyG: 'wave',
  KeyP: 'people',
  KeyM: 'menu',
  Enter: 'talk',
  Equal: 'nearer',
  NumpadAdd: 'nearer',
  Minus: 'farther',
  NumpadSubtract: 'farther',
  Escape: 'close',
} as const
export type KeyAction = (typeof KEY_ACTIONS)[keyof typeof KEY_ACTIONS]

/** By place on the keyboard, not by letter, so that walking works on every layout. */
export const actionOf = (code: string): KeyAction | undefined =>
  Object.hasOwn(KEY_ACTIONS, code) ? KEY_ACTIONS[code as keyof typeof KEY_ACTIONS] : undefined

export const walks = (code: string): boolean => Object.hasOwn(WALKS, code)

/** The wish on the screen that the held keys add up to (x to the right, y down); opposite keys cancel each other. */
export function wishOf(held: Iterable<string>): Point {
  let x = 0
  let y = 0
  for (const code of held) {
    x += WALKS[code]?.x ?? 0
    y += WALKS[code]?.y ?? 0
  }
  return { x: Math.sign(x), y: Math.sign(y) }
}
