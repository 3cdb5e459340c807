import { build, type Canvas, place, raise, seat, sharedSeat } from './canvas.ts'
import { buildHouse, type HousePlan } from './house.ts'
import { PLAIN_LEVEL } from './land.ts'
import type { Corner } from './lines.ts'

const REGION = 'treadle'

/** The square, and the lanes from the houses' doors to the streets. */
const SQUARE = { x: 42, y: 53, width: 11, height: 11 }

export const VILLAGE_LANES: readonly (readonly Corner[])[] = [
  [
    [37, 55],
    [37, 58],
  ],
  [
    [57, 55],
    [57, 58],
  ],
  [
    [40, 65],
    [47, 65],
  ],
  [
    [47, 66],
    [54, 66],
  ],
  [
    [44, 72],
    [47, 72],
  ],
  [
    [47, 73],
    [52, 73],
  ],
  [
    [43, 43],
    [47, 43],
  ],
]

const HOUSES: readonly HousePlan[] = [
  {
    id: 'open-shuttle',
    name: 'The Open Shuttle',
    bounds: { x: 32, y: 47, width: 10, height: 8 },
    region: REGION,
    zone: 'TeamArea',
    walls: 'plaster',
    floor: 'floor-wood',
    tone: 'clay',
    side: 's',
    at: 5,
    open: true,
    level: PLAIN_LEVEL,
  },
  {
    id: 'weavers-hall',
    name: "Weavers' Hall",
    bounds: { x: 53, y: 46, width: 10, height: 9 },
    region: REGION,
    zone: 'MeetingRoom',
    walls: 'stone',
    floor: 'floor-stone',
    tone: 'slate',
    side: 's',
    at: 4,
    open: true,
    level: PLAIN_LEVEL,
  },
  cottage('bakehouse', 'The Bakehouse', 34, 62, 'e', 3, 'sun', 'brick'),
  cottage('dyers-house', "The Dyer's House", 54, 63, 'w', 3, 'song', 'plaster'),
  cottage('quiet-cottage', 'Quiet Cottage', 38, 69, 'e', 3, 'moss', 'wood'),
  cottage('heron-cottage', 'Heron Cottage', 52, 70, 'w', 3, 'clay', 'plaster'),
  cottage('bell-cottage', 'Bell Cottage', 37, 40, 'e', 3, 'pine', 'wood'),
]

function cottage(
  id: string,
  name: string,
  x: number,
  y: number,
  side: HousePlan['side'],
  at: number,
  tone: HousePlan['tone'],
  walls: HousePlan['walls'],
): HousePlan {
  const bounds = { x, y, width: 6, height: 6 }
  return {
    id,
    name,
    bounds,
    region: REGION,
    zone: 'PrivateRoom',
    walls,
    floor: 'floor-wood',
    tone,
    side,
    at,
    level: PLAIN_LEVEL,
  }
}

export function buildVillage(canvas: Canvas): void {
  for (const plan of HOUSES) buildHouse(canvas, plan)
  buildSquare(canvas)
  furnishInn(canvas)
  furnishHall(canvas)
  furnishCottages(canvas)
  plantGardens(canvas)
  plantVillageTrees(canvas)
  lightStreets(canvas)
}

function buildSquare(canvas: Canvas): void {
  build(canvas, SQUARE, 'cobble')
  build(canvas, { x: 45, y: 56, width: 5, height: 5 }, 'stone')
  place(canvas, 'village-well', 'well', 47.5, 58.5, { name: 'The village well' })
  sharedSeat(canvas, 'square-bench-north', 'bench', 47.5, 54.5, 's')
  sharedSeat(canvas, 'square-bench-south', 'bench', 47.5, 62.5, 'n')
  sharedSeat(canvas, 'square-bench-west-1', 'bench', 43.5, 56, 'e')
  sharedSeat(canvas, 'square-bench-west-2', 'bench', 43.5, 61, 'e')
  sharedSeat(canvas, 'square-bench-east-1', 'bench', 51.5, 56, 'w')
  sharedSeat(canvas, 'square-bench-east-2', 'bench', 51.5, 61, 'w')
  place(canvas, 'stall-bread', 'market-stall', 43, 54.5, { facing: 's', tone: 'sun', name: 'Bread and honey' })
  place(canvas, 'stall-cloth', 'market-stall', 52, 54.5, { facing: 's', tone: 'song', name: 'Ribbons and cloth' })
  place(canvas, 'stall-fish', 'market-stall', 43, 63.5, {
    facing: 'n',
    tone: 'water',
    name: 'From the sea this morning',
  })
  place(canvas, 'square-cart', 'cart', 52, 63.5, { facing: 'e' })
  for (const [id, x, y] of [
    ['square-lamp-nw', 45.5, 55.5],
    ['square-lamp-ne', 50.5, 55.5],
    ['square-lamp-sw', 45.5, 61.5],
    ['square-lamp-se', 50.5, 61.5],
  ] as const) {
    place(canvas, id, 'lamp', x, y)
  }
  place(canvas, 'square-banner-w', 'banner', 42.5, 53.5, { tone: 'clay' })
  place(canvas, 'square-banner-e', 'banner', 53.5, 59.5, { tone: 'song' })
  place(canvas, 'sign-square', 'signpost', 45.5, 52.5, {
    facing: 's',
    name: 'North: Bellfell · East: Larkloom · South: the Selvage · West: Coinlight Wood',
  })
}

function furnishInn(canvas: Canvas): void {
  place(canvas, 'inn-hearth', 'hearth', 33.5, 50.5, { facing: 'e' })
  build(canvas, { x: 34, y: 50, width: 2, height: 2 }, 'carpet')
  place(canvas, 'inn-counter-1', 'counter', 38.5, 49.5, { facing: 's' })
  place(canvas, 'inn-counter-2', 'counter', 39.5, 49.5, { facing: 's' })
  place(canvas, 'inn-shelf', 'shelf', 39.5, 48.5, { facing: 's' })
  place(canvas, 'inn-barrel', 'barrel', 40.5, 48.5)
  seat(canvas, 'inn-stool-1', 'stool', 38.5, 50.5, 'n')
  seat(canvas, 'inn-stool-2', 'stool', 39.5, 50.5, 'n')
  seat(canvas, 'inn-armchair-1', 'chair', 34.5, 49.5, 'sw')
  seat(canvas, 'inn-armchair-2', 'chair', 34.5, 51.5, 'nw')
  place(canvas, 'inn-table-1', 'table', 36.5, 49.5)
  seat(canvas, 'inn-chair-1', 'chair', 36.5, 48.5, 's')
  seat(canvas, 'inn-chair-2', 'chair', 36.5, 50.5, 'n')
  place(canvas, 'inn-table-2', 'table', 39.5, 52.5)
  seat(canvas, 'inn-chair-3', 'chair', 38.5, 52.5, 'e')
  seat(canvas, 'inn-chair-4', 'chair', 40.5, 52.5, 'w')
  place(canvas, 'inn-lamp', 'lamp', 33.5, 48.5)
  place(canvas, 'inn-lantern', 'lantern', 35.5, 55.5)
  place(canvas, 'inn-crate', 'crate', 40.5, 55.5)
  sharedSeat(canvas, 'inn-front-bench', 'bench', 33.5, 55.5, 's')
}

function furnishHall(canvas: Canvas): void {
  build(canvas, { x: 56, y: 48, width: 4, height: 4 }, 'carpet')
  for (const x of [56.5, 57.5, 58.5, 59.5]) {
    place(canvas, `hall-table-${Math.floor(x)}`, 'table', x, 49.5)
    seat(canvas, `hall-chair-north-${Math.floor(x)}`, 'chair', x, 48.5, 's')
    seat(canvas, `hall-chair-south-${Math.floor(x)}`, 'chair', x, 50.5, 'n')
  }
  place(canvas, 'hall-board', 'whiteboard', 58, 47.5, { facing: 's', name: 'The pattern board' })
  place(canvas, 'hall-shelf-1', 'shelf', 54.5, 47.5, { facing: 's' })
  place(canvas, 'hall-shelf-2', 'shelf', 61.5, 47.5, { facing: 's' })
  place(canvas, 'hall-lamp-w', 'lamp', 54.5, 50.5)
  place(canvas, 'hall-lamp-e', 'lamp', 61.5, 50.5)
  place(canvas, 'hall-desk', 'desk', 60, 52.5, { facing: 'n', linkedObjects: ['hall-desk-chair', 'hall-loom'] })
  seat(canvas, 'hall-desk-chair', 'chair', 60.5, 51.5, 's')
  place(canvas, 'hall-loom', 'computer', 60.5, 52.5, {
    name: 'The sample loom',
    facing: 'n',
    interaction: { action: 'use', requires: 'hall-desk-chair' },
    occupancy: 'single',
    linkedObjects: ['hall-desk-chair'],
  })
  place(canvas, 'hall-banner-w', 'banner', 55.5, 55.5, { tone: 'song' })
  place(canvas, 'hall-banner-e', 'banner', 59.5, 55.5, { tone: 'water' })
}

/** Bed, table for two, hearth, shelf and lamp, the same in each cottage but turned towards its door. */
function furnishCottages(canvas: Canvas): void {
  for (const { id, bounds, side } of HOUSES.filter(({ zone }) => zone === 'PrivateRoom')) {
    const inner = { x: bounds.x + 1, y: bounds.y + 1 }
    const far = side === 'e' ? 0 : 3
    const near = 3 - far
    const away = side === 'e' ? 1 : -1
    place(canvas, `${id}-bed`, 'bed', inner.x + far + 0.5, inner.y + 1, { facing: 's', tone: 'clay' })
    place(canvas, `${id}-shelf`, 'shelf', inner.x + far + away + 0.5, inner.y + 0.5, { facing: 's' })
    place(canvas, `${id}-hearth`, 'hearth', inner.x + near + 0.5, inner.y + 0.5, { facing: 's' })
    place(canvas, `${id}-table`, 'table', inner.x + far + 0.5, inner.y + 3.5)
    seat(canvas, `${id}-chair-1`, 'chair', inner.x + far + 0.5, inner.y + 2.5, 's')
    seat(canvas, `${id}-chair-2`, 'chair', inner.x + far + away + 0.5, inner.y + 3.5, side === 'e' ? 'w' : 'e')
    place(canvas, `${id}-rug`, 'rug', inner.x + 1.5 + near / 3, inner.y + 1.5, { tone: 'sand' })
    place(canvas, `${id}-lamp`, 'lamp', inner.x + near + 0.5, inner.y + 3.5)
  }
}

function plantGardens(canvas: Canvas): void {
  for (const [x, y, width, height] of [
    [34, 69, 3, 2],
    [34, 72, 3, 2],
    [59, 70, 3, 2],
    [59, 73, 3, 2],
  ] as const) {
    build(canvas, { x, y, width, height }, 'soil')
  }
  raise(canvas, { x: 33, y: 68, width: 1, height: 8 }, 'fence')
  raise(canvas, { x: 34, y: 75, width: 4, height: 1 }, 'fence')
  raise(canvas, { x: 62, y: 69, width: 1, height: 7 }, 'fence')
  raise(canvas, { x: 58, y: 76, width: 5, height: 1 }, 'fence')
  raise(canvas, { x: 31, y: 56, width: 3, height: 1 }, 'hedge')
  raise(canvas, { x: 60, y: 56, width: 3, height: 1 }, 'hedge')
  raise(canvas, { x: 53, y: 61, width: 8, height: 1 }, 'hedge')
  raise(canvas, { x: 33, y: 61, width: 8, height: 1 }, 'hedge')
  for (const [id, x, y, tone] of [
    ['garden-flower-1', 34.5, 69.5, 'sun'],
    ['garden-flower-2', 36.5, 70.5, 'clay'],
    ['garden-flower-3', 35.5, 72.5, 'song'],
    ['garden-flower-4', 59.5, 70.5, 'song'],
    ['garden-flower-5', 61.5, 71.5, 'sun'],
    ['garden-flower-6', 60.5, 73.5, 'clay'],
    ['garden-flower-7', 42.5, 41.5, 'sun'],
    ['garden-flower-8', 44.5, 41.5, 'clay'],
  ] as const) {
    place(canvas, id, 'flower', x, y, { tone })
  }
  place(canvas, 'bakehouse-barrel', 'barrel', 40.5, 62.5)
  place(canvas, 'bakehouse-crate', 'crate', 40.5, 67.5)
  place(canvas, 'dyers-barrel-1', 'barrel', 53.5, 63.5)
  place(canvas, 'dyers-barrel-2', 'barrel', 53.5, 68.5)
  place(canvas, 'heron-bench', 'bench', 58.5, 72, {
    facing: 'e',
    interaction: { action: 'sit' },
    occupancy: 'multiple',
  })
  place(canvas, 'green-oak', 'tree-oak', 44.5, 50.5, { name: 'The courting oak' })
  sharedSeat(canvas, 'green-bench', 'bench', 45.5, 50, 'w')
}

/** Birches along the northern road, single oaks at the houses, an orchard behind the hall. */
function plantVillageTrees(canvas: Canvas): void {
  for (const [x, y] of [
    [44, 36],
    [50, 37],
    [44, 39],
    [50, 40],
    [50, 43],
    [44, 46],
    [50, 47],
  ] as const) {
    place(canvas, `avenue-birch-${x}-${y}`, 'tree-birch', x + 0.5, y + 0.5)
  }
  for (const [x, y] of [
    [30, 54],
    [31, 63],
    [32, 66],
    [61, 64],
    [61, 67],
    [44, 67],
    [50, 69],
    [45, 76],
    [51, 67],
    [35, 45],
    [36, 77],
  ] as const) {
    place(canvas, `village-oak-${x}-${y}`, 'tree-oak', x + 0.5, y + 0.5)
  }
  for (const x of [54, 57, 60]) {
    for (const y of [35, 38, 41]) place(canvas, `orchard-${x}-${y}`, 'tree-oak', x + 0.5, y + 0.5)
  }
  sharedSeat(canvas, 'orchard-bench', 'bench', 57, 43.5, 'n')
  place(canvas, 'orchard-crate', 'crate', 58.5, 39.5)
  place(canvas, 'orchard-barrel', 'barrel', 55.5, 36.5)
  for (const [x, y] of [
    [42, 48],
    [42, 50],
    [52, 66],
    [60, 69],
    [44, 71],
    [44, 74],
    [37, 46],
    [41, 46],
    [52, 56],
    [41, 62],
  ] as const) {
    place(canvas, `village-bush-${x}-${y}`, 'bush', x + 0.5, y + 0.5)
  }
}

function lightStreets(canvas: Canvas): void {
  for (const [index, [x, y]] of (
    [
      [45.5, 38.5],
      [49.5, 44.5],
      [45.5, 48.5],
      [38.5, 60.5],
      [31.5, 60.5],
      [56.5, 60.5],
      [60.5, 60.5],
      [49.5, 67.5],
      [45.5, 74.5],
      [49.5, 79.5],
    ] as const
  ).entries()) {
    place(canvas, `street-lamp-${index + 1}`, 'lamp', x, y)
  }
}
