import { community } from '@worldloom/community'
import { defineGame } from '@worldloom/contract'
import { interaction } from '@worldloom/interaction'
import { ledger } from '@worldloom/ledger'
import { physics } from '@worldloom/physics'
import { presence } from '@worldloom/presence'
import { world } from '@worldloom/world'

/** One of everything: every module and every kind of thing a World file can hold. For trying things out. */
export const devtest = defineGame({
  id: 'devtest',
  title: 'Devtest',
  modules: [world, physics, interaction, presence, community, ledger],
  settings: {},
  worlds: [{ id: 'devtest', title: 'Devtest', map: new URL('./worlds/devtest.json', import.meta.url).href }],
})
