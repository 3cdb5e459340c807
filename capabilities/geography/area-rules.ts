import { compileGeography } from './compile.ts'
import { DEFAULT_ZONE } from './geography.ts'
import type { Report } from './problem.ts'
import type { Rect, WorldFile, WorldZone } from './world-file.ts'

/** How often zones, and regions, may cover the map. A PrivateRoom inside a TeamArea makes two for zones. */
export const ZONE_COVERS_MAX = 2
export const REGION_COVERS_MAX = 1

/** Regions share the map out among them; zones lie in one region each and overlap only where the rules allow. */
export function checkAreas(file: WorldFile, report: Report): void {
  const regions = new Set(file.regions.map(({ id }) => id))
  file.regions.forEach((region, index) => {
    const path = `regions[${index}]`
    checkInside(file, region.bounds, `${path}.bounds`, `Region "${region.id}"`, report)
    region.neighbours.forEach((neighbour, at) => {
      const other = file.regions.find(({ id }) => id === neighbour)
      if (!other || neighbour === region.id) {
        report(
          'neighbour-unknown',
          `${path}.neighbours[${at}]`,
          `Region "${region.id}" has no neighbour "${neighbour}".`,
        )
      } else if (!other.neighbours.includes(region.id)) {
        report(
          'neighbour-one-sided',
          `${path}.neighbours[${at}]`,
          `Region "${region.id}" names "${neighbour}", which does not name it back.`,
        )
      }
    })
  })
  file.zones.forEach((zone, index) => {
    const path = `zones[${index}]`
    checkInside(file, zone.bounds, `${path}.bounds`, `Zone "${zone.id}"`, report)
    if (zone.id === DEFAULT_ZONE) report('reserved-id', `${path}.id`, `A zone cannot be called "${DEFAULT_ZONE}".`)
    if (!regions.has(zone.region)) {
      report(
        'zone-region-unknown',
        `${path}.region`,
        `Zone "${zone.id}" lies in "${zone.region}", which does not exist.`,
      )
    }
  })
  const regionsFit = checkCover(file, file.regions, REGION_COVERS_MAX, 'regions', report)
  const zonesFit = checkCover(file, file.zones, ZONE_COVERS_MAX, 'zones', report)
  checkRegionTiles(file, regionsFit, report)
  if (zonesFit) checkZoneTiles(file, report)
}

function checkInside(file: WorldFile, bounds: readonly Rect[], path: string, who: string, report: Report): void {
  bounds.forEach((rect, index) => {
    if (isInside(file, rect)) return
    report('out-of-map', `${path}[${index}]`, `${who} reaches over the edge of the map.`)
  })
}

export const isInside = ({ map }: WorldFile, { x, y, width, height }: Rect): boolean =>
  x >= 0 && y >= 0 && x + width <= map.width && y + height <= map.height

/** Painting costs a step per tile, so the rules that paint run only where the areas add up to little enough. */
const PAINTED_COVERS_MAX = 8

function checkCover(
  file: WorldFile,
  areas: readonly { readonly bounds: readonly Rect[] }[],
  coversMax: number,
  path: string,
  report: Report,
): boolean {
  const mapTiles = file.map.width * file.map.height
  const tiles = areas.flatMap(({ bounds }) => bounds).reduce((sum, rect) => sum + rect.width * rect.height, 0)
  if (tiles > coversMax * mapTiles) {
    report('bounds-exceed-map', path, `The areas add up to ${tiles} tiles, the map has ${mapTiles}.`)
  }
  return tiles <= PAINTED_COVERS_MAX * mapTiles
}

function checkRegionTiles(file: WorldFile, fit: boolean, report: Report): void {
  const geography = compileGeography(file)
  if (fit) {
    const holders = new Int32Array(geography.width * geography.height)
    const clashes = new Map<string, string>()
    file.regions.forEach((region, index) => {
      eachTileOf(file, region.bounds, tile => {
        const holder = holders[tile] ?? 0
        if (holder === 0) holders[tile] = index + 1
        else if (holder !== index + 1) {
          clashes.set(`regions[${index}].bounds`, `Region "${region.id}" overlaps "${file.regions[holder - 1]?.id}".`)
        }
      })
    })
    for (const [path, message] of clashes) report('region-overlap', path, message)
  }
  const gap = geography.cells.region.findIndex((region, tile) => region === 0 && geography.cells.solid[tile] === 0)
  if (gap >= 0) {
    const where = `(${gap % geography.width}, ${Math.floor(gap / geography.width)})`
    report('region-gap', 'regions', `One can stand on tile ${where}, which lies in no region.`)
  }
}

function checkZoneTiles(file: WorldFile, report: Report): void {
  const { cells, width, height } = compileGeography(file)
  const teams = new Int32Array(width * height)
  const others = new Int32Array(width * height)
  file.zones.forEach((zone, index) => {
    const holders = zone.type === 'TeamArea' ? teams : others
    const clashes = new Set<number>()
    eachTileOf(file, zone.bounds, tile => {
      const holder = holders[tile] ?? 0
      if (holder === 0) holders[tile] = index + 1
      else if (holder !== index + 1) clashes.add(holder)
    })
    for (const holder of clashes) overlap(file.zones[holder - 1], zone, index)
  })
  file.zones.forEach((zone, index) => {
    const homes = new Set<string>()
    const within = new Set<number>()
    eachTileOf(file, zone.bounds, tile => {
      homes.add(file.regions[(cells.region[tile] ?? 0) - 1]?.id ?? '')
      if (zone.type !== 'TeamArea') within.add(teams[tile] ?? 0)
    })
    homes.delete(zone.region)
    if (homes.size > 0) {
      const elsewhere = [...homes].map(id => (id === '' ? 'no region' : `"${id}"`)).join(' and ')
      report('zone-across-regions', `zones[${index}].bounds`, `Zone "${zone.id}" also lies in ${elsewhere}.`)
    }
    const isWithinOne = within.size === 1 && zone.type === 'PrivateRoom'
    if (!isWithinOne) for (const team of within) overlap(file.zones[team - 1], zone, index)
  })

  function overlap(other: WorldZone | undefined, zone: WorldZone, index: number): void {
    if (!other) return
    report(
      'zone-overlap',
      `zones[${index}].bounds`,
      `Zone "${zone.id}" (${zone.type}) overlaps "${other.id}" (${other.type}).`,
    )
  }
}

function eachTileOf({ map }: WorldFile, bounds: readonly Rect[], visit: (tile: number) => void): void {
  for (const rect of bounds) {
    for (let row = rect.y; row < Math.min(map.height, rect.y + rect.height); row += 1) {
      for (let column = rect.x; column < Math.min(map.width, rect.x + rect.width); column += 1) {
        visit(row * map.width + column)
      }
    }
  }
}
