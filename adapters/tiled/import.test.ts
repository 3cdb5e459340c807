import { gzipSync } from 'node:zlib'
import { compileGeography, validateWorld } from '@worldloom/capabilities/geography'
import { describe, expect, test } from 'vitest'
import { importTiled } from './import.ts'
import { NOTES_PER_CODE_MAX } from './note.ts'
import {
  area,
  CHAIR,
  ENCODINGS,
  encodeTiles,
  GRASS,
  HEIGHT,
  MYSTERY,
  objectLayer,
  sampleMap,
  sampleXml,
  sparse,
  TILES,
  tileLayer,
  WALL,
  WATER,
  WIDTH,
  XML_TILESET_FILE,
} from './sample-map.ts'

const SAMPLE = { id: 'sample', name: 'Sample' }
const bytesOf = (text: string) => new TextEncoder().encode(text)

/** Imports and shows the map: `.` ground, `~` water, `#` wall, `x` barrier, blank nothing. The world must be valid. */
async function see(bytes: Uint8Array, files: Readonly<Record<string, string>> = {}) {
  const readFile = (path: string) => {
    const text = files[path]
    return text === undefined ? Promise.reject(new Error('no such file')) : Promise.resolve(bytesOf(text))
  }
  const { world, notes } = await importTiled(bytes, SAMPLE, readFile)
  expect(validateWorld(world)).toEqual([])
  const geography = compileGeography(world)
  const picture = Array.from({ length: geography.height }, (_, row) =>
    Array.from({ length: geography.width }, (__, column) => {
      const standing = geography.standingAt(column, row)
      const ground = geography.groundAt(column, row)
      if (standing) return standing === 'barrier' ? 'x' : '#'
      return ground === undefined ? ' ' : ground.includes('water') ? '~' : '.'
    }).join(''),
  )
  return { world, notes, picture, codes: [...new Set(notes.map(({ code }) => code))], geography }
}

const PICTURE = ['......', '.~~.#.', '.~~.#.', '....#.', '......']

describe('every encoding gives the same world', () => {
  test.each(ENCODINGS)('JSON %s', async encoding => {
    const { picture, world } = await see(sampleMap([tileLayer({}, TILES, encoding)]))
    expect(picture).toEqual(PICTURE)
    expect(world.map.layers[0]?.legend).toEqual({ g: 'grass', D: 'deep-water' })
    expect(world.map.layers[1]?.legend).toEqual({ S: 'wall-stone' })
  })

  test.each(ENCODINGS)('XML %s', async encoding => {
    expect((await see(sampleXml(encoding))).picture).toEqual(PICTURE)
  })

  test('infinite maps, in chunks, also west and north of the origin', async () => {
    const chunk = (x: number, y: number, gids: number[]) => ({
      x,
      y,
      width: 3,
      height: 2,
      ...encodeTiles(gids, 'zlib'),
    })
    const layer = {
      type: 'tilelayer',
      name: 'ground',
      encoding: 'base64',
      compression: 'zlib',
      chunks: [chunk(-3, -2, [0, GRASS, GRASS, 0, WALL, GRASS]), chunk(0, -2, [GRASS, GRASS, 0, WATER, GRASS, 0])],
    }
    const things = objectLayer([area('west', -2, -2, 2, 1, { silent: true })])
    const { picture, world } = await see(sampleMap([layer, things], { infinite: true, width: 0, height: 0 }))
    expect(picture).toEqual(['....', '#.~.'])
    expect(world.zones[0]?.bounds).toEqual([{ x: 0, y: 0, width: 2, height: 1 }])
  })

  test('isometric maps, whose objects measure both axes in tile heights', async () => {
    const things = objectLayer([{ ...area('zone', 0, 0, 2, 1, { silent: true }), x: 32, y: 16, width: 32, height: 16 }])
    const map = sampleMap([tileLayer(), things], { orientation: 'isometric', tilewidth: 32, tileheight: 16 })
    const { picture, world } = await see(map)
    expect(picture).toEqual(PICTURE)
    expect(world.zones[0]?.bounds).toEqual([{ x: 2, y: 1, width: 2, height: 1 }])
  })
})

describe('layers', () => {
  test('nested groups add their shifts and names; parts of tiles are rounded and noted', async () => {
    const hedge = tileLayer({ name: 'hedge', offsetx: 32 }, sparse({ 0: MYSTERY }))
    const group = {
      type: 'group',
      name: 'walls',
      offsety: 64,
      layers: [{ type: 'group', name: 'in', layers: [hedge] }],
    }
    const shifted = tileLayer({ name: 'more', offsetx: 5 }, sparse({ 0: GRASS }))
    const { picture, notes, codes } = await see(
      sampleMap([
        tileLayer(
          {},
          TILES.map(() => GRASS),
        ),
        group,
        shifted,
      ]),
    )
    expect(picture[2]).toBe('.#....')
    expect(notes.find(({ code }) => code === 'kind-guessed')?.where).toBe('layer walls/in/hedge')
    expect(codes).toContain('offset-rounded')
  })

  test('hidden layers are left out and noted, hidden collision is kept', async () => {
    const hidden = tileLayer({ name: 'secret', visible: false }, sparse({ 0: WALL }))
    const collision = tileLayer({ name: 'collisions', visible: false }, sparse({ 5: MYSTERY }))
    const { picture, notes } = await see(sampleMap([tileLayer(), hidden, collision]))
    expect(picture[0]).toBe('.....x')
    expect(notes).toContainEqual({ code: 'layer-hidden', where: 'layer secret', what: 'The layer is hidden.' })
  })

  test('flip flags are taken off and counted', async () => {
    // Grass, water and wall, one flag each.
    const flags: Readonly<Record<number, number>> = { 0: 0x8000_0000, 7: 0x4000_0000, 10: 0x2000_0000 }
    const flipped = TILES.map((gid, index) => (gid | (flags[index] ?? 0)) >>> 0)
    for (const encoding of ENCODINGS) {
      const { picture, notes } = await see(sampleMap([tileLayer({}, flipped, encoding)]))
      expect(picture).toEqual(PICTURE)
      expect(notes.find(({ code }) => code === 'flips-dropped')?.what).toMatch(/^3 /)
    }
  })

  test('a layer property makes all its tiles stop people', async () => {
    const layer = tileLayer({ name: 'more', properties: [{ name: 'collides', value: true }] }, sparse({ 29: GRASS }))
    expect((await see(sampleMap([tileLayer(), layer]))).picture[4]).toBe('.....x')
  })

  test('what is drawn above people, image layers and looks are noted', async () => {
    const above = tileLayer({ name: 'above people' }, sparse({ 0: WALL }))
    const image = { type: 'imagelayer', name: 'sky' }
    const { picture, codes } = await see(sampleMap([tileLayer({ opacity: 0.5 }), above, image]))
    expect(picture).toEqual(PICTURE)
    expect(codes).toEqual(expect.arrayContaining(['layer-above-dropped', 'image-layer-dropped', 'looks-dropped']))
  })

  test('furniture becomes things where names tell, and is counted where not', async () => {
    const furniture = tileLayer({ name: 'furniture' }, sparse({ 0: CHAIR, 29: MYSTERY }))
    const { world, notes } = await see(sampleMap([tileLayer(), furniture]))
    expect(world.objects).toHaveLength(1)
    expect(world.objects[0]).toMatchObject({ type: 'chair', position: { x: 0.5, y: 0.5 }, occupancy: 'single' })
    expect(notes.find(({ code }) => code === 'furniture-dropped')?.what).toBe('1 tiles of sample.')
  })

  test('without any collision in the map, walls and water stop people, and it says so', async () => {
    const tileset = {
      firstgid: 1,
      name: 't',
      tilecount: 9,
      tiles: [
        { id: 0, type: 'grass' },
        { id: 1, type: 'lake' },
      ],
    }
    const { geography, codes } = await see(sampleMap([tileLayer()], { tilesets: [tileset] }))
    expect(geography.isSolid(1, 1)).toBe(true)
    expect(codes).toContain('collision-assumed')
  })

  test('where the map says what stops people, pictures of walls do not', async () => {
    const tileset = {
      firstgid: 1,
      name: 't',
      tiles: [
        { id: 0, type: 'grass' },
        { id: 1, properties: [{ name: 'collides', value: true }] },
        { id: 2, type: 'wall' },
      ],
    }
    const { geography, codes } = await see(sampleMap([tileLayer()], { tilesets: [tileset] }))
    expect([geography.isSolid(1, 1), geography.isSolid(4, 1)]).toEqual([true, false])
    expect(codes).toContain('wall-walkable')
  })

  test('a tile that names its kind is exactly that', async () => {
    const kind = (id: number, value: string) => ({ id, properties: [{ name: 'kind', value }] })
    const tileset = { firstgid: 1, name: 'walls', tiles: [kind(0, 'snow'), kind(1, 'water'), kind(2, 'hedge')] }
    const { geography, notes } = await see(sampleMap([tileLayer()], { tilesets: [tileset] }))
    expect([geography.groundAt(0, 0), geography.groundAt(1, 1), geography.standingAt(4, 1)]).toEqual([
      'snow',
      'water',
      'hedge',
    ])
    expect(notes.filter(({ code }) => code === 'kind-guessed')).toEqual([])
  })

  test('terrains name the ground: mixed water is shallow', async () => {
    const wang = (...colors: number[]) => colors.flatMap(color => [0, color])
    const tileset = {
      firstgid: 1,
      name: 't',
      wangsets: [
        {
          name: 'w',
          colors: [{ name: 'Sand' }, { name: 'Water' }],
          wangtiles: [
            { tileid: 0, wangid: wang(1, 1, 1, 1) },
            { tileid: 1, wangid: wang(2, 2, 2, 2) },
            { tileid: 2, wangid: wang(2, 2, 2, 1) },
          ],
        },
      ],
    }
    const { geography } = await see(sampleMap([tileLayer()], { tilesets: [tileset] }))
    expect([geography.groundAt(0, 0), geography.groundAt(1, 1), geography.groundAt(4, 1)]).toEqual([
      'sand',
      'deep-water',
      'water',
    ])
  })
})

describe('external tilesets', () => {
  const XML = sampleXml('csv', '', '<tileset firstgid="1" source="tiles/sample.tsx"/>')
  test('are read when they can be', async () => {
    expect((await see(XML, { 'tiles/sample.tsx': XML_TILESET_FILE })).picture).toEqual(PICTURE)
    const json = JSON.stringify({
      name: 's',
      tiles: [
        { id: 1, type: 'water' },
        { id: 2, type: 'wall' },
      ],
    })
    expect(
      (await see(sampleMap([tileLayer()], { tilesets: [{ firstgid: 1, source: 's.tsj' }] }), { 's.tsj': json }))
        .picture,
    ).toEqual(PICTURE)
  })

  test('are noted when not, and never read from elsewhere', async () => {
    expect((await see(XML)).codes).toContain('tileset-missing')
    expect((await importTiled(XML, SAMPLE)).notes.map(({ code }) => code)).toContain('tileset-missing')
    for (const source of ['/etc/passwd', 'https://example.org/a.tsx', 'C:\\a.tsx', 'a.txt']) {
      const files = { [source]: XML_TILESET_FILE }
      expect((await see(sampleMap([tileLayer()], { tilesets: [{ firstgid: 1, source }] }), files)).codes).toContain(
        'tileset-missing',
      )
    }
  })
})

describe('objects', () => {
  const withObjects = (...objects: object[]) => see(sampleMap([tileLayer(), objectLayer(objects)]))

  test('areas become zones by their properties', async () => {
    const { world, codes } = await withObjects(
      area('Big Room', 0, 0, 2, 1, { jitsiRoom: 'big', jitsiTrigger: 'onaction' }),
      area('Hush', 2, 0, 1, 1, { silent: true }),
      area('Mine', 3, 0, 1, 1, { private: true }),
      area('Team', 0, 3, 3, 2, { zoneType: 'TeamArea' }),
      area('Nook', 0, 4, 1, 1, { zoneType: 'PrivateRoom' }),
      area('Clock', 5, 0, 1, 1, {}),
    )
    expect(world.zones.map(({ id, name, type, overrides }) => [id, name, type, overrides])).toEqual([
      ['big-room', 'Big Room', 'MeetingRoom', {}],
      ['hush', 'Hush', 'OpenArea', { audio: 'off' }],
      ['mine', 'Mine', 'PrivateRoom', {}],
      ['team', 'Team', 'TeamArea', {}],
      ['nook', 'Nook', 'PrivateRoom', {}],
    ])
    expect(codes).toEqual(expect.arrayContaining(['area-dropped', 'property-dropped']))
    expect(codes).not.toContain('zone-carved')
  })

  test('overlapping zones are carved and noted', async () => {
    const { world, notes } = await withObjects(
      area('one', 0, 0, 3, 2, { silent: true }),
      area('two', 2, 0, 2, 3, { jitsiRoom: 'two' }),
      area('three', 0, 0, 1, 1, { silent: true }),
    )
    expect(world.zones.map(({ id, bounds }) => [id, bounds])).toEqual([
      ['one', [{ x: 0, y: 0, width: 3, height: 2 }]],
      [
        'two',
        [
          { x: 3, y: 0, width: 1, height: 2 },
          { x: 2, y: 2, width: 2, height: 1 },
        ],
      ],
    ])
    expect(notes.filter(({ code }) => code === 'zone-carved').map(({ what }) => what)).toEqual([
      '2 of 6 tiles belong to an earlier zone.',
      '1 of 1 tiles belong to an earlier zone.',
    ])
  })

  test('layers with area properties become zones, start layers and areas spawn points', async () => {
    const hush = tileLayer(
      { name: 'hush', properties: [{ name: 'silent', value: true }] },
      sparse({ 0: GRASS, 1: GRASS }),
    )
    const start = tileLayer({ name: 'start' }, sparse({ 24: GRASS }))
    const exit = tileLayer({ name: 'way', properties: [{ name: 'exitUrl', value: 'b.tmj' }] }, sparse({ 29: GRASS }))
    const gate = objectLayer([
      area('gate', 3, 4, 1, 1, { start: true }),
      area('in the wall', 4, 1, 1, 1, { start: true }),
    ])
    const { world, codes } = await see(sampleMap([tileLayer(), hush, start, exit, gate]))
    expect(world.zones[0]?.bounds).toEqual([{ x: 0, y: 0, width: 2, height: 1 }])
    expect(world.spawnPoints).toEqual([
      { id: 'start-0-4', position: { x: 0.5, y: 4.5 } },
      { id: 'gate', position: { x: 3.5, y: 4.5 } },
      { id: 'in-the-wall', position: { x: 4.5, y: 0.5 } },
    ])
    expect(codes).toEqual(expect.arrayContaining(['exit-dropped', 'spawn-moved']))
    expect(codes).not.toContain('spawn-added')
  })

  test('things, doors, tile objects; texts, templates and turned shapes are noted', async () => {
    const { world, codes } = await withObjects(
      { name: 'Old oak', type: 'tree', x: 5 * 32, y: 0, width: 32, height: 32 },
      { name: 'seat', gid: CHAIR, x: 0, y: 5 * 32, width: 32, height: 32 },
      { name: 'gate', type: 'door', x: 4 * 32, y: 2 * 32, width: 32, height: 32 },
      { name: 'loose gate', type: 'door', x: 0, y: 0, width: 32, height: 32 },
      { name: 'hello', text: { text: 'hello' } },
      { name: 'x', template: 'x.tx' },
      { ...area('tilted', 0, 0, 1, 1, { silent: true }), rotation: 30 },
      { name: 'exit', type: 'area', properties: [{ name: 'exitUrl', value: 'b.tmj' }] },
    )
    expect(world.objects.map(({ id, type, position }) => [id, type, position])).toEqual([
      ['old-oak', 'tree-oak', { x: 5.5, y: 0.5 }],
      ['seat', 'chair', { x: 0.5, y: 4.5 }],
    ])
    expect(world.doors.map(({ id, bounds }) => [id, bounds])).toEqual([['gate', { x: 4, y: 2, width: 1, height: 1 }]])
    expect(codes).toEqual(
      expect.arrayContaining(['object-dropped', 'shape-simplified', 'exit-dropped', 'object-removed']),
    )
  })

  test('shapes in a collision layer stop people', async () => {
    const layer = objectLayer([{ x: 0, y: 0, width: 64, height: 32 }], { name: 'collisions' })
    expect((await see(sampleMap([tileLayer(), layer]))).picture[0]).toBe('xx....')
  })

  test('XML objects read as JSON ones do', async () => {
    const { world } = await see(
      sampleXml(
        'gzip',
        `<group name="g" offsetx="32"><objectgroup name="areas">
          <object id="7" name="Q &amp; A" class="area" x="0" y="0" width="32" height="32">
           <properties><property name="silent" type="bool" value="true"/></properties>
          </object>
          <object id="8" name="spawn" x="80" y="16"><point/></object>
          <object id="9" name="p" class="area" x="64" y="96"><polygon points="0,0 64,0 64,32"/>
           <properties><property name="jitsiRoom" value="r"/></properties></object>
        </objectgroup></group>`,
      ),
    )
    expect(world.zones.map(({ name, bounds }) => [name, bounds])).toEqual([
      ['Q & A', [{ x: 1, y: 0, width: 1, height: 1 }]],
      ['p', [{ x: 3, y: 3, width: 2, height: 1 }]],
    ])
    expect(world.spawnPoints).toEqual([{ id: 'spawn', position: { x: 3.5, y: 0.5 } }])
  })
})

describe('bad maps are refused in words', () => {
  const failureOf = (bytes: Uint8Array) =>
    importTiled(bytes, SAMPLE).then(
      () => ({ code: 'imported', message: '' }),
      (error: { readonly code: string; readonly message: string }) => error,
    )
  const codeOf = async (bytes: Uint8Array) => (await failureOf(bytes)).code

  test.each([
    ['nothing', '', 'map-unreadable'],
    ['other text', 'hello', 'map-unreadable'],
    ['other JSON', '{"a": 1}', 'map-unreadable'],
    ['deep JSON', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'map-unreadable'],
    ['other XML', '<svg/>', 'map-unreadable'],
    ['broken XML', '<map><layer></map>', 'map-unreadable'],
    ['deep XML', `<map>${'<group>'.repeat(200)}${'</group>'.repeat(200)}</map>`, 'map-unreadable'],
  ])('%s', async (_, text, code) => {
    expect(await codeOf(bytesOf(text))).toBe(code)
  })

  test('entities that grow: a document type is not read at all', async () => {
    const text = '<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><map name="&b;"/>'
    expect((await failureOf(bytesOf(text))).message).toContain('document type')
  })

  test('bytes that are not UTF-8', async () => {
    expect(await codeOf(Uint8Array.of(0x7b, 0xff, 0xfe))).toBe('map-unreadable')
  })

  test('a small file that unpacks to more than its size', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000)).toString('base64')
    const layer = {
      type: 'tilelayer',
      name: 'b',
      width: 6,
      height: 5,
      encoding: 'base64',
      compression: 'gzip',
      data: bomb,
    }
    expect((await failureOf(sampleMap([layer]))).message).toContain('holds more than its size')
  })

  test('too few tiles, too large a map, too many tiles over all layers', async () => {
    expect(await codeOf(sampleMap([tileLayer({}, TILES.slice(1))]))).toBe('map-unreadable')
    expect(await codeOf(sampleMap([tileLayer()], { width: 513 }))).toBe('map-too-large')
    const far = { x: 100_000, y: 0, width: 1, height: 1, data: [GRASS] }
    const wide = { type: 'tilelayer', name: 'w', chunks: [{ ...far, x: 0 }, far] }
    expect(await codeOf(sampleMap([wide], { infinite: true }))).toBe('map-too-large')
    const empty = encodeTiles(new Array<number>(512 * 512).fill(0), 'zlib')
    const layers = Array.from({ length: 80 }, () => ({ type: 'tilelayer', width: 512, height: 512, ...empty }))
    expect(await codeOf(sampleMap(layers, { width: 512, height: 512 }))).toBe('map-too-large')
  })

  test('hexagons, nothing at all, nowhere to stand, an id that is none', async () => {
    expect(await codeOf(sampleMap([tileLayer()], { orientation: 'hexagonal' }))).toBe('orientation-unsupported')
    expect(await codeOf(sampleMap([], { infinite: true }))).toBe('map-empty')
    expect(await codeOf(sampleMap([tileLayer({}, new Array<number>(30).fill(WALL))]))).toBe('map-without-floor')
    await expect(importTiled(sampleMap(), { id: '../x', name: '' })).rejects.toMatchObject({ code: 'world-id-invalid' })
  })

  test('thousands of map-sized areas and odd texts do no harm', async () => {
    const many = Array.from({ length: 5_000 }, (_, n) =>
      area(`\u202ea\u0000${n}`, 0, 0, WIDTH, HEIGHT, { silent: true }),
    )
    const { world, notes } = await see(sampleMap([tileLayer(), objectLayer(many)]))
    expect(world.zones).toHaveLength(1)
    expect(notes.length).toBeLessThan(10 * NOTES_PER_CODE_MAX)
  })
})
