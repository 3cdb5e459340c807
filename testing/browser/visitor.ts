import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'

/** Small enough for software rendering on two cores, large enough to see. */
const VIEWPORT = { width: 960, height: 600 }

const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--mute-audio',
]

/** A person with a browser of their own: a cookie jar, a page, and hands. */
export interface Visitor {
  readonly page: Page
  /** Types a name and steps through the gate; resolves when the page says it is in the world. */
  enter(name: string): Promise<void>
  self(): Promise<{ id: string; x: number; y: number; state: string }>
  /** Holds walking keys until within a third of a tile of a place, or for at most 20 s. Positions in tiles. */
  walkTo(x: number, y: number): Promise<void>
  close(): Promise<void>
}

export async function openVisitor(executablePath: string, address: string): Promise<Visitor> {
  const profile = await mkdtemp(join(tmpdir(), 'worldloom-browser-'))
  const context: BrowserContext = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: FLAGS,
    viewport: VIEWPORT,
    reducedMotion: 'reduce',
  })
  const page = context.pages()[0] ?? (await context.newPage())
  await page.goto(address)
  const self = () =>
    page.evaluate(() => {
      const me = window.worldloom?.self()
      if (me?.x === undefined || me.y === undefined) throw new Error('this page is not in the world')
      return { id: me.id, x: me.x, y: me.y, state: me.state }
    })
  return {
    page,
    self,
    async enter(name) {
      await page.getByLabel('Your name').fill(name)
      await page.getByRole('button', { name: 'Step in' }).click()
      await page.waitForFunction(() => window.worldloom?.self()?.x !== undefined)
    },
    walkTo: (x, y) => walkTo(page, self, x, y),
    async close() {
      await context.close()
      await rm(profile, { recursive: true, force: true })
    },
  }
}

const NEAR_TILES = 0.34
const WALK_MS_MAX = 20_000

/** In the first camera, up on the screen is north-west on the map: two keys for each direction of the map. */
const KEYS = {
  east: ['KeyD', 'KeyS'],
  west: ['KeyA', 'KeyW'],
  south: ['KeyS', 'KeyA'],
  north: ['KeyW', 'KeyD'],
} as const

async function walkTo(page: Page, self: Visitor['self'], x: number, y: number): Promise<void> {
  const until = Date.now() + WALK_MS_MAX
  for (;;) {
    const at = await self()
    const east = x - at.x
    const south = y - at.y
    if (Math.abs(east) < NEAR_TILES && Math.abs(south) < NEAR_TILES) return
    if (Date.now() > until) throw new Error(`still at ${at.x}, ${at.y} on the way to ${x}, ${y}`)
    const way = Math.abs(east) > Math.abs(south) ? (east > 0 ? 'east' : 'west') : south > 0 ? 'south' : 'north'
    const tiles = Math.max(Math.abs(east), Math.abs(south))
    for (const key of KEYS[way]) await page.keyboard.down(key)
    await page.waitForTimeout(Math.min(1_000, tiles * 200))
    for (const key of KEYS[way]) await page.keyboard.up(key)
    await page.waitForTimeout(50)
  }
}
