import { canonical, type JournalRecord, type ViewSpec, viewTable } from '@worldloom/contract'
import { ledger } from '@worldloom/ledger'
import type { MemoryEngineStore } from '../memory-store.ts'
import type { Build } from './build.ts'
import type { Deed } from './deeds.ts'
import { CALLS_PER_ORDER } from './modules/orders.ts'
import { POISONOUS_COINS, UNINTERESTING_COINS } from './modules/tally.ts'
import type { Witness } from './witness.ts'
import { ENGINES, engineOf, loadObject } from './world-under-test.ts'

/** How late a timer may be, once all is quiet, before it counts as forgotten, ms. */
const OVERDUE_MS = 30_000

type Changes = readonly { readonly put?: object; readonly patch?: object; readonly drop?: object }[]

/** Holds what the store keeps against the journal, by the replay of a host that nobody tampered with. */
export async function checkStored(store: MemoryEngineStore, witness: Witness, judge: Build): Promise<void> {
  for (const [engine, module] of ENGINES) {
    const { differences } = await judge.verify(engine, module, store, loadObject)
    for (const { what, position, key, expected, found } of differences.slice(0, 3))
      witness.fail('replay', `${what} of ${engine} at ${position} ${key ?? ''}: expected ${expected}, found ${found}`)
    await checkCheckpoint(engine, store, witness, judge)
    checkViews(engine, store, witness)
  }
}

/** Everything up to the checkpoint must be in the rows, or recovery would begin from something older than it believes. */
async function checkCheckpoint(
  engine: string,
  store: MemoryEngineStore,
  witness: Witness,
  { replay }: Build,
): Promise<void> {
  const module = ENGINES.get(engine)
  if (!module) return
  const { checkpoint, documents, head } = store.engine(engine)
  if (checkpoint > head) witness.fail('checkpoint', `${engine} is saved as of ${checkpoint}, after its head ${head}`)
  const saved = await replay(engine, module, store, { position: checkpoint })
  for (const [key, cell] of saved.documents) {
    const row = documents.get(key)
    const gone = cell.data === null && cell.wakeAt === null
    if (row ? row.seq < cell.seq : !gone)
      witness.fail('checkpoint', `${engine} is saved as of ${checkpoint}, but ${key} as of ${row?.seq ?? 'never'} only`)
  }
  // A row that is gone begins anew from nothing: nothing that comes after the checkpoint may have needed it.
  const whole = await replay(engine, module, store)
  for (const [key, cell] of whole.documents) {
    const before = saved.documents.get(key)
    const gone = !documents.has(key) && before !== undefined && (before.data !== null || before.wakeAt !== null)
    if (gone) witness.fail('checkpoint', `${engine} dropped ${key} before its checkpoint passed ${cell.seq}`)
  }
}

/** Views must be what the events make of them. */
function checkViews(engine: string, store: MemoryEngineStore, witness: Witness): void {
  const module = ENGINES.get(engine)
  if (!module) return
  for (const [name, spec] of Object.entries(module.words.views as Readonly<Record<string, ViewSpec>>)) {
    const rules = (module.views as Readonly<Record<string, Record<string, (data: unknown, at: number) => Changes>>>)[
      name
    ]
    const rows = new Map<string, Record<string, unknown>>()
    const empty = Object.fromEntries(Object.keys(spec.columns).map(column => [column, null]))
    const keyOf = (row: object) => JSON.stringify(spec.key.map(column => (row as Record<string, unknown>)[column]))
    for (const { record } of witness.written.get(engine) ?? []) {
      for (const [type, data] of record.e) {
        for (const { put, patch, drop } of rules?.[type]?.(data, record.at) ?? []) {
          if (put) rows.set(keyOf(put), { ...empty, ...put })
          const known = patch && rows.get(keyOf(patch))
          if (known) rows.set(keyOf(patch), { ...known, ...patch })
          if (drop) rows.delete(keyOf(drop))
        }
      }
    }
    const expected = [...rows.values()].map(canonical).sort()
    const found = [...(store.engine(engine).views.get(viewTable(module.id, name))?.values() ?? [])]
      .map(canonical)
      .sort()
    if (canonical(expected) !== canonical(found))
      witness.fail(
        'views',
        `${engine} ${name}: ${found.length} rows, expected ${expected.length}: ${difference(expected, found)}`,
      )
  }
}

const difference = (expected: readonly string[], found: readonly string[]): string =>
  [
    ...expected.filter(row => !found.includes(row)).map(row => `missing ${row}`),
    ...found.filter(row => !expected.includes(row)).map(row => `wrong ${row}`),
  ]
    .slice(0, 2)
    .join('; ')

/** What must hold once nothing has disturbed the world for long enough. */
export function checkAtRest(store: MemoryEngineStore, witness: Witness, deeds: readonly Deed[], now: number): void {
  checkDeeds(witness, deeds)
  checkCoins(witness)
  checkCalls(store, witness)
  checkReactions(witness)
  checkAlarms(store, witness, now)
}

/** Nothing acknowledged is lost; nothing refused, once and for all, is done; nobody is left without an answer. */
function checkDeeds(witness: Witness, deeds: readonly Deed[]): void {
  for (const deed of deeds) {
    const { id, name, engine, told, poisoned, deliveries } = deed
    const written = witness.byId.get(id)
    const what = `${name} ${id} of client ${deed.client} at ${engine}`
    if (written && written.engine !== engine) witness.fail('acknowledged', `${what} is recorded in ${written.engine}`)
    if (!told) {
      witness.fail(
        'answered',
        `${what} was never answered, in ${deliveries} deliveries, the last with ${deed.lastFault ?? 'silence'}`,
      )
    } else if ('reply' in told) {
      witness.count('acknowledged')
      if (!written) witness.fail('acknowledged', `${what} was acknowledged and is lost`)
      else if (canonical(written.record.r ?? null) !== canonical(told.reply))
        witness.fail('acknowledged', `${what} was told ${canonical(told.reply)} at ${written.position}`)
    } else if ('refused' in told) {
      witness.count('refused')
      if (written && deliveries === 1)
        witness.fail('refused', `${what} was refused and is recorded at ${written.position}`)
    } else {
      witness.count(told.fault)
      const guilty = told.fault === 'quarantined' ? poisoned : told.fault === 'too-old' || told.fault === 'clock-skew'
      if (!guilty) witness.fail('fault', `${what} was told ${told.fault}`)
      // Set aside alone, it may be written by a later delivery together with what undoes it.
      if (told.fault === 'quarantined' && written && deliveries === 1)
        witness.fail('quarantine', `${what} was set aside and is recorded`)
    }
  }
}

/** Coins come from minting only, go nowhere, and nobody has fewer than none. */
function checkCoins(witness: Witness): void {
  const engine = engineOf('devtest.ledger')
  const minted = eventsOf(witness, engine, 'minted').reduce<number>(
    (sum, data) => sum + (data as { coins: number }).coins,
    0,
  )
  const balances = witness.documents(engine, 'account').map(document => (document as { balance: number }).balance)
  const held = balances.reduce((sum, balance) => sum + balance, 0)
  if (held !== minted) witness.fail('conserved', `${minted} coins were minted, ${held} are there`)
  if (balances.some(balance => balance < 0)) witness.fail('conserved', 'an account is below zero')
}

/** Every call is answered exactly once and carried out at most once. */
function checkCalls(store: MemoryEngineStore, witness: Witness): void {
  const engine = engineOf('trial.orders')
  const records = witness.written.get(engine) ?? []
  const owed = records.reduce((sum, { record }) => sum + (record.c?.length ?? 0), 0)
  const answers = records.filter(({ record }) => record.k === 'answer')
  if (answers.length !== owed) witness.fail('calls', `${owed} calls were made, ${answers.length} answered`)
  const open = store.engine(engine).calls
  if (open.length > 0) witness.fail('calls', `${open.length} calls are owed still, the first made at ${open[0]?.seq}`)
  const done = (witness.written.get(engineOf('devtest.ledger')) ?? []).filter(({ record }) => record.f)
  const places = new Set(done.map(({ record }) => canonical(record.f)))
  if (places.size !== done.length) witness.fail('calls', `${done.length} calls were carried out, of ${places.size}`)
  const paid = answers.filter(({ record }) => (record.d as { refused?: string }).refused === undefined)
  if (paid.length !== done.length)
    witness.fail('calls', `${done.length} calls were carried out, ${paid.length} answers say so`)
  for (const { record } of answers) {
    const { refused } = record.d as { refused?: string }
    if (refused !== undefined && !Object.hasOwn(ledger.words.refusals, refused))
      witness.fail('calls', `a call was answered with "${refused}", which the ledger never says`)
  }
  for (const { unanswered } of witness.documents(engine, 'order') as readonly { unanswered: number }[])
    if (unanswered !== 0) witness.fail('calls', `an order waits for ${unanswered} of ${CALLS_PER_ORDER} answers`)
}

/** Every event is reacted to exactly once, in order, save those that the rule refuses or breaks at. */
function checkReactions(witness: Witness): void {
  const engine = engineOf('trial.tally')
  const sources = { ledger: engineOf('devtest.ledger'), orders: engineOf('trial.orders') }
  const told: Record<string, readonly string[]> = { ledger: ['minted', 'transferred'], orders: ['placed'] }
  for (const [slot, source] of Object.entries(sources)) {
    const events = (witness.written.get(source) ?? []).flatMap(({ record }) => record.e)
    const expected = events.filter(
      ([type, data]) => told[slot]?.includes(type) && (slot === 'orders' || isTallied(data)),
    )
    const found = (witness.written.get(engine) ?? []).filter(({ record }) => isReactionTo(record, slot))
    const first = expected.findIndex(
      ([type, data], n) =>
        found[n]?.record.n !== `${slot}/${type}` || canonical(found[n]?.record.d) !== canonical(data),
    )
    if (first >= 0 || found.length !== expected.length)
      witness.fail(
        'reactions',
        `${expected.length} events of ${slot}, ${found.length} reactions; they part at ${first}`,
      )
  }
}

const isReactionTo = (record: JournalRecord, slot: string) => record.k === 'reaction' && record.n.startsWith(`${slot}/`)
const isTallied = (data: unknown): boolean => {
  const { coins } = data as { coins: number }
  return coins !== UNINTERESTING_COINS && coins !== POISONOUS_COINS
}

/** No timer is forgotten, and none rings more often than it was set for. */
function checkAlarms(store: MemoryEngineStore, witness: Witness, now: number): void {
  const engine = engineOf('trial.alarms')
  const rings = new Map<string, number>()
  for (const data of eventsOf(witness, engine, 'rang') as readonly { alarm: string }[])
    rings.set(data.alarm, (rings.get(data.alarm) ?? 0) + 1)
  const cleared = new Set(eventsOf(witness, engine, 'cleared').map(data => (data as { alarm: string }).alarm))
  for (const data of eventsOf(witness, engine, 'set') as readonly { alarm: string; times: number }[]) {
    const rang = rings.get(data.alarm) ?? 0
    if (rang > data.times || (rang < data.times && !cleared.has(data.alarm)))
      witness.fail('wakes', `alarm ${data.alarm} was to ring ${data.times} times and rang ${rang}`)
  }
  for (const { key, wakeAt } of store.engine(engine).documents.values())
    if (wakeAt !== null && wakeAt < now - OVERDUE_MS) witness.fail('wakes', `${key} should have rung at ${wakeAt}`)
}

const eventsOf = (witness: Witness, engine: string, event: string): readonly unknown[] =>
  (witness.written.get(engine) ?? []).flatMap(({ record }) =>
    record.e.flatMap(([type, data]) => (type === event ? [data] : [])),
  )
