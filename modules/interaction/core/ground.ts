import { compileGeography, type Doorway, type Geography, type WorldFile } from '@worldloom/capabilities/geography'
import { Defect, type State, type Step } from '@worldloom/contract'
import type { words } from '../words.ts'

/** The geography of the map in force. Compiled once per map; the host gives the same object each time. */
export function geographyOf(step: Pick<Step, 'object'>): Geography {
  const map = step.object('map')
  if (map === undefined) throw new Defect('map-missing', 'the world has no object named "map"; give it a World file')
  return compileGeography(map as WorldFile)
}

/** Whether a door stands open: as somebody turned it, else as the World file has it. */
export const isOpen = (state: State<typeof words>, door: Doorway): boolean =>
  (state.get(`door:${door.id}`)?.state ?? (door.open ? 'open' : 'shut')) === 'open'
