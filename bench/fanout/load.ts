/**
 * The crowd: so many people who walk and look on, in one process that does as little as it can for each. Nearly all lines
 * are counted and not looked at; on a few, times are taken.
 */

import { DOORS, type Entered, moveFrame, type Variant } from './doors.ts'
import { maskInto } from './raw-line.ts'
import { type Spread, spreadOf } from './reporting.ts'
import { Walker } from './walker.ts'

/** Moves a second of each. */
const MOVES_HZ = 10
/** Groups in which people move, one after another: nobody's crowd moves in one instant. */
const GROUPS = 20
/** Lines on which times are taken. */
const WATCHED = 40
/** People on their way in at once. */
const ENTERING = 24
const ECHO_EVERY_MS = 500
const FRAME_HEADER_BYTES = 6

export interface CrowdFigures {
  readonly cpu: number
  readonly framesPerSecond: number
  readonly bytesPerSecondEach: number
  /** From the start of a tick to its receipt. */
  readonly fanMs: Spread
  readonly echoMs: Spread
  readonly lost: number
}

export type FromCrowd = 'entered' | CrowdFigures

const [variant, port, clients, zones] = process.argv.slice(2) as [Variant, string, string, string]
const door = DOORS[variant]
const count = Number(clients)
const people: { readonly line: Entered['line']; readonly walker: Walker }[] = []
const fanMs: number[] = []
const echoMs: number[] = []
let frames = 0
let lost = 0

async function enterAll(): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: ENTERING }, async () => {
      while (next < count) {
        const n = next++
        const { line, x, y } = await door.enter(Number(port), n)
        line.onEnd = why => {
          if (lost++ === 0) process.stderr.write(`someone's line is lost: ${why}\n`)
        }
        people[n] = { line, walker: new Walker(x, y, Number(zones), n) }
      }
    }),
  )
}

/** Looks at some lines' frames and no others'. */
function watch(): void {
  const every = Math.max(1, Math.floor(count / WATCHED))
  people.forEach(({ line }, n) => {
    line.onFrame = undefined
    if (n % every !== 0 || n / every >= WATCHED) return
    let askedAt = 0
    line.onFrame = (opcode, payload) => {
      const tick = door.tickOf(opcode, payload)
      if (tick !== undefined) {
        frames += 1
        fanMs.push((Date.now() - tick) >>> 0)
      } else if (askedAt > 0 && door.isPong(opcode, payload)) {
        echoMs.push(performance.now() - askedAt)
        askedAt = 0
      }
    }
    setTimeout(() => {
      setInterval(() => {
        if (askedAt > 0) return
        askedAt = performance.now()
        line.write(door.ping)
      }, ECHO_EVERY_MS)
    }, Math.random() * ECHO_EVERY_MS)
  })
}

const { frame, payload } = moveFrame(door)
const at = door.movePrefix.length

function move(group: number): void {
  for (let n = group; n < people.length; n += GROUPS) {
    const person = people[n]
    if (!person) continue
    const { line, walker } = person
    walker.step()
    payload[at + 1] = walker.seq >> 8
    payload[at + 2] = walker.seq
    payload[at + 3] = walker.x >> 8
    payload[at + 4] = walker.x
    payload[at + 5] = walker.y >> 8
    payload[at + 6] = walker.y
    payload[at + 7] = walker.pose
    // A fresh frame each: a socket that cannot take it at once keeps it.
    const bytes = Buffer.from(frame)
    maskInto(bytes, FRAME_HEADER_BYTES, payload)
    line.write(bytes)
  }
}

function walk(): void {
  const pauseMs = 1000 / MOVES_HZ / GROUPS
  let moved = 0
  const beganAt = performance.now()
  setInterval(() => {
    const due = Math.floor((performance.now() - beganAt) / pauseMs)
    // After a stall people move on from here: making up for it all at once would be more than walking speed.
    if (due - moved > GROUPS) moved = due - GROUPS
    while (moved < due) move(moved++ % GROUPS)
  }, 1)
}

let beganAt = 0
let cpu = process.cpuUsage()
const watched = () => Math.min(WATCHED, count)

function begin(): void {
  fanMs.length = 0
  echoMs.length = 0
  frames = 0
  for (const { line } of people) line.bytesIn = 0
  cpu = process.cpuUsage()
  beganAt = performance.now()
}

function figures(): CrowdFigures {
  const seconds = (performance.now() - beganAt) / 1000
  const { user, system } = process.cpuUsage(cpu)
  const bytes = people.reduce((sum, { line }) => sum + line.bytesIn, 0)
  return {
    cpu: (user + system) / 1e6 / seconds,
    framesPerSecond: frames / watched() / seconds,
    bytesPerSecondEach: bytes / count / seconds,
    fanMs: spreadOf(fanMs),
    echoMs: spreadOf(echoMs),
    lost,
  }
}

process.on('message', message => {
  if (message === 'begin') begin()
  else if (message === 'end') process.send?.(figures())
  else if (message === 'stop') process.exit(0)
})
process.on('disconnect', () => process.exit(1))

await enterAll()
watch()
walk()
process.send?.('entered')
