/** The web Client is a page, not a library: what others may know of it is its debugging face. */
export type { DebuggingFace, KnownPerson } from './shell/debugging.ts'
