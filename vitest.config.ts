import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['**/*.test.ts', '**/*.test.tsx'],
    exclude: ['**/node_modules/**', '.worldloom/**', 'clients/web/dist/**'],
    globalSetup: ['./testing/database.ts'],
    reporters: ['default', './testing/closing-line.ts'],
    // Servers and browsers share two cores with the tests; more workers only make them time out.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
