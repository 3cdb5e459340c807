import { uuidFrom } from '@worldloom/contract'
import type { Chance } from './chance.ts'
import { POISONOUS_COINS, UNINTERESTING_COINS } from './modules/tally.ts'
import type { Weather } from './weather.ts'
import { engineOf } from './world-under-test.ts'

/** How a deed ended for the one who did it. */
export type Told =
  | { readonly reply: unknown }
  | { readonly refused: string; readonly because: string }
  | { readonly fault: string }

/** One command of one simulated person, and all that came of it. */
export interface Deed {
  readonly id: string
  readonly client: number
  readonly capability: string
  readonly engine: string
  readonly name: string
  readonly input: unknown
  /** The document that a refusal of it would be about. */
  readonly subject?: string
  /** It cannot be written: the store would choke on it. */
  readonly poisoned: boolean
  /** Times it was handed to some host. */
  deliveries: number
  told: Told | undefined
  /** The last fault on the way there. */
  lastFault: string | undefined
}

const ACCOUNTS = 6
const PILES = 14
/** Half of the movements leave no trace in the tally, so that it often has nothing to record but how far it has read. */
const COINS: readonly number[] = [1, 3, 40, UNINTERESTING_COINS, UNINTERESTING_COINS, POISONOUS_COINS]

/** Draws what a client does next. `now` is the client's own clock. */
export function drawDeed(chance: Chance, weather: Weather, client: number, now: number, past: readonly Deed[]): Deed {
  const count = past.length
  const alarms = past.filter(deed => deed.name === 'set').slice(-3)
  const alarm = () => chance.pick(alarms)?.subject?.slice('alarm:'.length) ?? `c${client}-none`
  const account = () => `a${chance.below(ACCOUNTS)}`
  const pile = () => `p${chance.below(PILES)}`
  const name = `c${client}-${count}`
  const deed = (capability: string, command: string, input: object, rest: Partial<Deed> = {}): Deed => ({
    id: uuidFrom(now, chance.next(), chance.next(), chance.next()),
    client,
    capability,
    engine: engineOf(capability),
    name: command,
    input,
    poisoned: false,
    deliveries: 0,
    told: undefined,
    lastFault: undefined,
    ...rest,
  })
  const poisoned = chance.once(weather.poisonEvery)
  const note = poisoned ? 'NUL \0' : 'a note'
  switch (chance.below(21)) {
    case 0:
    case 1:
      return deed('devtest.ledger', 'mint', { account: account(), coins: chance.pick(COINS) * 5 })
    case 2:
    case 3:
    case 4:
    case 5:
    case 6: {
      const from = account()
      const input = { from, to: account(), coins: chance.pick(COINS) }
      return deed('devtest.ledger', 'transfer', input, { subject: `account:${from}` })
    }
    case 7:
    case 8:
      return deed(
        'trial.orders',
        'place',
        { order: name, from: account(), to: account(), coins: chance.pick(COINS) },
        { subject: `order:${name}` },
      )
    case 9:
    case 10: {
      const input = { alarm: name, inMs: chance.below(9_000), times: chance.between(1, 3), note }
      return deed('trial.alarms', 'set', input, { poisoned, subject: `alarm:${name}` })
    }
    case 20:
    case 11: {
      const input = { alarm: alarm(), inMs: chance.below(9_000), note }
      return deed('trial.alarms', 'move', input, { poisoned })
    }
    case 12:
      return deed('trial.alarms', 'clear', { alarm: alarm() })
    case 13:
      return deed('trial.piles', 'put', { pile: pile(), stones: chance.between(1, 3) })
    case 14:
    case 15: {
      const heap = pile()
      return deed('trial.piles', 'take', { pile: heap, stones: chance.between(1, 2) }, { subject: `pile:${heap}` })
    }
    case 16:
      return deed('trial.piles', 'throw', { pile: pile() })
    case 17:
      return deed('trial.piles', 'scatter', { piles: Array.from({ length: PILES }, (_, n) => `p${n}`) })
    case 18: {
      const session = `s${client}-${chance.below(3)}`
      if (chance.below(3) === 0) return deed('world.sessions', 'leave', { session, parting: 'left' })
      const look = { body: '#7FA66B', accent: '#F2B84B' }
      return deed('world.sessions', 'join', { player: `c${client}`, session, name: `c${client}`, look })
    }
    default:
      return deed('community.chat', 'say', { channel: 'world', text: `word ${count}` })
  }
}

/** Where a client may look: the query, and the document whose field it reads. */
export function drawRead(chance: Chance) {
  const account = `a${chance.below(ACCOUNTS)}`
  const pile = `p${chance.below(PILES)}`
  const reads = [
    { capability: 'devtest.ledger', name: 'balance', input: { account }, key: `account:${account}`, field: 'balance' },
    { capability: 'trial.tally', name: 'sum', input: { account }, key: `account:${account}`, field: 'coins' },
    { capability: 'trial.piles', name: 'count', input: { pile }, key: `pile:${pile}`, field: 'stones' },
  ] as const
  return chance.pick(reads)
}
