/** One thing that is wrong with a World file. */
export interface Problem {
  readonly code: ProblemCode
  /** Where in the file, such as `zones[2].bounds[0]`. */
  readonly path: string
  readonly message: string
  readonly suggestion: string
}

/** Of one kind at most this many are listed; the last one says how many more there are. */
export const PROBLEMS_PER_CODE_MAX = 20

/** Every rule, by what its breach is called, with what to do about it. */
export const PROBLEMS = {
  'too-large': 'Split the world, or leave out decoration.',
  'not-json': 'Check the file with a JSON editor.',
  'format-unknown': 'Update the server, or save the file in a format it knows.',
  shape: 'See docs/reference/world-file.schema.json for what is allowed here.',
  'row-count': 'Give one row per row of tiles.',
  'row-length': 'Give one character per tile.',
  'legend-missing': 'Add the character to the legend of the layer.',
  'legend-reserved': 'The dot means "no tile". Choose another character.',
  'wall-without-collision': 'Walls always stop people. Remove "collision": false, or move the walls to another layer.',
  'duplicate-id': 'Ids are permanent and unique per kind. Rename one.',
  'reserved-id': 'Every tile without a zone is in "default". Choose another id.',
  'out-of-map': 'Keep it inside the map.',
  'bounds-exceed-map': 'Zones may cover the map at most twice, regions once. Remove the overlaps.',
  'region-overlap': 'Give each tile to one region.',
  'region-gap': 'Extend a region: every tile one can stand on belongs to one.',
  'neighbour-unknown': 'Name an existing region.',
  'neighbour-one-sided': 'Neighbours are mutual: list this region there, too.',
  'zone-region-unknown': 'Name an existing region.',
  'zone-across-regions': 'A zone lies in one region. Split it, or move the border.',
  'zone-overlap': 'Only a PrivateRoom may lie in another zone: wholly inside a TeamArea. Cut one of the two.',
  'door-zone-unknown': 'Name an existing zone, or "default".',
  'door-access': 'Give "allowedRoles" for the type "role", and none for "open".',
  'door-overlap': 'Give each tile to one door.',
  'door-loose': 'Set the door into a wall: one of its tiles must touch something solid.',
  'door-groundless': 'Put a ground tile under the door.',
  'link-unknown': 'Name an existing object, other than this one.',
  'requires-unknown': 'Name an existing object.',
  'requires-cycle': 'Break the circle: one of these must not require another.',
  'seat-blocked': 'Move the seat to where a person fits.',
  'object-unreachable': 'Leave a free tile beside it that one can walk to from a spawn point.',
  'spawn-missing': 'Add a spawn point on a free tile.',
  'spawn-blocked': 'Move the spawn point to where a person fits.',
  'spawn-zone': 'Name the zone that covers the position, or leave "zone" out.',
  'too-steep': 'People climb half a tile at a time. Add a step between, or put rock or a wall on the edge.',
} as const

export type ProblemCode = keyof typeof PROBLEMS

export type Report = (code: ProblemCode, path: string, message: string) => void

/** Collects problems, a bounded number of each kind. */
export function createReport(): { readonly report: Report; readonly problems: () => readonly Problem[] } {
  const listed = new Map<ProblemCode, Problem[]>()
  const counts = new Map<ProblemCode, number>()
  return {
    report(code, path, message) {
      const count = (counts.get(code) ?? 0) + 1
      counts.set(code, count)
      const list = listed.get(code) ?? []
      listed.set(code, list)
      if (count <= PROBLEMS_PER_CODE_MAX) list.push({ code, path, message, suggestion: PROBLEMS[code] })
    },
    problems() {
      return [...listed.values()].flatMap(list => {
        const last = list.at(-1)
        const more = (last ? (counts.get(last.code) ?? 0) : 0) - list.length
        return last && more > 0
          ? [...list.slice(0, -1), { ...last, message: `${last.message} (and ${more} more like this)` }]
          : list
      })
    },
  }
}
