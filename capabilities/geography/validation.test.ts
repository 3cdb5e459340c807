import { describe, expect, test } from 'vitest'
import { PROBLEMS, PROBLEMS_PER_CODE_MAX, type ProblemCode } from './problem.ts'
import { checkWorldFile, parseWorldFile, readWorldFile } from './reading.ts'
import { sampleWorld } from './sample-world.ts'
import { validateWorld } from './validation.ts'
import { WORLD_FILE_BYTES_MAX, type WorldFile, type WorldObject, type WorldZone } from './world-file.ts'

const GOOD = sampleWorld([
  '@ggggggg', //
  'ggg####g',
  'ggg#gg#g',
  'ggg##+#g',
  'gggggggg',
])

const codesOf = (file: WorldFile) => [...new Set(validateWorld(file).map(({ code }) => code))].sort()

const zone = (id: string, type: WorldZone['type'], x: number, y: number, width: number, height: number): WorldZone => ({
  id,
  name: id,
  type,
  region: 'land',
  bounds: [{ x, y, width, height }],
  overrides: {},
})

const object = (id: string, x: number, y: number, rest: Partial<WorldObject> = {}): WorldObject => ({
  id,
  type: 'chair',
  position: { x, y },
  ...rest,
})

const withLayer = (change: Partial<WorldFile['map']['layers'][number]>): WorldFile => ({
  ...GOOD,
  map: { ...GOOD.map, layers: GOOD.map.layers.map(layer => ({ ...layer, ...change })) },
})
const land = GOOD.regions[0] as WorldFile['regions'][number]
const door = GOOD.doors[0] as WorldFile['doors'][number]
const sit = { action: 'sit' } as const

/** One row per rule: the least change that breaks it. */
const BROKEN: readonly (readonly [ProblemCode, WorldFile])[] = [
  ['row-count', { ...GOOD, map: { ...GOOD.map, heights: GOOD.map.heights.slice(1) } }],
  ['row-length', { ...GOOD, map: { ...GOOD.map, heights: ['0', ...GOOD.map.heights.slice(1)] } }],
  ['legend-missing', withLayer({ legend: { '#': 'wall-stone' } })],
  ['legend-reserved', withLayer({ legend: { g: 'grass', '#': 'wall-stone', '.': 'sand' } })],
  ['wall-without-collision', withLayer({ collision: false })],
  ['duplicate-id', { ...GOOD, objects: [object('a', 1.5, 1.5), object('a', 2.5, 2.5)] }],
  ['reserved-id', { ...GOOD, zones: [zone('default', 'OpenArea', 0, 0, 2, 2)] }],
  ['out-of-map', { ...GOOD, zones: [zone('far', 'OpenArea', 7, 0, 2, 2)] }],
  ['out-of-map', { ...GOOD, objects: [object('far', 8, 2)] }],
  ['out-of-map', { ...GOOD, spawnPoints: [...GOOD.spawnPoints, { id: 'far', position: { x: 1, y: 5 } }] }],
  [
    'bounds-exceed-map',
    { ...GOOD, regions: [{ ...land, bounds: [...land.bounds, { x: 0, y: 0, width: 1, height: 1 }] }] },
  ],
  [
    'region-overlap',
    { ...GOOD, regions: [land, { ...land, id: 'more', bounds: [{ x: 0, y: 0, width: 1, height: 1 }] }] },
  ],
  ['region-gap', { ...GOOD, regions: [{ ...land, bounds: [{ x: 0, y: 0, width: 7, height: 5 }] }] }],
  ['neighbour-unknown', { ...GOOD, regions: [{ ...land, neighbours: ['moon'] }] }],
  ['neighbour-unknown', { ...GOOD, regions: [{ ...land, neighbours: ['land'] }] }],
  [
    'neighbour-one-sided',
    {
      ...GOOD,
      regions: [
        { ...land, bounds: [{ x: 0, y: 0, width: 7, height: 5 }], neighbours: ['east'] },
        { ...land, id: 'east', bounds: [{ x: 7, y: 0, width: 1, height: 5 }] },
      ],
    },
  ],
  ['zone-region-unknown', { ...GOOD, zones: [{ ...zone('a', 'OpenArea', 0, 0, 1, 1), region: 'moon' }] }],
  [
    'zone-across-regions',
    {
      ...GOOD,
      regions: [
        { ...land, bounds: [{ x: 0, y: 0, width: 7, height: 5 }] },
        { ...land, id: 'east', bounds: [{ x: 7, y: 0, width: 1, height: 5 }] },
      ],
      zones: [zone('a', 'OpenArea', 6, 4, 2, 1)],
    },
  ],
  ['zone-overlap', { ...GOOD, zones: [zone('a', 'OpenArea', 0, 0, 2, 2), zone('b', 'MeetingRoom', 1, 1, 2, 2)] }],
  ['zone-overlap', { ...GOOD, zones: [zone('a', 'TeamArea', 0, 0, 2, 2), zone('b', 'PrivateRoom', 1, 1, 2, 2)] }],
  ['zone-overlap', { ...GOOD, zones: [zone('a', 'TeamArea', 0, 0, 2, 2), zone('b', 'TeamArea', 0, 0, 2, 2)] }],
  ['zone-overlap', { ...GOOD, zones: [zone('a', 'TeamArea', 0, 0, 4, 4), zone('b', 'MeetingRoom', 1, 1, 1, 1)] }],
  ['door-zone-unknown', { ...GOOD, doors: [{ ...door, leadsToZone: 'moon' }] }],
  ['door-access', { ...GOOD, doors: [{ ...door, access: { type: 'role' } }] }],
  ['door-access', { ...GOOD, doors: [{ ...door, access: { type: 'open', allowedRoles: ['admin'] } }] }],
  ['door-overlap', { ...GOOD, doors: [door, { ...door, id: 'second' }] }],
  ['door-loose', { ...GOOD, doors: [door, { ...door, id: 'loose', bounds: { x: 1, y: 1, width: 1, height: 1 } }] }],
  [
    'door-groundless',
    withLayer({ rows: GOOD.map.layers[0]?.rows.map((row, index) => (index === 3 ? 'ggg##.#g' : row)) ?? [] }),
  ],
  ['link-unknown', { ...GOOD, objects: [object('a', 1.5, 1.5, { linkedObjects: ['moon'] })] }],
  ['link-unknown', { ...GOOD, objects: [object('a', 1.5, 1.5, { linkedObjects: ['a'] })] }],
  [
    'requires-unknown',
    { ...GOOD, objects: [object('a', 1.5, 1.5, { interaction: { action: 'use', requires: 'b' } })] },
  ],
  [
    'requires-cycle',
    {
      ...GOOD,
      objects: [
        object('a', 1.5, 1.5, { interaction: { action: 'use', requires: 'b' } }),
        object('b', 2.5, 1.5, { interaction: { action: 'use', requires: 'a' } }),
      ],
    },
  ],
  ['seat-blocked', { ...GOOD, objects: [object('a', 3.5, 2.5, { interaction: sit })] }],
  [
    'object-unreachable',
    {
      ...withLayer({ rows: GOOD.map.layers[0]?.rows.map((row, index) => (index === 3 ? 'ggg####g' : row)) ?? [] }),
      doors: [],
      objects: [object('a', 5.5, 2.5, { interaction: sit })],
    },
  ],
  ['spawn-missing', { ...GOOD, spawnPoints: [] }],
  ['spawn-blocked', { ...GOOD, spawnPoints: [{ id: 'wall', position: { x: 3.5, y: 1.5 } }, ...GOOD.spawnPoints] }],
  ['spawn-zone', { ...GOOD, spawnPoints: [{ id: 'a', position: { x: 0.5, y: 0.5 }, zone: 'moon' }] }],
  ['too-steep', { ...GOOD, map: { ...GOOD.map, heights: ['20000000', ...GOOD.map.heights.slice(1)] } }],
]

describe('validateWorld', () => {
  test('finds nothing wrong with a good world', () => {
    expect(validateWorld(GOOD)).toEqual([])
  })

  test.each(BROKEN)('reports %s', (code, file) => {
    expect(codesOf(file)).toContain(code)
  })

  test('reports every rule of a file that breaks them all, at once', () => {
    const everything: WorldFile = {
      ...GOOD,
      map: {
        ...GOOD.map,
        heights: ['2000000', '00', ...GOOD.map.heights.slice(3)],
        layers: [
          {
            id: 'all',
            legend: { g: 'grass', '#': 'wall-stone' },
            rows: ['gggggggg', 'ggg####g', 'ggg#gg#g', 'ggg##.#?'],
          },
          { id: 'all', legend: { '.': 'sand', '#': 'wall-wood' }, rows: ['........'], collision: false },
        ],
      },
      regions: [
        { ...land, neighbours: ['moon', 'east'], bounds: [{ x: 0, y: 0, width: 7, height: 3 }] },
        { ...land, id: 'east', bounds: [{ x: 6, y: 0, width: 3, height: 4 }] },
      ],
      zones: [
        zone('default', 'OpenArea', 0, 0, 8, 4),
        zone('b', 'MeetingRoom', 0, 0, 8, 4),
        { ...zone('c', 'TeamArea', 0, 0, 8, 5), region: 'moon' },
      ],
      doors: [
        { ...door, leadsToZone: 'moon', access: { type: 'role' } },
        { ...door, id: 'again' },
        { ...door, id: 'loose', bounds: { x: 1, y: 1, width: 1, height: 1 } },
      ],
      objects: [
        object('a', 2.5, 2.5, { interaction: { action: 'use', requires: 'b' }, linkedObjects: ['moon'] }),
        object('b', 2.5, 1.5, { interaction: { action: 'use', requires: 'a' } }),
        object('c', 3.5, 2.5, { interaction: { action: 'sit', requires: 'moon' } }),
        object('d', 5.5, 2.5, { interaction: sit }),
        object('d', 9, 9),
      ],
      spawnPoints: [{ id: 'a', position: { x: 3.5, y: 1.5 }, zone: 'moon' }],
    }
    const expected = Object.keys(PROBLEMS).filter(
      code => !['too-large', 'not-json', 'format-unknown', 'shape', 'spawn-missing'].includes(code),
    )
    expect(codesOf(everything)).toEqual(expected.sort())
    expect(codesOf({ ...everything, spawnPoints: [] })).toContain('spawn-missing')
    for (const { path, suggestion } of validateWorld(everything)) {
      expect(path).not.toBe('')
      expect(suggestion).not.toBe('')
    }
  })

  test('a PrivateRoom wholly inside a TeamArea is fine, and has its tiles', () => {
    const file = { ...GOOD, zones: [zone('team', 'TeamArea', 0, 0, 3, 5), zone('own', 'PrivateRoom', 0, 0, 2, 2)] }
    expect(validateWorld(file)).toEqual([])
  })

  test('lists a bounded number of one kind and says how many more there are', () => {
    const objects = Array.from({ length: 100 }, (_, index) => object(`o${index}`, 8, 8))
    const problems = validateWorld({ ...GOOD, objects })
    expect(problems).toHaveLength(PROBLEMS_PER_CODE_MAX)
    expect(problems.at(-1)?.message).toContain(`and ${100 - PROBLEMS_PER_CODE_MAX} more`)
  })

  test('hundreds of map-sized zones are refused without painting them', () => {
    const side = 256
    const large = sampleWorld([`@${'g'.repeat(side - 1)}`, ...Array.from({ length: side - 1 }, () => 'g'.repeat(side))])
    const bounds = Array.from({ length: 64 }, () => ({ x: 0, y: 0, width: side, height: side }))
    const zones = Array.from({ length: 512 }, (_, n) => ({ ...zone(`z${n}`, 'OpenArea', 0, 0, 1, 1), bounds }))
    const before = performance.now()
    expect(codesOf({ ...large, zones })).toEqual(['bounds-exceed-map'])
    expect(performance.now() - before).toBeLessThan(5000)
  })
})

describe('reading a World file', () => {
  test('gives the world of good text', () => {
    expect(parseWorldFile(JSON.stringify(GOOD))).toEqual(GOOD)
  })

  test('says what is wrong, with a code, whatever comes in', () => {
    const codeOf = (text: string) => readWorldFile(text).problems[0]?.code
    expect(codeOf('{')).toBe('not-json')
    expect(codeOf('"'.repeat(WORLD_FILE_BYTES_MAX + 1))).toBe('too-large')
    expect(codeOf('ä'.repeat(WORLD_FILE_BYTES_MAX / 2 + 1))).toBe('too-large')
    expect(codeOf('['.repeat(1_000_000))).toBe('not-json')
    expect(codeOf('[]')).toBe('format-unknown')
    expect(codeOf('{}')).toBe('format-unknown')
    expect(codeOf('{"formatVersion": 2}')).toBe('format-unknown')
    expect(codeOf('{"formatVersion": 1}')).toBe('shape')
  })

  test('names the place of a wrong shape', () => {
    const { problems } = checkWorldFile({
      ...GOOD,
      surprise: 1,
      objects: [{ ...object('a', Number.NaN, 1.003), type: 'spaceship' }],
      regions: [{ ...land, ground: 61 }],
    })
    const paths = problems.map(({ path }) => path)
    expect(paths).toEqual(
      expect.arrayContaining([
        '',
        'objects[0].type',
        'objects[0].position.x',
        'objects[0].position.y',
        'regions[0].ground',
      ]),
    )
  })

  test('parseWorldFile throws a Misfit with every problem', () => {
    const text = JSON.stringify({ ...GOOD, doors: [{ ...door, leadsToZone: 'moon', access: { type: 'role' } }] })
    expect(() => parseWorldFile(text)).toThrow(/door-zone-unknown[\s\S]*door-access/)
  })
})
