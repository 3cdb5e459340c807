import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium, missing } from '../environment.ts'
import { type ServerProcess, startServerProcess } from '../server-process.ts'
import { openVisitor, type Visitor } from '../visitor.ts'

/** Where a person can look at what the browsers showed. */
const PICTURES = fileURLToPath(new URL('../../test-results/', import.meta.url))

/** A stool within sight of the place where people arrive in devtest. */
const STOOL = { id: 'crossing-stool', x: 14.5, y: 17.5 }

const MOVES = 3
/** How long a walking key is held: a few frames, also where they take long. */
const HOLD_MS = 600

/** In the wall of the round room. */
const WALL = { x: 18.5, y: 10.5 }

let folder: string
let server: ServerProcess
let ada: Visitor
let ben: Visitor
const chromium = findChromium()

beforeAll(async () => {
  if (!chromium) return
  await mkdir(PICTURES, { recursive: true })
  folder = await mkdtemp(join(tmpdir(), 'worldloom-two-'))
  server = await startServerProcess({ data: folder })
  ada = await openVisitor(chromium, server.address)
  ben = await openVisitor(chromium, server.address)
  await ada.enter('Ada')
  await ben.enter('Ben')
}, 240_000)

afterAll(async () => {
  await ada?.close()
  await ben?.close()
  await server?.stop()
  if (folder) await rm(folder, { recursive: true, force: true })
}, 60_000)

/** When somebody's place next changes, UTC ms: one's own without an id, else as the server told this page. */
const firstMove = (id: string | undefined) =>
  new Promise<number>(resolve => {
    const place = () =>
      id === undefined ? window.worldloom?.self() : window.worldloom?.people().find(person => person.id === id)
    const first = place()
    const timer = setInterval(() => {
      const now = place()
      if (now?.x === first?.x && now?.y === first?.y) return
      clearInterval(timer)
      resolve(Date.now())
    }, 2)
  })

/** Waits until one page has the other's person where that person stands. */
const agree = (mover: Visitor, watcher: Visitor) =>
  expect
    .poll(
      async () => {
        const own = await mover.self()
        const seen = await watcher.page.evaluate(
          id => window.worldloom?.people().find(person => person.id === id),
          own.id,
        )
        return Math.hypot((seen?.x ?? 99) - own.x, (seen?.y ?? 99) - own.y)
      },
      { timeout: 5_000 },
    )
    .toBeLessThan(0.1)

describe('two people in two browsers', { timeout: 120_000 }, () => {
  test('see each other', async context => {
    if (!chromium) missing(context, 'Chromium is not installed')
    for (const [visitor, other] of [
      [ada, 'Ben'],
      [ben, 'Ada'],
    ] as const) {
      await visitor.page.waitForFunction(
        name => window.worldloom?.people().some(person => person.name === name && person.x !== undefined),
        other,
      )
    }
  })

  test("each has the other's move within 300 ms, and the server agrees with both", async context => {
    if (!chromium) missing(context, 'Chromium is not installed')
    // One clock: both pages run on this machine. The median of a few moves, because the machine has other things to do.
    const delays: number[] = []
    for (let n = 0; n < MOVES; n++) {
      for (const [mover, watcher] of [
        [ada, ben],
        [ben, ada],
      ] as const) {
        const { id } = await mover.self()
        const noticed = watcher.page.evaluate(firstMove, id)
        const moved = mover.page.evaluate(firstMove, undefined)
        await mover.page.keyboard.press(n % 2 === 0 ? 'KeyD' : 'KeyA', { delay: HOLD_MS })
        delays.push((await noticed) - (await moved))
        await agree(mover, watcher)
      }
    }
    delays.sort((a, b) => a - b)
    expect(delays[Math.floor(delays.length / 2)]).toBeLessThan(300)
  })

  test('a step into a wall is corrected, and nobody ever sees it', async context => {
    if (!chromium) missing(context, 'Chromium is not installed')
    const before = await ada.self()
    await ada.lieOnce(WALL.x, WALL.y)
    await ada.page.keyboard.press('KeyA', { delay: HOLD_MS })
    await expect.poll(() => ada.corrections.length, { timeout: 10_000 }).toBeGreaterThan(0)
    expect(['collision', 'too-fast']).toContain(ada.corrections[0])
    await agree(ada, ben)
    const after = await ada.self()
    expect(Math.hypot(after.x - before.x, after.y - before.y)).toBeLessThan(4)
  })

  test('a line of chat reaches both', async context => {
    if (!chromium) missing(context, 'Chromium is not installed')
    await ada.page.keyboard.press('Enter')
    await ada.page.getByLabel('Say something').fill('Good morning, Ben!')
    await ada.page.keyboard.press('Enter')
    for (const visitor of [ada, ben]) {
      await visitor.page.waitForFunction(() =>
        window.worldloom?.chat().some(line => line.text === 'Good morning, Ben!'),
      )
    }
    await ada.page.keyboard.press('Escape')
  })

  test('two want one stool: exactly one sits, and both pages know who', async context => {
    if (!chromium) missing(context, 'Chromium is not installed')
    // A click on a seat walks there and sits down. Both set out at once; whoever comes second is told.
    await Promise.all([ada.click(STOOL.x, STOOL.y), ben.click(STOOL.x, STOOL.y)])
    for (const { page } of [ada, ben]) {
      await page.waitForFunction(id => window.worldloom?.things().holders[id]?.length === 1, STOOL.id)
    }
    const holders = await Promise.all(
      [ada, ben].map(({ page }) => page.evaluate(id => window.worldloom?.things().holders[id], STOOL.id)),
    )
    expect(holders[0]).toEqual(holders[1])
    await expect
      .poll(
        async () => (await Promise.all([ada.self(), ben.self()])).filter(({ state }) => state === 'sitting').length,
        {
          timeout: 5_000,
        },
      )
      .toBe(1)
    await ada.picture(join(PICTURES, 'two-people-ada.png'))
    await ben.picture(join(PICTURES, 'two-people-ben.png'))
    for (const visitor of [ada, ben])
      if ((await visitor.self()).state === 'sitting') await visitor.page.keyboard.press('KeyF')
  })

  test('after kill -9 and a new start, both pages come back by themselves and everything said is there', async context => {
    if (!chromium) missing(context, 'Chromium is not installed')
    const { port } = server
    await server.kill()
    for (const { page } of [ada, ben])
      await page.waitForFunction(() => window.worldloom?.connection().thread !== 'tied')
    server = await startServerProcess({ data: folder, port })
    for (const [{ page }, other] of [
      [ada, 'Ben'],
      [ben, 'Ada'],
    ] as const) {
      await page.waitForFunction(
        name =>
          window.worldloom?.connection().thread === 'tied' &&
          window.worldloom.self()?.x !== undefined &&
          window.worldloom.people().some(person => person.name === name && person.x !== undefined),
        other,
        { timeout: 60_000 },
      )
      const lines = await page.evaluate(
        () => window.worldloom?.chat().filter(line => line.text === 'Good morning, Ben!').length,
      )
      expect(lines).toBe(1)
    }
  })
})
