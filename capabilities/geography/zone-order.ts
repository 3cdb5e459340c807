import type { ZoneType } from './world-file.ts'

const PARTICULARITY: Readonly<Record<ZoneType, number>> = {
  PrivateRoom: 4,
  MeetingRoom: 3,
  TeamArea: 2,
  OpenArea: 1,
  Wild: 0,
}

/**
 * True when the first type is the more particular: where zones overlap, its zone has the tile. Between equals the one
 * earlier in the file has it.
 */
export const isMoreParticular = (type: ZoneType, than: ZoneType): boolean => PARTICULARITY[type] > PARTICULARITY[than]
