import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium, missing } from '../environment.ts'
import { type ServerProcess, startServerProcess } from '../server-process.ts'
import { openVisitor, type Visitor } from './visitor.ts'

/** Where a person can look at what the browsers showed. */
const PICTURES = fileURLToPath(new URL('../../test-results/', import.meta.url))

/** A stool within sight of the place where people arrive in devtest. */
const STOOL = { id: 'crossing-stool', x: 14.5, y: 17.5 }

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
    const before = await ada.self()
    // Ben's page notes when Ada's newest place first changes; Ada's page notes when she first moves. One clock: one machine.
    const noticed = ben.page.evaluate(
      ([id]) =>
        new Promise<number>(resolve => {
          const place = () => window.worldloom?.people().find(person => person.id === id)
          const first = place()
          const timer = setInterval(() => {
            const now = place()
            if (now?.x === first?.x && now?.y === first?.y) return
            clearInterval(timer)
            resolve(Date.now())
          }, 2)
        }),
      [before.id] as const,
    )
    const moved = ada.page.evaluate(
      () =>
        new Promise<number>(resolve => {
          const first = window.worldloom?.self()
          const timer = setInterval(() => {
            const now = window.worldloom?.self()
            if (now?.x === first?.x && now?.y === first?.y) return
            clearInterval(timer)
            resolve(Date.now())
          }, 2)
        }),
    )
    await ada.page.keyboard.down('KeyD')
    const [movedAt, noticedAt] = await Promise.all([moved, noticed])
    await ada.page.keyboard.up('KeyD')
    expect(noticedAt - movedAt).toBeLessThan(300)
    await expect
      .poll(
        async () => {
          const own = await ada.self()
          const seen = await ben.page.evaluate(
            id => window.worldloom?.people().find(person => person.id === id),
            own.id,
          )
          return Math.hypot((seen?.x ?? 99) - own.x, (seen?.y ?? 99) - own.y)
        },
        { timeout: 5_000 },
      )
      .toBeLessThan(0.1)
  })

  test('a step into a wall is corrected, and nobody ever sees it', async context => {
    if (!chromium) missing(context, 'Chromium is not installed')
    const before = await ada.self()
    await ada.lieOnce(WALL.x, WALL.y)
    await ada.page.keyboard.press('KeyA', { delay: 150 })
    await expect.poll(() => ada.corrections.length, { timeout: 10_000 }).toBeGreaterThan(0)
    expect(['collision', 'too-fast']).toContain(ada.corrections[0])
    await expect
      .poll(
        async () => {
          const own = await ada.self()
          const seen = await ben.page.evaluate(
            id => window.worldloom?.people().find(({ id: other }) => other === id),
            own.id,
          )
          return Math.hypot((seen?.x ?? 99) - own.x, (seen?.y ?? 99) - own.y)
        },
        { timeout: 5_000 },
      )
      .toBeLessThan(0.1)
    const after = await ada.self()
    expect(Math.hypot(after.x - before.x, after.y - before.y)).toBeLessThan(2)
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
