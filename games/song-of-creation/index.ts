import { community } from '@worldloom/community'
import { defineGame } from '@worldloom/contract'
import { interaction } from '@worldloom/interaction'
import { physics } from '@worldloom/physics'
import { presence } from '@worldloom/presence'
import { world } from '@worldloom/world'

/** Song of Creation: a living world healed by music. */
export const songOfCreation = defineGame({
  id: 'song-of-creation',
  title: 'Song of Creation',
  modules: [world, physics, interaction, presence, community],
  settings: {},
  worlds: [{ id: 'song', title: 'Song of Creation', map: new URL('./worlds/song.json', import.meta.url).href }],
})
