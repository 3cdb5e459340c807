import { PostgresEngineStore } from '@worldloom/postgres'
import { freshDatabase } from './database.ts'
import { MemoryEngineStore } from './memory-store.ts'
import { storeSuite } from './store-suite.ts'

storeSuite('memory', async () => ({ store: new MemoryEngineStore(), close: async () => undefined }))

storeSuite('PostgreSQL', async () => {
  const database = await freshDatabase()
  return { store: new PostgresEngineStore(database.pool), close: database.close }
})
