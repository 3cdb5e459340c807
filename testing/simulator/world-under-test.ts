import { community } from '@worldloom/community'
import { type AnyModule, engineId, worldInstance } from '@worldloom/contract'
import { ledger } from '@worldloom/ledger'
import { resolve } from '@worldloom/resolver'
import { world } from '@worldloom/world'
import { VIRTUAL_START } from '../virtual-ambient.ts'
import { alarms } from './modules/alarms.ts'
import { orders } from './modules/orders.ts'
import { piles } from './modules/piles.ts'
import { tally } from './modules/tally.ts'

const MODULES: readonly AnyModule[] = [ledger, world, community, orders, tally, alarms, piles]

/** A place without regions: the simulated people only come and go, and talk. */
const MAP = { regions: [], zones: [] }

/** What every simulated world is opened with, besides its host, its store and its time. */
export const WORLD = {
  id: 'sim',
  title: 'Simulated',
  modules: MODULES,
  plan: resolve(MODULES),
  settings: {},
  seed: 'simulated',
  clock: { at: VIRTUAL_START, world: 0, rate: 24_000 },
  objects: { map: 'map' },
  parsed: { map: MAP },
}

export const loadObject = async (): Promise<unknown> => MAP

/** Engine id to its module. */
export const ENGINES: ReadonlyMap<string, AnyModule> = new Map(
  MODULES.map(module => [engineOf(module.words.provides[0].id), module]),
)

/** The engine that a capability of the simulated world leads to, by the first one that its module provides. */
export function engineOf(capability: string): string {
  return engineId(worldInstance('sim'), capability)
}
