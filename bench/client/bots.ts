import { setTimeout as pause } from 'node:timers/promises'
import { compileGeography, type Geography, type Point, parseWorldFile, walk } from '@worldloom/capabilities/geography'
import { movement, type Place, poseOf } from '@worldloom/capabilities/movement'
import { type Connection, connect, type OpenSocket } from '@worldloom/sdk'

const MOVES_HZ = 10
/** Units of one move, below walking speed (25.6 at 10 moves a second). */
const STRIDE = 22
const STRAIGHT_ON_MAX = 15
/** New guests of one address are let in one a second after the first sixty. */
const GUEST_RETRY_MS = 1_000
const GUEST_TRIES_MAX = 120

const SLANT = Math.round(STRIDE * Math.SQRT1_2)
const STEPS: readonly (readonly [number, number])[] = [
  [0, -STRIDE],
  [SLANT, -SLANT],
  [STRIDE, 0],
  [SLANT, SLANT],
  [0, STRIDE],
  [-SLANT, SLANT],
  [-STRIDE, 0],
  [-SLANT, -SLANT],
]

interface Bot {
  readonly connection: Connection
  at: Point | undefined
  direction: number
  left: number
  seq: number
}

/** People who walk about wherever they arrive, as honest Clients do: in their own window of the map, around walls. */
export class Bots {
  readonly counts = { sent: 0, corrected: 0 }
  readonly #address: string
  readonly #bots: Bot[] = []
  #geography: Geography | undefined
  #shut: ReadonlySet<string> = new Set()
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(address: string) {
    this.#address = address
  }

  /** Lets so many in, one after another, and all of them walk. */
  async enter(people: number): Promise<void> {
    for (let n = 0; n < people; n++) {
      const openSocket = await this.#guest()
      const connection = connect({ url: this.#address, openSocket })
      const bot: Bot = { connection, at: undefined, direction: n % STEPS.length, left: 0, seq: 0 }
      connection.on(movement, 'placed', ({ x, y }: Place) => {
        bot.at = { x, y }
      })
      connection.on(movement, 'corrected', ({ x, y }) => {
        this.counts.corrected += 1
        bot.at = { x, y }
      })
      this.#bots.push(bot)
      const hue = ((n * 0x9e_37_79) & 0xff_ff_ff).toString(16).padStart(6, '0')
      const entered = await connection.enter('song', `Walker ${n + 1}`, { body: `#${hue}`, accent: '#f2b84b' })
      if ('refused' in entered) throw new Error(`a walker was refused: ${entered.because}`)
      this.#geography ??= await this.#ground(entered.map)
      this.#timer ??= setInterval(() => this.#move(), 1_000 / MOVES_HZ)
    }
  }

  close(): void {
    clearInterval(this.#timer)
    for (const { connection } of this.#bots) connection.close()
  }

  async #guest(): Promise<OpenSocket> {
    for (let tries = 0; tries < GUEST_TRIES_MAX; tries++) {
      const answer = await fetch(new URL('/session', this.#address))
      await answer.body?.cancel()
      if (!answer.ok) {
        await pause(GUEST_RETRY_MS)
        continue
      }
      return openWith(answer.headers.getSetCookie())
    }
    throw new Error('the server lets no more guests in')
  }

  async #ground(map: string): Promise<Geography> {
    const file = await fetch(new URL(`/objects/${map}`, this.#address))
    const geography = compileGeography(parseWorldFile(await file.text()))
    this.#shut = new Set(geography.doors.filter(({ open }) => !open).map(({ id }) => id))
    return geography
  }

  #move(): void {
    const geography = this.#geography
    if (!geography) return
    for (const bot of this.#bots) {
      const from = bot.at
      if (!from) continue
      const to = this.#next(geography, bot, from)
      if (!to) continue
      const seq = (bot.seq + 1) & 0xffff
      const pose = poseOf(bot.direction, 'walking')
      if (!bot.connection.send(movement, 'move', { seq, ...to, pose })) continue
      bot.seq = seq
      bot.at = to
      this.counts.sent += 1
    }
  }

  /** Straight on, or the next way that is free. */
  #next(geography: Geography, bot: Bot, from: Point): Point | undefined {
    if (bot.left === 0) {
      bot.left = STRAIGHT_ON_MAX
      bot.direction = (bot.direction + 1 + (bot.seq % 5)) % STEPS.length
    }
    bot.left -= 1
    for (let tries = 0; tries < STEPS.length; tries++) {
      const [dx, dy] = STEPS[bot.direction] ?? [0, 0]
      const to = { x: from.x + dx, y: from.y + dy }
      if (!walk(geography, from, to, this.#shut)) return to
      bot.direction = (bot.direction + 3) % STEPS.length
    }
    return undefined
  }
}

/** `guestSocket` with a cookie that is already there. */
function openWith(setCookie: readonly string[]): OpenSocket {
  const cookie = setCookie.map(line => line.split(';', 1)[0]).join('; ')
  const Socket = WebSocket as unknown as new (
    url: string,
    options: { protocols: string; headers: Record<string, string> },
  ) => ReturnType<OpenSocket>
  return (url, protocol) => new Socket(url, { protocols: protocol, headers: { cookie } })
}
