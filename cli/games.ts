import type { Game } from '@worldloom/contract'
import { Misuse } from './command.ts'
import { suggestion } from './suggestion.ts'

/** The games that come with this house, by id. */
const GAMES: Readonly<Record<string, () => Promise<Game>>> = {
  'song-of-creation': () => import('@worldloom/song-of-creation').then(({ songOfCreation }) => songOfCreation),
  devtest: () => import('@worldloom/devtest').then(({ devtest }) => devtest),
}

export const GAME_DEFAULT = 'song-of-creation'
export const GAME_IDS: readonly string[] = Object.keys(GAMES)

/** Loads a game by its id. Throws a Misuse that names the known ones. */
export async function loadGame(id: string): Promise<Game> {
  const load = Object.hasOwn(GAMES, id) ? GAMES[id] : undefined
  if (load) return load()
  const meant = suggestion(id, GAME_IDS)
  throw new Misuse(
    `There is no game "${id}". ${meant ? `Did you mean "${meant}"?` : `There are ${GAME_IDS.join(' and ')}.`}`,
  )
}
