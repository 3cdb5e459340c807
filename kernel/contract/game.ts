import type { AnyModule } from './module.ts'

/** A game: a list of modules, their settings, and the worlds it comes with. */
export interface Game {
  readonly id: string
  readonly title: string
  readonly modules: readonly AnyModule[]
  /** Settings by module id, checked against each module's schema. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly worlds: readonly WorldSource[]
}

/** A world that a game ships: its permanent id and the file URL of its World file. */
export interface WorldSource {
  readonly id: string
  readonly title: string
  readonly map: string
}

export const defineGame = (game: Game): Game => game
