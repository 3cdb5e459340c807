import { build, type Canvas, eachTile, place, raise, seat, sharedSeat, tileAt } from './canvas.ts'
import { buildHouse } from './house.ts'
import { BEACH_LEVEL, distance10, PLAIN_LEVEL, SHRINE_LEVEL } from './land.ts'

/** Bellfell: the shrine on the summit, with its bell, and the hermit's hut on the way. */
export function buildFell(canvas: Canvas): void {
  const court = { x: 40, y: 5, width: 9, height: 9 }
  eachTile(court, (x, y) => {
    canvas.heights[tileAt(canvas, x, y)] = SHRINE_LEVEL
  })
  build(canvas, court, 'floor-stone')
  build(canvas, { x: 43, y: 8, width: 3, height: 3 }, 'carpet')
  for (const [x, y] of [
    [40, 5],
    [44, 5],
    [48, 5],
    [40, 9],
    [48, 9],
    [40, 13],
    [48, 13],
  ] as const) {
    raise(canvas, { x, y, width: 1, height: 1 }, 'pillar')
  }
  place(canvas, 'shrine-altar', 'altar', 44.5, 7.5, { facing: 's', name: 'The first thread' })
  place(canvas, 'shrine-bell', 'bell', 44.5, 9.5, {
    name: 'The fell bell',
    interaction: { action: 'use' },
    occupancy: 'multiple',
  })
  place(canvas, 'shrine-stone-west', 'shrine-stone', 42.5, 6.5)
  place(canvas, 'shrine-stone-east', 'shrine-stone', 46.5, 6.5)
  for (const [id, x, y] of [
    ['shrine-lantern-nw', 41.5, 7.5],
    ['shrine-lantern-ne', 47.5, 7.5],
    ['shrine-lantern-sw', 41.5, 12.5],
    ['shrine-lantern-se', 47.5, 12.5],
  ] as const) {
    place(canvas, id, 'lantern', x, y)
  }
  sharedSeat(canvas, 'shrine-bench-west', 'bench', 41.5, 10, 'e')
  sharedSeat(canvas, 'shrine-bench-east', 'bench', 47.5, 10, 'w')
  place(canvas, 'fell-arch', 'arch', 47.5, 31.5, { facing: 's', name: 'Fell gate' })
  place(canvas, 'sign-fell', 'signpost', 49.5, 33.5, { facing: 's', name: 'Up: the bell of Bellfell' })
  buildHouse(canvas, {
    id: 'hermits-hut',
    name: "The Hermit's Hut",
    bounds: { x: 57, y: 18, width: 5, height: 5 },
    region: 'bellfell',
    zone: 'PrivateRoom',
    walls: 'stone',
    floor: 'floor-wood',
    tone: 'moss',
    side: 'w',
    at: 2,
    level: canvas.heights[tileAt(canvas, 54, 21)] ?? PLAIN_LEVEL,
  })
  place(canvas, 'hermit-bed', 'bed', 60.5, 20, { facing: 's' })
  place(canvas, 'hermit-hearth', 'hearth', 58.5, 19.5, { facing: 's' })
  seat(canvas, 'hermit-chair', 'chair', 59.5, 21.5, 'n')
}

/** Coinlight Wood: a glade with a ring of stones, the woodcutter's hut, a fallen giant. */
export function buildWood(canvas: Canvas): void {
  eachTile({ x: 10, y: 45, width: 11, height: 11 }, (x, y) => {
    if (distance10(x - 15, y - 50) > 52) return
    const tile = tileAt(canvas, x, y)
    canvas.ground[tile] = 'moss'
    canvas.taken.add(tile)
  })
  for (const [index, [x, y]] of (
    [
      [15, 46],
      [18, 47],
      [19, 50],
      [18, 53],
      [12, 53],
      [11, 50],
      [12, 47],
    ] as const
  ).entries()) {
    place(canvas, `glade-stone-${index + 1}`, 'shrine-stone', x + 0.5, y + 0.5)
  }
  place(canvas, 'glade-fire', 'campfire', 15.5, 50.5)
  sharedSeat(canvas, 'glade-log-west', 'cushion', 13.5, 50.5, 'e')
  seat(canvas, 'glade-cushion-north', 'cushion', 15.5, 48.5, 's')
  seat(canvas, 'glade-cushion-east', 'cushion', 17.5, 50.5, 'w')
  seat(canvas, 'glade-cushion-south', 'cushion', 15.5, 52.5, 'n')
  buildHouse(canvas, {
    id: 'woodcutters-hut',
    name: "The Woodcutter's Hut",
    bounds: { x: 18, y: 64, width: 6, height: 5 },
    region: 'coinlight',
    zone: 'PrivateRoom',
    walls: 'wood',
    floor: 'floor-wood',
    tone: 'pine',
    side: 'n',
    at: 4,
    level: PLAIN_LEVEL,
  })
  place(canvas, 'woodcutter-bed', 'bed', 19.5, 66, { facing: 's' })
  place(canvas, 'woodcutter-hearth', 'hearth', 20.5, 67.5, { facing: 'n' })
  place(canvas, 'woodcutter-table', 'table', 22.5, 67.5)
  seat(canvas, 'woodcutter-stool', 'stool', 21.5, 67.5, 'e')
  place(canvas, 'woodpile-1', 'log', 26, 65.5, { facing: 's' })
  place(canvas, 'woodpile-2', 'log', 26, 66.5, { facing: 's' })
  place(canvas, 'chopping-stump', 'stump', 25.5, 63.5)
  place(canvas, 'wood-lantern-1', 'lantern', 26.5, 55.5)
  place(canvas, 'wood-lantern-2', 'lantern', 20.5, 51.5)
  place(canvas, 'wood-lantern-3', 'lantern', 13.5, 40.5)
  place(canvas, 'wood-lantern-4', 'lantern', 23.5, 33.5)
  place(canvas, 'sign-wood', 'signpost', 29.5, 56.5, { facing: 'e', name: 'Coinlight Wood: keep to the lanterns' })
}

/** Larkloom: the island in the lake, the ferryman's house, the singing ring on its hill. */
export function buildMeadow(canvas: Canvas): void {
  eachTile({ x: 74, y: 35, width: 9, height: 9 }, (x, y) => {
    const away = distance10(x - 78, y - 39)
    if (away > 42) return
    const tile = tileAt(canvas, x, y)
    canvas.ground[tile] = away > 32 ? 'sand' : 'grass'
    canvas.heights[tile] = PLAIN_LEVEL
    if (away > 32) canvas.taken.add(tile)
  })
  build(canvas, { x: 77, y: 38, width: 3, height: 3 }, 'stone')
  place(canvas, 'island-stone', 'shrine-stone', 78.5, 38.5, { name: 'The lake stone' })
  place(canvas, 'island-willow-west', 'tree-willow', 75.5, 37.5)
  place(canvas, 'island-willow-east', 'tree-willow', 80.5, 36.5)
  sharedSeat(canvas, 'island-bench', 'bench', 78.5, 40.5, 's')
  place(canvas, 'island-lantern', 'lantern', 76.5, 40.5)
  bridge(canvas, { x: 77, y: 42, width: 3, height: 9 }, 'south')
  bridge(canvas, { x: 61, y: 56, width: 7, height: 5 }, 'east')
  buildHouse(canvas, {
    id: 'ferrymans-house',
    name: "The Ferryman's House",
    bounds: { x: 69, y: 52, width: 6, height: 5 },
    region: 'larkloom',
    zone: 'PrivateRoom',
    walls: 'plaster',
    floor: 'floor-wood',
    tone: 'water',
    side: 's',
    at: 4,
    level: PLAIN_LEVEL,
  })
  place(canvas, 'ferryman-bed', 'bed', 70.5, 54, { facing: 's' })
  place(canvas, 'ferryman-table', 'table', 72.5, 53.5)
  seat(canvas, 'ferryman-chair', 'chair', 71.5, 53.5, 'e')
  place(canvas, 'ferryman-hearth', 'hearth', 73.5, 53.5, { facing: 's' })
  place(canvas, 'lake-boat', 'boat', 73.5, 49, { facing: 'n' })
  eachTile({ x: 82, y: 60, width: 9, height: 9 }, (x, y) => {
    if (distance10(x - 86, y - 64) <= 48) canvas.taken.add(tileAt(canvas, x, y))
  })
  for (const [index, [x, y]] of (
    [
      [86, 61],
      [89, 63],
      [89, 66],
      [86, 68],
      [83, 66],
      [83, 63],
    ] as const
  ).entries()) {
    place(canvas, `ring-stone-${index + 1}`, 'shrine-stone', x + 0.5, y + 0.5)
  }
  seat(canvas, 'ring-cushion-north', 'cushion', 86.5, 63.5, 's')
  seat(canvas, 'ring-cushion-east', 'cushion', 87.5, 64.5, 'w')
  seat(canvas, 'ring-cushion-south', 'cushion', 86.5, 65.5, 'n')
  seat(canvas, 'ring-cushion-west', 'cushion', 85.5, 64.5, 'e')
  place(canvas, 'sign-meadow', 'signpost', 69.5, 60.5, {
    facing: 'w',
    name: 'Larkloom: lake to the north, ring to the east',
  })
}

/** The Selvage: pier and fishing hut, the beacon on its headland, a fire on the far beach. */
export function buildShore(canvas: Canvas): void {
  const pier = { x: 46, y: 82, width: 3, height: 11 }
  build(canvas, pier, 'bridge')
  build(canvas, { x: 43, y: 91, width: 9, height: 3 }, 'bridge')
  for (const rect of [pier, { x: 43, y: 91, width: 9, height: 3 }]) {
    eachTile(rect, (x, y) => {
      canvas.heights[tileAt(canvas, x, y)] = BEACH_LEVEL
    })
  }
  sharedSeat(canvas, 'pier-bench', 'bench', 47.5, 92.5, 's')
  place(canvas, 'pier-lamp-west', 'lamp', 43.5, 93.5)
  place(canvas, 'pier-lamp-east', 'lamp', 51.5, 93.5)
  place(canvas, 'pier-crate', 'crate', 51.5, 91.5)
  place(canvas, 'pier-barrel', 'barrel', 43.5, 91.5)
  place(canvas, 'pier-boat-west', 'boat', 44.5, 88, { facing: 'n', tone: 'clay' })
  place(canvas, 'pier-boat-east', 'boat', 50.5, 87, { facing: 's', tone: 'water' })
  buildHouse(canvas, {
    id: 'net-house',
    name: 'The Net House',
    bounds: { x: 52, y: 78, width: 6, height: 5 },
    region: 'selvage',
    zone: 'PrivateRoom',
    walls: 'wood',
    floor: 'floor-wood',
    tone: 'sand',
    side: 'w',
    at: 2,
    open: true,
    level: BEACH_LEVEL,
  })
  place(canvas, 'net-house-table', 'table', 55.5, 79.5)
  seat(canvas, 'net-house-stool', 'stool', 54.5, 79.5, 'e')
  place(canvas, 'net-house-crate', 'crate', 56.5, 81.5)
  place(canvas, 'net-house-barrel', 'barrel', 56.5, 79.5)
  buildBeacon(canvas)
  bridge(canvas, { x: 59, y: 78, width: 8, height: 3 }, 'east')
  place(canvas, 'cove-fire', 'campfire', 82.5, 79.5)
  sharedSeat(canvas, 'cove-bench-north', 'bench', 82.5, 77.5, 's')
  sharedSeat(canvas, 'cove-bench-west', 'bench', 80.5, 79.5, 'e')
  sharedSeat(canvas, 'cove-bench-east', 'bench', 84.5, 79.5, 'w')
  for (const [index, [x, y, facing]] of (
    [
      [30, 80, 's'],
      [38, 79, 'e'],
      [70, 77, 's'],
      [76, 80, 'e'],
      [90, 78, 's'],
    ] as const
  ).entries()) {
    place(canvas, `driftwood-${index + 1}`, 'log', x + (facing === 's' ? 1 : 0.5), y + (facing === 's' ? 0.5 : 1), {
      facing,
    })
  }
  place(canvas, 'beached-boat', 'boat', 35.5, 80, { facing: 'n', tone: 'moss' })
  place(canvas, 'sign-shore', 'signpost', 49.5, 77.5, { facing: 'n', name: 'West: the beacon · East: the cove' })
}

function buildBeacon(canvas: Canvas): void {
  eachTile({ x: 8, y: 79, width: 15, height: 15 }, (x, y) => {
    const away = distance10(x - 15, y - 86)
    if (away > 66) return
    const tile = tileAt(canvas, x, y)
    canvas.ground[tile] = away > 58 && y > 84 ? 'rock' : 'grass'
    canvas.heights[tile] = Math.max(BEACH_LEVEL, Math.min(5, 8 - Math.floor(away / 10)))
  })
  buildHouse(canvas, {
    id: 'beacon',
    name: 'The Beacon',
    bounds: { x: 13, y: 84, width: 5, height: 5 },
    region: 'selvage',
    zone: 'PrivateRoom',
    walls: 'stone',
    floor: 'floor-stone',
    tone: 'clay',
    side: 'n',
    at: 2,
    level: 5,
  })
  place(canvas, 'beacon-light', 'lamp', 15.5, 87.5, { name: 'The light' })
  seat(canvas, 'beacon-stool', 'stool', 14.5, 86.5, 's')
}

/** A bridge with a railing on either side. `runs` is the way one walks over it, from the first tile. */
function bridge(
  canvas: Canvas,
  rect: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  runs: 'east' | 'south',
): void {
  build(canvas, rect, 'bridge')
  eachTile(rect, (x, y) => {
    const tile = tileAt(canvas, x, y)
    const isEdge =
      runs === 'east' ? y === rect.y || y === rect.y + rect.height - 1 : x === rect.x || x === rect.x + rect.width - 1
    canvas.heights[tile] = PLAIN_LEVEL
    if (isEdge) canvas.standing[tile] = 'railing'
  })
}
