import { Chance } from './chance.ts'

/** How bad a run is, drawn from its seed. `…Every` is one in so many, 0 never; times in ms. */
export interface Weather {
  /** Whether the host runs with small bounds, so that short runs meet them. */
  readonly smallBounds: boolean
  readonly clients: number
  /** Rounds of commands that each client sends. */
  readonly rounds: number
  readonly burstMax: number
  readonly pauseMsMax: number
  /** Slowest answer of the store. */
  readonly storeMsMax: number
  readonly readFaultEvery: number
  readonly commitFaultEvery: number
  /** A host dies, or is replaced while it lives, at one in so many commits. */
  readonly crashEvery: number
  readonly takeoverEvery: number
  /** Commands poisoned so that their commit cannot be written. */
  readonly poisonEvery: number
  /** Old commands sent again. */
  readonly repeatEvery: number
  /** Long silences, in which ids grow old. */
  readonly silences: number
  /** Clocks of hosts and clients are off by up to so much, and hosts' clocks are set by as much now and then. */
  readonly skewMsMax: number
  /** Whether the last host must finish by itself, without a new start. */
  readonly finishesAlone: boolean
}

/** Calm seas, storms and everything between: each seed gets some troubles in full and is spared others. */
export function weatherOf(seed: number, rounds: number): Weather {
  const chance = new Chance(seed, 'weather')
  const calm = (value: number) => (chance.below(3) === 0 ? 0 : value)
  return {
    smallBounds: chance.below(4) !== 0,
    clients: chance.between(2, 5),
    rounds,
    burstMax: chance.between(1, 6),
    pauseMsMax: chance.pick([20, 200, 1_500]),
    storeMsMax: chance.pick([1, 8, 60]),
    readFaultEvery: calm(chance.between(6, 40)),
    commitFaultEvery: calm(chance.between(4, 30)),
    crashEvery: calm(chance.between(15, 60)),
    takeoverEvery: calm(chance.between(25, 80)),
    poisonEvery: calm(chance.between(2, 15)),
    repeatEvery: chance.between(4, 12),
    silences: chance.below(3),
    skewMsMax: chance.pick([0, 2_000, 28_000, 28_000]),
    finishesAlone: chance.below(2) === 0,
  }
}
