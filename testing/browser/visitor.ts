import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'

/** Small: without a graphics card every pixel is work for the two cores that the server and both pages share. */
const VIEWPORT = { width: 480, height: 320 }
/** For a person to look at. */
const PICTURE = { width: 1280, height: 720 }
/** Frames take long there; the picture settles over a few of them. */
const PICTURE_WAIT_MS = 3_000

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
  /** Clicks on a place of the world, given in tiles. */
  click(x: number, y: number): Promise<void>
  /** Writes a picture of the page at a size that a person likes to look at. */
  picture(path: string): Promise<void>
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
    async click(x, y) {
      const at = await page.evaluate(([x, y]) => window.worldloom?.locate(x, y), [x, y] as const)
      if (!at) throw new Error('this page shows no world yet')
      await page.mouse.click(at.clientX, at.clientY)
    },
    async picture(path) {
      await page.setViewportSize(PICTURE)
      await page.waitForTimeout(PICTURE_WAIT_MS)
      await page.screenshot({ path })
      await page.setViewportSize(VIEWPORT)
    },
    async close() {
      await context.close()
      await rm(profile, { recursive: true, force: true })
    },
  }
}
