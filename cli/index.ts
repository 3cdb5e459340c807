/** The `worldloom` command, for programs that want to run it themselves. */
export { commandLine } from './command-line.ts'
export { createTerminal, type Terminal } from './terminal.ts'
