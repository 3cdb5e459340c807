import { isInside } from './area-rules.ts'
import { compileGeography } from './compile.ts'
import { DEFAULT_ZONE, type Geography } from './geography.ts'
import type { Report } from './problem.ts'
import type { Rect, WorldFile } from './world-file.ts'

/** Doors lead somewhere, are set into something solid, and each has its tiles to itself. */
export function checkDoors(file: WorldFile, report: Report): void {
  const geography = compileGeography(file)
  const zones = new Set([DEFAULT_ZONE, ...file.zones.map(({ id }) => id)])
  const holders = new Map<number, string>()
  file.doors.forEach((door, index) => {
    const path = `doors[${index}]`
    if (!zones.has(door.leadsToZone)) {
      report(
        'door-zone-unknown',
        `${path}.leadsToZone`,
        `Door "${door.id}" leads to "${door.leadsToZone}", which does not exist.`,
      )
    }
    if ((door.access.type === 'role') !== (door.access.allowedRoles !== undefined) && door.access.type !== 'knock') {
      report('door-access', `${path}.access`, `The access of door "${door.id}" contradicts itself.`)
    }
    if (!isInside(file, door.bounds)) {
      report('out-of-map', `${path}.bounds`, `Door "${door.id}" reaches over the edge of the map.`)
      return
    }
    if (!touchesSolid(geography, door.bounds)) {
      report('door-loose', `${path}.bounds`, `Door "${door.id}" stands free: nothing solid is beside it.`)
    }
    const clashes = new Set<string>()
    let isGroundless = false
    eachTile(door.bounds, (column, row) => {
      const tile = row * file.map.width + column
      const holder = holders.get(tile)
      if (holder === undefined) holders.set(tile, door.id)
      else clashes.add(holder)
      isGroundless ||= geography.groundAt(column, row) === undefined
    })
    for (const other of clashes) report('door-overlap', `${path}.bounds`, `Door "${door.id}" overlaps door "${other}".`)
    if (isGroundless) report('door-groundless', `${path}.bounds`, `There is no floor under door "${door.id}".`)
  })
}

function touchesSolid(geography: Geography, { x, y, width, height }: Rect): boolean {
  let touches = false
  eachTile({ x: x - 1, y: y - 1, width: width + 2, height: height + 2 }, (column, row) => {
    // The edge of the map is no wall to hang a door in.
    const isOutside = column < 0 || row < 0 || column >= geography.width || row >= geography.height
    const isCorner = (column < x || column >= x + width) && (row < y || row >= y + height)
    if (!isOutside && !isCorner && geography.isSolid(column, row)) touches = true
  })
  return touches
}

function eachTile({ x, y, width, height }: Rect, visit: (column: number, row: number) => void): void {
  for (let row = y; row < y + height; row += 1) {
    for (let column = x; column < x + width; column += 1) visit(column, row)
  }
}
