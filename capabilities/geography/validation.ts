import { checkAreas } from './area-rules.ts'
import { compileGeography } from './compile.ts'
import { checkDoors } from './door-rules.ts'
import { checkMap } from './map-rules.ts'
import { checkObjects } from './object-rules.ts'
import { createReport, type Problem, type Report } from './problem.ts'
import { toUnits } from './units.ts'
import { walk } from './walk.ts'
import type { WorldFile } from './world-file.ts'

/**
 * Every rule that the shape alone cannot say, all at once. Empty when the world can be entered. Each rule copes with a
 * file that breaks the others, so one reading shows everything there is to mend.
 */
export function validateWorld(file: WorldFile): readonly Problem[] {
  const { report, problems } = createReport()
  checkIds(file, report)
  checkMap(file, report)
  checkAreas(file, report)
  checkDoors(file, report)
  checkObjects(file, report)
  checkSpawnPoints(file, report)
  return problems()
}

function checkIds(file: WorldFile, report: Report): void {
  const kinds = {
    'map.layers': file.map.layers,
    regions: file.regions,
    zones: file.zones,
    doors: file.doors,
    objects: file.objects,
    spawnPoints: file.spawnPoints,
  }
  for (const [kind, list] of Object.entries(kinds)) {
    const seen = new Map<string, number>()
    list.forEach(({ id }, index) => {
      const earlier = seen.get(id)
      if (earlier === undefined) seen.set(id, index)
      else report('duplicate-id', `${kind}[${index}].id`, `"${id}" is already the id of ${kind}[${earlier}].`)
    })
  }
}

function checkSpawnPoints(file: WorldFile, report: Report): void {
  if (file.spawnPoints.length === 0)
    report('spawn-missing', 'spawnPoints', 'Nobody can enter: there is no spawn point.')
  const geography = compileGeography(file)
  file.spawnPoints.forEach(({ id, position, zone }, index) => {
    const path = `spawnPoints[${index}]`
    if (position.x >= file.map.width || position.y >= file.map.height) {
      report('out-of-map', `${path}.position`, `Spawn point "${id}" lies outside the map.`)
      return
    }
    const place = { x: toUnits(position.x), y: toUnits(position.y) }
    if (walk(geography, place, place, new Set()) !== undefined) {
      report('spawn-blocked', `${path}.position`, `Nobody fits where spawn point "${id}" is.`)
    }
    const actual = geography.zoneAt(Math.floor(position.x), Math.floor(position.y))
    if (zone !== undefined && zone !== actual) {
      report('spawn-zone', `${path}.zone`, `Spawn point "${id}" says zone "${zone}" but lies in "${actual}".`)
    }
  })
}
