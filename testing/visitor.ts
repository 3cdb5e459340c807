import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CorrectionReason, correctionCodec, INTENT_TAG, UNITS_PER_TILE } from '@worldloom/capabilities/movement'
import { type BrowserContext, chromium, type Page } from 'playwright-core'

/** Small: without a graphics card every pixel is work for the two cores that the server and both pages share. */
const VIEWPORT = { width: 480, height: 360 }
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
  /** Makes the page lie: its next walking step claims to end at a place, given in tiles. */
  lieOnce(x: number, y: number): Promise<void>
  /** Why the server corrected this page, oldest first. */
  readonly corrections: readonly CorrectionReason[]
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
  const corrections: CorrectionReason[] = []
  page.on('websocket', socket =>
    socket.on('framereceived', ({ payload }) => {
      const correction = typeof payload === 'string' ? undefined : correctionCodec.read(payload)
      if (correction) corrections.push(correction.reason)
    }),
  )
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
    corrections,
    lieOnce: (x, y) =>
      page.evaluate(
        ([tag, x, y]) => {
          const honest = WebSocket.prototype.send
          WebSocket.prototype.send = function send(data) {
            const bytes = data instanceof Uint8Array ? data : undefined
            if (bytes?.[0] === tag) {
              new DataView(bytes.buffer, bytes.byteOffset).setUint16(3, x)
              new DataView(bytes.buffer, bytes.byteOffset).setUint16(5, y)
              WebSocket.prototype.send = honest
            }
            honest.call(this, data)
          }
        },
        [INTENT_TAG, x * UNITS_PER_TILE, y * UNITS_PER_TILE] as const,
      ),
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
