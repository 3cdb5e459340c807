/** The engine that every trial is about. */
export const ENGINE = 'world:crash/devtest.ledger/0'

export const SETTINGS = {
  world: 'crash',
  seed: 'crash',
  clock: { at: 0, world: 0, rate: 0 },
  objects: {},
  module: {},
}
