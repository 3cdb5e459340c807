import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseWorldFile, type WorldFile } from '@worldloom/capabilities/geography'
import { type Game, type ObjectStore, PLATFORM } from '@worldloom/contract'
import { devtest } from '@worldloom/devtest'
import { createHost, type Host, type Published, type RunningWorld } from '@worldloom/host'
import { PostgresEngineStore, PostgresWorldRegistry } from '@worldloom/postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { freshDatabase } from '../database.ts'
import { newCommandId, realAmbient } from './ambient.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let host: Host
let world: RunningWorld
let seen: Published[] = []
const troubles: Error[] = []

const look = { body: '#7FA66B', accent: '#F2B84B' }
/** Names objects and forgets them: the host holds them parsed. */
const noObjects: ObjectStore = {
  put: async bytes => createHash('sha256').update(bytes).digest('hex'),
  get: async () => undefined,
}

async function start(game: Game = devtest, redraw = (file: WorldFile) => file): Promise<void> {
  host = await createHost({
    game,
    store: new PostgresEngineStore(database.pool),
    registry: new PostgresWorldRegistry(database.pool),
    objects: noObjects,
    ambient: realAmbient,
    readMap: async url => redraw(parseWorldFile(await readFile(fileURLToPath(url), 'utf8'))),
    onTrouble: (_what, why) => troubles.push(why),
  })
  world = host.get('devtest') as RunningWorld
  seen = []
  world.subscribe(published => seen.push(published))
}

const actor = (player: string) => ({ player, session: `s-${player}`, roles: ['guest'] })
const join = (player: string, session = `s-${player}`) =>
  world.command('world.sessions', 'join', { player, session, name: player, look }, PLATFORM, newCommandId())
const leave = (player: string) =>
  world.command('world.sessions', 'leave', { session: `s-${player}`, parting: 'left' }, PLATFORM, newCommandId())
const ask = (capability: string, name: string, input: unknown = {}, player = 'ada') =>
  world.query(capability, name, input, actor(player))
const events = (event: string) => seen.filter(published => published.event === event).map(published => published.data)

beforeAll(async () => {
  database = await freshDatabase()
})
beforeEach(() => start())
afterEach(async () => {
  await host.close()
  expect(troubles.splice(0)).toEqual([])
})
afterAll(() => database.close())

describe('a world of devtest', () => {
  test('lets people in, tells everyone, and gives them a place and a sight of the others', async () => {
    await join('ada')
    await join('ben')
    expect(await ask('world.sessions', 'who')).toMatchObject([{ player: 'ada' }, { player: 'ben' }])
    expect(events('placed')).toMatchObject([{ player: 'ada' }, { player: 'ben' }])
    const snapshot = events('snapshot').at(-1) as { player: string; people: { player: string }[] }
    expect(snapshot.player).toBe('ben')
    expect(snapshot.people.map(person => person.player).sort()).toEqual(['ada', 'ben'])
    expect(await ask('space.movement', 'where', { player: 'ada' })).toMatchObject({ player: 'ada' })
    await leave('ada')
    expect(await ask('space.movement', 'where', { player: 'ada' })).toBeNull()
  })

  test('WORLD-1, 2, 3: one session a person; joining again is told again; leaving elsewhere changes nothing', async () => {
    await join('cleo')
    await join('cleo')
    await join('cleo', 's-cleo-2')
    const [first, again, second] = events('joined') as { session: string }[]
    expect(again).toEqual(first)
    expect(second).toMatchObject({ session: 's-cleo-2' })
    expect(events('joined')).toHaveLength(3)
    expect(events('left')).toMatchObject([{ session: 's-cleo', parting: 'taken-over' }])
    await leave('cleo')
    expect(events('left')).toHaveLength(1)
    expect(await ask('world.sessions', 'who')).toMatchObject([{ player: 'cleo', session: 's-cleo-2' }])
    await world.command('world.sessions', 'leave', { session: 's-cleo-2', parting: 'left' }, PLATFORM, newCommandId())
  })

  test('COMMUNITY-1, 2, 4: talk goes to the world or to the zone one stands in', async () => {
    const say = (player: string, channel: string, text: string) =>
      world.command('community.chat', 'say', { channel, text }, actor(player), newCommandId())
    expect(await say('nobody', 'world', 'hello?')).toMatchObject({ refused: 'not-here' })
    await join('dora')
    const { zone } = (await ask('space.movement', 'where', { player: 'dora' })) as { zone: string }
    await say('dora', 'zone', 'psst')
    await say('dora', 'world', 'good morning')
    expect(events('said')).toMatchObject([
      { channel: `zone:${zone}`, text: 'psst', name: 'dora' },
      { channel: 'world', text: 'good morning' },
    ])
    expect(await ask('community.chat', 'history', { channel: 'zone' }, 'dora')).toMatchObject([{ text: 'psst' }])
    expect(await ask('community.chat', 'history', { channel: 'zone' }, 'nobody')).toEqual([])
    await leave('dora')
  })

  test('COMMUNITY-3: history comes oldest first, in pages, after a restart too', async () => {
    await join('eve')
    for (const text of ['one', 'two', 'three', 'four']) {
      await world.command('community.chat', 'say', { channel: 'world', text }, actor('eve'), newCommandId())
      await new Promise(resolve => setTimeout(resolve, 2))
    }
    await host.close()
    await start()
    await join('eve')
    const page = (await ask('community.chat', 'history', { channel: 'world', limit: 2 }, 'eve')) as {
      text: string
      at: number
    }[]
    expect(page.map(line => line.text)).toEqual(['three', 'four'])
    const earlier = await ask('community.chat', 'history', { channel: 'world', limit: 2, before: page[0]?.at }, 'eve')
    expect((earlier as { text: string }[]).map(line => line.text)).toEqual(['one', 'two'])
  })

  test('WORLD-4, 5: visits of people who were here when the server went down are closed when it wakes', async () => {
    await join('finn')
    await host.close()
    await start()
    expect(await ask('world.sessions', 'who')).toEqual([])
    const visits = (await ask('world.sessions', 'visits')) as {
      player: string
      joinedAt: number
      leftAt: number
      parting: string
    }[]
    const visit = visits.find(one => one.player === 'finn')
    expect(visit).toMatchObject({ parting: 'restarted' })
    expect(visit?.leftAt).toBeGreaterThanOrEqual(visit?.joinedAt ?? Number.POSITIVE_INFINITY)
  })

  test('refuses what it cannot understand with a code and the place of the mistake', async () => {
    await expect(join('')).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining('player') })
    await expect(world.command('no.such', 'x', {}, PLATFORM, newCommandId())).rejects.toMatchObject({
      code: 'unknown-command',
    })
    await expect(world.command('world.sessions', '__proto__', {}, PLATFORM, newCommandId())).rejects.toMatchObject({
      code: 'unknown-command',
    })
    await expect(world.query('world.sessions', 'constructor', {}, PLATFORM)).rejects.toMatchObject({
      code: 'unknown-command',
    })
  })

  test('WORLD-7: a region that is gone from the map is retired; one that comes back is charted again', async () => {
    const names = async () => ((await ask('world.regions', 'list')) as { region: string }[]).map(line => line.region)
    const before = await names()
    const gone = before[0] as string
    await host.close()
    await start(devtest, file => ({ ...file, regions: file.regions.filter(region => region.id !== gone) }))
    expect(await names()).toEqual(before.filter(region => region !== gone))
    await host.close()
    await start()
    expect(await names()).toEqual(before)
    const rows = await new PostgresEngineStore(database.pool).journal('world:devtest/world.sessions/0', 0, 1_000)
    const told = rows
      .flatMap(row => row.records.flatMap(record => record.e))
      .filter(([, data]) => (data as { region?: string }).region === gone)
    expect(told.map(([type]) => type)).toEqual(['charted', 'retired', 'charted'])
  })

  test('a game whose needs nobody meets does not start, and says who needs what', async () => {
    const lonely = { ...devtest, modules: devtest.modules.filter(module => module.id !== 'world') }
    await host.close()
    await expect(start(lonely)).rejects.toThrow(
      /physics needs world.sessions \^1.0.0 for "sessions" \(nobody offers it\)/,
    )
    await start()
  })

  test('a world keeps the game it was made by', async () => {
    await host.close()
    await expect(start({ ...devtest, id: 'other' })).rejects.toMatchObject({ code: 'world-of-other-game' })
    await start()
  })
})
