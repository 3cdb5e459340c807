/**
 * How heavy is the Client with a hundred people in sight? The real server and the real Client in Chromium at 960 × 600;
 * a hundred people walk about through the SDK. Prints JSON.
 *
 *   node bench/client.ts [--people 100] [--seconds 10]
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { CLIENT_FOLDER } from '@worldloom/cli'
import { findChromium } from '@worldloom/testing/environment'
import { startServerProcess } from '@worldloom/testing/server-process'
import { openVisitor } from '@worldloom/testing/visitor'
import { Bots } from './client/bots.ts'
import { machine } from './machine.ts'

const CALLS_MAX = 150
const TRIANGLES_MAX = 200_000
const GZIPPED_BYTES_MAX = 2_000_000
const VIEWPORT = { width: 960, height: 600 }
/** A picture is put together over several frames; without a graphics card they take long. */
const ASSEMBLED_MS = 120_000
const LOOK_EVERY_MS = 250
/** Kept compressed as they are: the server does not compress them again. */
const COMPRESSED = new Set(['.br', '.gz'])

const { values } = parseArgs({
  options: { people: { type: 'string', default: '100' }, seconds: { type: 'string', default: '10' } },
})

/**
 * Without a graphics card frames take long, and the Client would drop shadows and particles: it is told that they take
 * no longer than on an ordinary machine, so that what is counted is the whole picture.
 */
function tellEvenFrames(): void {
  const animate = window.requestAnimationFrame.bind(window)
  let frames = 0
  window.requestAnimationFrame = callback => {
    return animate(() => {
      frames += 1
      callback((frames * 1_000) / 60)
    })
  }
}

/** What a first visit downloads, gzipped, every file of the build counted. */
async function downloadBytes(): Promise<number> {
  let bytes = 0
  for (const entry of await readdir(CLIENT_FOLDER, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.startsWith('.') || COMPRESSED.has(extname(entry.name))) continue
    bytes += gzipSync(await readFile(join(entry.parentPath, entry.name))).length
  }
  return bytes
}

const executable = findChromium()
if (!executable) throw new Error('Chromium is not installed. Install it, then run this again.')
const folder = await mkdtemp(join(tmpdir(), 'worldloom-bench-'))
const server = await startServerProcess({ data: folder, game: 'song-of-creation' })
const bots = new Bots(server.address)
try {
  const visitor = await openVisitor(executable, server.address)
  try {
    await visitor.page.setViewportSize(VIEWPORT)
    await visitor.page.addInitScript(tellEvenFrames)
    await visitor.page.reload()
    await visitor.enter('Onlooker')
    await bots.enter(Number(values.people))
    await visitor.page.waitForFunction(() => window.worldloom?.scene()?.assembled, undefined, { timeout: ASSEMBLED_MS })
    let calls = 0
    let triangles = 0
    const until = performance.now() + Number(values.seconds) * 1_000
    while (performance.now() < until) {
      const stats = await visitor.page.evaluate(() => window.worldloom?.scene())
      calls = Math.max(calls, stats?.calls ?? 0)
      triangles = Math.max(triangles, stats?.triangles ?? 0)
      await pause(LOOK_EVERY_MS)
    }
    const seen = await visitor.page.evaluate(() => ({
      inSight: window.worldloom?.people().filter(({ x }) => x !== undefined).length ?? 0,
      known: window.worldloom?.people().length ?? 0,
      quality: window.worldloom?.scene()?.quality,
    }))
    const gzippedBytes = await downloadBytes()
    const result = {
      bench: 'client',
      ...machine(),
      viewport: VIEWPORT,
      people: seen,
      moves: bots.counts,
      calls: { most: calls, targetBelow: CALLS_MAX },
      triangles: { most: triangles, targetBelow: TRIANGLES_MAX },
      gzippedBytes: { total: gzippedBytes, targetBelow: GZIPPED_BYTES_MAX },
      // Less than the full picture proves nothing.
      met: seen.quality === 0 && calls < CALLS_MAX && triangles < TRIANGLES_MAX && gzippedBytes < GZIPPED_BYTES_MAX,
    }
    process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`)
  } finally {
    await visitor.close()
  }
} finally {
  bots.close()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}
