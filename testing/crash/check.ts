import { canonical, type JournalRecord } from '@worldloom/contract'
import { verify } from '@worldloom/host'
import { ledger } from '@worldloom/ledger'
import type { PostgresEngineStore } from '@worldloom/postgres'
import { ENGINE } from './ledger-under-load.ts'
import type { Sent } from './load.ts'

const ROWS_PER_READ = 500

export interface Findings {
  readonly acknowledged: number
  readonly refused: number
  readonly records: number
  /** Acknowledged, and not in the database as told. */
  readonly lost: readonly string[]
  /** In the database more than once. */
  readonly doubled: readonly string[]
  readonly minted: number
  readonly held: number
  /** Differences between journal and documents. */
  readonly differences: number
}

/** Holds what the clients were told against what the database has. */
export async function check(store: PostgresEngineStore, sent: readonly Sent[]): Promise<Findings> {
  const written = new Map<string, JournalRecord[]>()
  let records = 0
  let minted = 0
  for (let after = 0; ; ) {
    const rows = await store.journal(ENGINE, after, ROWS_PER_READ)
    const ids = new Map((await store.acceptedIds(ENGINE, 0)).map(row => [row.seq, row.ids]))
    for (const row of rows) {
      row.records.forEach((record, index) => {
        records++
        for (const [type, data] of record.e) if (type === 'minted') minted += (data as { coins: number }).coins
        const bytes = ids.get(row.seq)?.subarray(16 * index, 16 * index + 16)
        const id = bytes && Buffer.from(bytes).toString('hex')
        if (id && !/^0*$/.test(id)) written.set(id, [...(written.get(id) ?? []), record])
      })
      after = row.seq
    }
    if (rows.length < ROWS_PER_READ) break
  }
  const lost: string[] = []
  const doubled: string[] = []
  let acknowledged = 0
  let refused = 0
  for (const { id, name, told } of sent) {
    const found = written.get(id.replaceAll('-', '')) ?? []
    if (found.length > 1) doubled.push(`${name} ${id} is recorded ${found.length} times`)
    if (told && 'refused' in told) {
      refused++
      if (found.length > 0) doubled.push(`${name} ${id} was refused and is recorded`)
    } else if (told) {
      acknowledged++
      const reply = found[0]?.r
      if (canonical(reply ?? null) !== canonical(told.reply ?? null))
        lost.push(
          `${name} ${id} was told ${canonical(told.reply ?? null)}, the journal has ${canonical(reply ?? null)}`,
        )
    }
  }
  const rows = await store.documents(ENGINE)
  const accounts = rows.filter(({ key }) => key.startsWith('account:'))
  const held = accounts.reduce((sum, { data }) => sum + (JSON.parse(data ?? '{}') as { balance: number }).balance, 0)
  const { differencesCount } = await verify(ENGINE, ledger, store, async () => undefined)
  return { acknowledged, refused, records, lost, doubled, minted, held, differences: differencesCount }
}
