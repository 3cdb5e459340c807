import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate, openPool, startPostgres } from '@worldloom/postgres'
import { inject } from 'vitest'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    readonly databaseUrl: string
  }
}

/** Vitest global setup: one real PostgreSQL for the whole run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'worldloom-test-'))
  const postgres = await startPostgres({ folder })
  project.provide('databaseUrl', postgres.url)
  return async () => {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

let databases = 0

/** A fresh, migrated database of the run's PostgreSQL. Call `close` when done with it. */
export async function freshDatabase() {
  const admin = openPool(inject('databaseUrl'))
  const name = `test_${process.pid}_${++databases}_${Math.floor(performance.now())}`
  await admin.query(`create database ${name}`)
  const url = new URL(inject('databaseUrl'))
  url.pathname = `/${name}`
  const pool = openPool(url.href)
  await migrate(pool)
  return {
    url: url.href,
    pool,
    close: async () => {
      await pool.end()
      await admin.query(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}
