import { fileURLToPath } from 'node:url'
import { mergeConfig } from 'vitest/config'
import whole from './vitest.config.ts'

/** The same, with a global setup that fails: no test is ever run. */
export default mergeConfig(whole, {
  test: { globalSetup: [fileURLToPath(new URL('./broken-setup.ts', import.meta.url))] },
})
