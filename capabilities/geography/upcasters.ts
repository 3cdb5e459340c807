import { Misfit } from '@worldloom/contract'
import { WORLD_FORMAT_VERSION } from './world-file.ts'

type Plain = Readonly<Record<string, unknown>>
type Upcaster = (file: Plain) => Plain

/**
 * From each format to the next. Version 0 was a draft of this format: a zone or region had a single rectangle as
 * `bounds`, zones had no `overrides`, and the name of the world stood at the top level.
 * An upcaster must not throw on malformed input: what it cannot read it leaves for the schema to refuse.
 */
const UPCASTERS: readonly Upcaster[] = [
  ({ name, meta, ...file }) => ({
    ...file,
    formatVersion: 1,
    meta: name === undefined ? meta : { ...(isPlain(meta) ? meta : {}), name },
    regions: mapList(file.regions, withBoundsList),
    zones: mapList(file.zones, zone => ({ overrides: {}, ...withBoundsList(zone) })),
  }),
]

/** Brings a file of any known format to the newest. Throws a Misfit for one this version does not know. */
export function upcast(file: unknown): unknown {
  if (!isPlain(file)) throw new Misfit('world-file-invalid', 'A World file must be a JSON object.')
  const version = file.formatVersion
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 0) {
    throw new Misfit(
      'world-format-unknown',
      `A World file needs "formatVersion", a whole number up to ${WORLD_FORMAT_VERSION}. Add it.`,
    )
  }
  if (version > WORLD_FORMAT_VERSION) {
    throw new Misfit(
      'world-format-too-new',
      `This World file has format ${version}; this server reads up to ${WORLD_FORMAT_VERSION}. Update the server.`,
    )
  }
  return UPCASTERS.slice(version).reduce((newer, next) => next(newer), file)
}

const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value)

const mapList = (list: unknown, change: (item: Plain) => Plain): unknown =>
  Array.isArray(list) ? list.map(item => (isPlain(item) ? change(item) : item)) : list

const withBoundsList = (item: Plain): Plain =>
  Array.isArray(item.bounds) ? item : { ...item, bounds: item.bounds === undefined ? undefined : [item.bounds] }
