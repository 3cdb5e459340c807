import type { Problem, WorldFile } from '@worldloom/capabilities/geography'
import { type Terminal, table } from './terminal.ts'

/** A world's size in one line. */
export const worldLine = (world: WorldFile): string =>
  [
    `${world.meta.name} (${world.id})`,
    `${world.map.width} × ${world.map.height} tiles`,
    count(world.regions.length, 'region'),
    count(world.zones.length, 'zone'),
    count(world.doors.length, 'door'),
    count(world.objects.length, 'object'),
    count(world.spawnPoints.length, 'spawn point'),
  ].join(', ')

/** Every problem as a row: where, what, what to do. */
export function problemLines(problems: readonly Problem[], terminal: Terminal): string[] {
  const rows = problems.map(({ code, path, message, suggestion }) => [code, path || 'file', `${message} ${suggestion}`])
  const [headings = '', ...lines] = table(['rule', 'where', 'what'], rows)
  return [terminal.bad(`${count(problems.length, 'problem')}`), '', terminal.dim(headings), ...lines]
}

export const count = (amount: number, noun: string): string => `${amount} ${noun}${amount === 1 ? '' : 's'}`
