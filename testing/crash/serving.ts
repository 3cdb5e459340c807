/**
 * A server to be killed: the real host with the ledger on the database named by the first line it reads. Every further
 * line is a command, `{ n, name, input, id }`, and gets one line back, `{ n, outcome }` or `{ n, fault }`.
 */
import { createInterface } from 'node:readline'
import { Fault, PLATFORM } from '@worldloom/contract'
import { JournaledEngine } from '@worldloom/host'
import { ledger } from '@worldloom/ledger'
import { openPool, PostgresEngineStore } from '@worldloom/postgres'
import { realAmbient } from '../host/ambient.ts'
import { ENGINE, SETTINGS } from './ledger-under-load.ts'

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const say = (message: object) => process.stdout.write(`${JSON.stringify(message)}\n`)

const url = await lines.next()
if (url.done) process.exit(0)
const pool = openPool(url.value)
const engine = await JournaledEngine.open({
  id: ENGINE,
  host: `process ${process.pid}`,
  module: ledger,
  settings: SETTINGS,
  object: () => undefined,
  store: new PostgresEngineStore(pool),
  ambient: realAmbient,
  targetOf: () => '',
  deliver: () => Promise.reject(new Error('nobody to call')),
  onCommitted: () => undefined,
  onStopped: why => process.stderr.write(`stopped: ${why.message}\n`),
  onDefect: why => process.stderr.write(`defect: ${why.message}\n`),
})
say({ ready: true })

for (;;) {
  const line = await lines.next()
  if (line.done) break
  const { n, name, input, id } = JSON.parse(line.value) as { n: number; name: string; input: unknown; id: string }
  engine.command(name, input, PLATFORM, id).then(
    outcome => say({ n, outcome }),
    error => say({ n, fault: error instanceof Fault ? error.code : 'defect' }),
  )
}
await engine.close()
await pool.end()
