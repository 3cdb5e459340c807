#!/usr/bin/env node
// The one file of plain JavaScript: any Node can read it, and the rest needs the one that `npm ci` brings along.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const MAJOR_MIN = 26
const program = fileURLToPath(new URL('./worldloom.ts', import.meta.url))
const bundled = join(dirname(dirname(program)), 'node_modules/node/bin/node')

if (Number.parseInt(process.versions.node, 10) >= MAJOR_MIN) {
  await import('./worldloom.ts')
} else if (existsSync(bundled)) {
  const child = spawn(bundled, [program, ...process.argv.slice(2)], { stdio: 'inherit' })
  // Ctrl-C in a terminal reaches both of us; what is sent to this process alone must be handed on.
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  process.on('SIGINT', () => undefined)
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
} else {
  console.error(
    `Worldloom needs Node ${MAJOR_MIN}; this is ${process.version}, and the one it brings along is missing. Run \`npm ci\` with install scripts allowed, then \`npm start\`.`,
  )
  process.exitCode = 1
}
