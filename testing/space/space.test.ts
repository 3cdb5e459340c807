import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import {
  compileGeography,
  findPath,
  type Geography,
  type Point,
  parseWorldFile,
} from '@worldloom/capabilities/geography'
import { type Place, type PositionCorrection, poseOf, stateOf } from '@worldloom/capabilities/movement'
import { decodeFrame } from '@worldloom/capabilities/presence'
import { type ObjectStore, PLATFORM } from '@worldloom/contract'
import { devtest } from '@worldloom/devtest'
import { createHost, type Host, type Published, type RunningWorld } from '@worldloom/host'
import { PostgresEngineStore, PostgresWorldRegistry } from '@worldloom/postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { freshDatabase } from '../database.ts'
import { newCommandId, realAmbient } from '../host/ambient.ts'

/** Tiles that an honest Client covers between two intents, and the time that takes. */
const STRIDE_UNITS = 24
const STRIDE_MS = 100

let database: Awaited<ReturnType<typeof freshDatabase>>
let host: Host
let world: RunningWorld
let geography: Geography
let seen: Published[] = []
/** How far the world's clock is ahead of the machine's: walking takes no waiting. */
let aheadMs = 0
const troubles: Error[] = []
const seqs = new Map<string, number>()

const noObjects: ObjectStore = {
  put: async bytes => createHash('sha256').update(bytes).digest('hex'),
  get: async () => undefined,
}
const look = { body: '#7FA66B', accent: '#F2B84B' }
const actor = (player: string) => ({ player, session: `s-${player}`, roles: ['guest'] })
const commandId = () => newCommandId(Date.now() + aheadMs)
const events = <Data>(event: string): Data[] => seen.filter(one => one.event === event).map(one => one.data as Data)

const join = (player: string) =>
  world.command('world.sessions', 'join', { player, session: `s-${player}`, name: player, look }, PLATFORM, commandId())
const leave = (player: string) =>
  world.command('world.sessions', 'leave', { session: `s-${player}`, parting: 'left' }, PLATFORM, commandId())
const interact = (player: string, name: string, input: unknown) =>
  world.command('space.interaction', name, input, actor(player), commandId())
const held = async () =>
  (await world.query('space.interaction', 'state', {}, actor('anyone'))) as { occupied: unknown[] }
const where = async (player: string) => {
  const place = (await world.query('space.movement', 'where', { player }, actor(player))) as Place | null
  if (!place) throw new Error(`${player} is nowhere`)
  return place
}

function intend(player: string, { x, y }: Point, pose = poseOf(0, 'walking')): void {
  const seq = ((seqs.get(player) ?? 0) + 1) % 65_536
  seqs.set(player, seq)
  world.send('space.movement', 'move', { seq, x, y, pose }, actor(player))
}

/** Walks as a Client does: along a found path, in strides, at walking speed. */
async function walkTo(player: string, x: number, y: number): Promise<void> {
  const shut = new Set(geography.doors.filter(({ open }) => !open).map(({ id }) => id))
  let here: Point = await where(player)
  const path = findPath(geography, here, { x: Math.round(x * 64), y: Math.round(y * 64) }, shut)
  if (!path) throw new Error(`${player} finds no way to ${x}, ${y}`)
  for (const corner of path) {
    while (here.x !== corner.x || here.y !== corner.y) {
      const left = Math.hypot(corner.x - here.x, corner.y - here.y)
      const part = Math.min(1, STRIDE_UNITS / left)
      here =
        part === 1
          ? corner
          : { x: here.x + Math.round((corner.x - here.x) * part), y: here.y + Math.round((corner.y - here.y) * part) }
      aheadMs += STRIDE_MS
      intend(player, here)
    }
  }
  expect(await where(player)).toMatchObject({ x: here.x, y: here.y })
}

beforeAll(async () => {
  database = await freshDatabase()
  const map = devtest.worlds[0]?.map ?? ''
  const file = parseWorldFile(await readFile(fileURLToPath(map), 'utf8'))
  geography = compileGeography(file)
  host = await createHost({
    game: devtest,
    store: new PostgresEngineStore(database.pool),
    registry: new PostgresWorldRegistry(database.pool),
    objects: noObjects,
    ambient: { ...realAmbient, now: () => Date.now() + aheadMs },
    readMap: async () => file,
    onTrouble: (_what, why) => troubles.push(why),
  })
  world = host.get('devtest') as RunningWorld
  world.subscribe(published => seen.push(published))
})
beforeEach(() => {
  seen = []
})
afterAll(async () => {
  await host.close()
  await database.close()
  expect(troubles).toEqual([])
})

describe('physics, interaction and presence together, in the host', () => {
  test('a walk is accepted whole, and the zone is told of it in frames', async () => {
    await join('ada')
    await join('ben')
    const start = await where('ada')
    await walkTo('ada', start.x / 64 + 2, start.y / 64)
    expect(events('corrected')).toEqual([])
    await expect.poll(() => events('frame').length).toBeGreaterThan(0)
    const index = events<{ player: string; people: { player: string; index: number }[] }>('snapshot')
      .find(({ player }) => player === 'ben')
      ?.people.find(({ player }) => player === 'ada')?.index
    const here = await where('ada')
    const told = events<{ bytes: Uint8Array }>('frame').flatMap(({ bytes }) => decodeFrame(bytes)?.entries ?? [])
    expect(told.findLast(entry => entry.index === index)).toMatchObject({ x: here.x, y: here.y })
    await Promise.all([leave('ada'), leave('ben')])
  })

  test('a zone change moves the topic before the snapshot comes, and the old zone is told', async () => {
    await join('ada')
    await walkTo('ada', 11.5, 19.5)
    const order = seen.filter(({ event }) => ['zone-changed', 'snapshot', 'disappeared', 'appeared'].includes(event))
    expect(order.slice(-4).map(({ event, data }) => [event, (data as { zone: string }).zone])).toEqual([
      ['zone-changed', 'terrace'],
      ['disappeared', 'default'],
      ['snapshot', 'terrace'],
      ['appeared', 'terrace'],
    ])
    await leave('ada')
  })

  test('of two who take one chair in the same moment, exactly one sits; the other is told why not', async () => {
    await join('ada')
    await join('ben')
    await walkTo('ada', 5.5, 10.5)
    await walkTo('ben', 4.5, 9.5)
    seen = []
    const outcomes = await Promise.all([
      interact('ada', 'use', { object: 'chair-1' }),
      interact('ben', 'use', { object: 'chair-1' }),
    ])
    expect(outcomes).toEqual([{}, { refused: 'taken', because: expect.stringMatching(/Somebody else/) }])
    expect(await where('ada')).toMatchObject({ x: 5.5 * 64, y: 9.5 * 64 })
    expect(stateOf((await where('ada')).pose)).toBe('sitting')
    expect(events<PositionCorrection>('corrected')).toMatchObject([{ player: 'ada', reason: 'moved' }])
    intend('ben', { x: 5.5 * 64, y: 9.5 * 64 })
    expect(events<PositionCorrection>('corrected')).toMatchObject([{}, { player: 'ben', reason: 'occupied' }])
    expect(await held()).toEqual({ occupied: [{ object: 'chair-1', player: 'ada' }], doors: [] })

    aheadMs += 1_000
    intend('ada', { x: 5.5 * 64, y: 10.5 * 64 })
    expect(events('released')).toEqual([{ object: 'chair-1', player: 'ada', zone: 'workshop' }])
    expect(await interact('ben', 'use', { object: 'chair-1' })).toEqual({})
    await leave('ben')
    expect(await held()).toEqual({ occupied: [], doors: [] })
    await leave('ada')
  })

  test('changing from chair to chair is one movement, and the computer takes its chair along', async () => {
    await join('ada')
    await walkTo('ada', 6.5, 10.5)
    await interact('ada', 'use', { object: 'chair-1' })
    seen = []
    await interact('ada', 'use', { object: 'chair-2' })
    expect(events('corrected')).toHaveLength(1)
    expect(await held()).toEqual({ occupied: [{ object: 'chair-2', player: 'ada' }], doors: [] })
    expect(stateOf((await where('ada')).pose)).toBe('sitting')
    await interact('ada', 'release', {})
    expect(stateOf((await where('ada')).pose)).toBe('idle')

    await walkTo('ada', 5.5, 6)
    expect(await interact('ada', 'use', { object: 'computer-1' })).toEqual({})
    expect(await held()).toEqual({
      occupied: [
        { object: 'desk-chair-1', player: 'ada' },
        { object: 'computer-1', player: 'ada' },
      ].sort((a, b) => (a.object < b.object ? -1 : 1)),
      doors: [],
    })
    await leave('ada')
  })

  test('a shut door to knock at holds, whoever pushes', async () => {
    await join('ada')
    await walkTo('ada', 10.5, 8.5)
    seen = []
    expect(await interact('ada', 'turn', { door: 'booth-door' })).toMatchObject({ refused: 'knock-needed' })
    intend('ada', { x: 10.5 * 64, y: 6.5 * 64 })
    expect(events<PositionCorrection>('corrected')).toMatchObject([{ reason: 'door' }])
    await leave('ada')
  })
})
