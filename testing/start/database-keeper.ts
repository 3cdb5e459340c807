/** Runs an embedded PostgreSQL in a process of its own, so that a test can kill it: prints the address and waits. */
import { startPostgres } from '@worldloom/postgres'

const { url } = await startPostgres({ folder: process.argv[2] ?? '' })
process.stdout.write(`${url}\n`)
