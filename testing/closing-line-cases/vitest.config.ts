import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** A run with one of each outcome, for the test of the closing line. Not part of the house's own tests. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('.', import.meta.url)),
    include: ['*.case.ts'],
    reporters: ['default', fileURLToPath(new URL('../closing-line.ts', import.meta.url))],
  },
})
