import { compileGeography } from './compile.ts'
import { footprintOf } from './footprint.ts'
import type { Geography } from './geography.ts'
import type { Report } from './problem.ts'
import { toUnits } from './units.ts'
import { walk } from './walk.ts'
import type { WorldFile, WorldObject } from './world-file.ts'

/** Objects stand on the map, refer to objects that exist, and can be used by someone. */
export function checkObjects(file: WorldFile, report: Report): void {
  const geography = compileGeography(file)
  const known = new Map(file.objects.map(object => [object.id, object]))
  file.objects.forEach((object, index) => {
    const path = `objects[${index}]`
    object.linkedObjects?.forEach((id, at) => {
      if (known.has(id) && id !== object.id) return
      report('link-unknown', `${path}.linkedObjects[${at}]`, `Object "${object.id}" is linked to "${id}".`)
    })
    const required = object.interaction?.requires
    if (required !== undefined) {
      const circle = circleFrom(object, known)
      if (!known.has(required)) {
        report('requires-unknown', `${path}.interaction.requires`, `Object "${object.id}" requires "${required}".`)
      } else if (circle) {
        report('requires-cycle', `${path}.interaction.requires`, `${circle.join(' requires ')}.`)
      }
    }
    if (object.position.x >= file.map.width || object.position.y >= file.map.height) {
      report('out-of-map', `${path}.position`, `Object "${object.id}" lies outside the map.`)
      return
    }
    if (!object.interaction) return
    if (object.interaction.action === 'sit') {
      const place = { x: toUnits(object.position.x), y: toUnits(object.position.y) }
      if (walk(geography, place, place, new Set()) !== undefined) {
        report('seat-blocked', `${path}.position`, `Nobody fits where seat "${object.id}" is.`)
        return
      }
    }
    if (!hasReachableSide(geography, object)) {
      report('object-unreachable', `${path}.position`, `Nobody can get near "${object.id}".`)
    }
  })
}

/** The chain of requirements from an object back to itself, or undefined. Chains into someone else's circle end there. */
function circleFrom(start: WorldObject, known: ReadonlyMap<string, WorldObject>): readonly string[] | undefined {
  const chain = [start.id]
  for (let next = start.interaction?.requires; next !== undefined; next = known.get(next)?.interaction?.requires) {
    if (next === start.id) return [...chain, next]
    if (chain.includes(next)) return undefined
    chain.push(next)
  }
  return undefined
}

/** True when some tile under or around the object can be walked to from a spawn point. */
function hasReachableSide(geography: Geography, object: WorldObject): boolean {
  const { x, y, width, height } = footprintOf(object)
  for (let row = y - 1; row <= y + height; row += 1) {
    for (let column = x - 1; column <= x + width; column += 1) {
      const isInside = column >= 0 && row >= 0 && column < geography.width && row < geography.height
      if (isInside && geography.cells.reachable[row * geography.width + column] === 1) return true
    }
  }
  return false
}
