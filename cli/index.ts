/** The `worldloom` command, for programs that want to run it themselves. */
export { CLIENT_FOLDER } from './client-build.ts'
export { commandLine } from './command-line.ts'
export { createTerminal, type Terminal } from './terminal.ts'
