import { commandLine } from './command-line.ts'
import { createTerminal } from './terminal.ts'

// A reader may leave early (`| head`), and a terminal may be closed: what runs goes on, unheard.
for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined)

const code = await commandLine(process.argv.slice(2), createTerminal(process.stdout, process.stderr, process.env))
// Not left to the last open handle: after a crash nobody knows which are still there.
process.exit(code)
