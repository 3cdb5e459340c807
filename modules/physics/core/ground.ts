import { compileGeography, type Geography, type WorldFile } from '@worldloom/capabilities/geography'
import { Defect, type Step } from '@worldloom/contract'
import type { Doors } from '../words.ts'

/** The geography of the map in force. Compiled once per map; the host gives the same object each time. */
export function geographyOf(step: Pick<Step, 'object'>): Geography {
  const map = step.object('map')
  if (map === undefined) throw new Defect('map-missing', 'the world has no object named "map"; give it a World file')
  return compileGeography(map as WorldFile)
}

const NONE_TURNED: Doors = { turned: {} }
const remembered = new WeakMap<Doors, { readonly geography: Geography; readonly shut: ReadonlySet<string> }>()

/** Doors that nobody can pass. Remembered per document, because every move asks. */
export function shutDoors(geography: Geography, doors: Doors = NONE_TURNED): ReadonlySet<string> {
  const known = remembered.get(doors)
  if (known?.geography === geography) return known.shut
  const shut = new Set<string>()
  for (const { id, open } of geography.doors) {
    if ((doors.turned[id] ?? (open ? 'open' : 'shut')) === 'shut') shut.add(id)
  }
  remembered.set(doors, { geography, shut })
  return shut
}
