import type { WorldFile } from '@worldloom/capabilities/geography'
import type { AvatarState } from '@worldloom/capabilities/movement'
import type { Look } from '@worldloom/contract'

/** A person as the picture needs them. Positions in tiles, x to the east, y to the south, already interpolated. */
export interface SceneAvatar {
  readonly id: string
  readonly name: string
  readonly look: Look
  readonly x: number
  readonly y: number
  /** Radians, clockwise from north (−y). An eighth of a turn is `Math.PI / 4`. */
  readonly facing: number
  readonly state: AvatarState
  /** The person at this Client: walls part around them. */
  readonly self?: boolean
  readonly speaking?: boolean
}

export type ViewMode = 'isometric' | 'perspective'
export type DoorState = 'open' | 'shut'

/** What lies under the pointer. `x`, `y` in tiles. */
export type Picked =
  | { readonly kind: 'ground'; readonly x: number; readonly y: number }
  | { readonly kind: 'object'; readonly id: string; readonly x: number; readonly y: number }
  | { readonly kind: 'door'; readonly id: string; readonly x: number; readonly y: number }
  | { readonly kind: 'avatar'; readonly id: string; readonly x: number; readonly y: number }

/** Where a name belongs, in CSS pixels from the canvas' top left corner; the middle of the lower edge of the tag. */
export interface Tag {
  readonly id: string
  readonly name: string
  readonly left: number
  readonly top: number
  readonly reason: 'speaking' | 'pointer' | 'self'
}

/** 0 everything · 1 no shadows · 2 no particles either · 3 three quarters of the resolution · 4 half of it. */
export type Quality = 0 | 1 | 2 | 3 | 4

export interface SceneStats {
  /** Draw calls of the last frame, shadow pass included. */
  readonly calls: number
  /** Triangles in view in the last frame, shadow pass not included. */
  readonly triangles: number
  readonly quality: Quality
  /** Smoothed, in milliseconds between frames. */
  readonly frameMs: number
  /** True when every tile of the world is built and in its place. */
  readonly assembled: boolean
}

export interface SceneOptions {
  /** No waves of tiles, no easing turns, still water edges. Read from `prefers-reduced-motion` when absent. */
  readonly reducedMotion?: boolean
  /** Pins the quality; by itself the scene steps down when frames are slow. */
  readonly quality?: Quality
  /** Device pixels per CSS pixel; at most 2. Read from the window when absent. */
  readonly pixelRatio?: number
  /** Drawing into an image needs the buffer kept; costs memory bandwidth on phones. */
  readonly preserveDrawingBuffer?: boolean
}

/** The picture of one world on one canvas. Draws only when `render` is called. */
export interface Scene {
  /** Shows a world in place of the last one. Chunks are built over the next frames, nearest first. */
  setWorld(file: WorldFile): void
  /** World time in milliseconds, as in `world.clock`. */
  setTime(worldMs: number): void
  setPeople(people: readonly SceneAvatar[]): void
  /** Doors that are not as the World file has them, or all: those left out stand as in the file. */
  setDoors(doors: ReadonlyMap<string, DoorState>): void
  /** Object ids in use. */
  setOccupied(objects: ReadonlySet<string>): void
  /** Where the camera looks, in tiles; it follows softly. Ends a pan. */
  follow(x: number, y: number): void
  /** A quarter turn clockwise (1) or back (−1). */
  turn(quarters: 1 | -1): void
  /** Turns the perspective view by radians; the isometric view stays as it is. */
  orbit(yaw: number, pitch: number): void
  /** `factor` > 1 comes nearer. The ground below the pointer stays below it. */
  zoom(factor: number, clientX: number, clientY: number): void
  /** Drags the ground by CSS pixels; `follow` brings the camera back when the avatar moves. */
  pan(deltaX: number, deltaY: number): void
  setMode(mode: ViewMode): void
  /** Where "up on the screen" points on the ground: radians clockwise from north. Turns keys into directions. */
  heading(): number
  /** Remembers the pointer for name tags; undefined when it left. */
  point(clientX: number | undefined, clientY: number | undefined): void
  pick(clientX: number, clientY: number): Picked | undefined
  /** Where a place on the ground is seen, in CSS pixels of the page; undefined before there is a world. */
  locate(x: number, y: number): { readonly clientX: number; readonly clientY: number } | undefined
  /** The ring at a click's destination; it fades by itself. Undefined takes it away. */
  marker(x: number | undefined, y?: number): void
  /** Lights an object or a door up. */
  highlight(id: string | undefined): void
  /** Names to show now, at most `TAGS_MAX`, speakers first. */
  tags(): readonly Tag[]
  /** Reads the canvas' size on the page. Call on layout changes. */
  resize(): void
  /** Draws one frame. `nowMs` from `performance.now()` or the animation frame. */
  render(nowMs: number): void
  stats(): SceneStats
  dispose(): void
}

export const TAGS_MAX = 12
