import { commandLine } from './command-line.ts'
import { createTerminal } from './terminal.ts'

process.exitCode = await commandLine(process.argv.slice(2), createTerminal(process.stdout, process.stderr, process.env))
