/** Something about a Tiled map that the World file does not have, or has differently. */
export interface Note {
  readonly code: NoteCode
  /** Layer, object or tileset. */
  readonly where: string
  readonly what: string
}

/** Of one kind at most this many are listed; the last one says how many more there are. */
export const NOTES_PER_CODE_MAX = 40

/** Every kind of note and what it means. */
export const NOTES = {
  'pictures-dropped': 'The Client draws tiles from what they mean; tileset pictures are not used.',
  'looks-dropped': 'Opacity, tint, parallax or blending of a layer has no counterpart.',
  'flips-dropped': 'Tiles have no flipped form.',
  'animation-dropped': 'Tile animations have no counterpart.',
  'image-layer-dropped': 'Image layers have no counterpart.',
  'layer-hidden': 'A hidden layer was left out.',
  'layer-above-dropped': 'A layer drawn above people was left out.',
  'layer-empty': 'A layer without tiles was left out.',
  'offset-rounded': 'A layer is shifted by a part of a tile; it was rounded to whole tiles.',
  'tileset-missing': 'An external tileset could not be read: its tiles are known by their layer only.',
  'tile-unknown': 'A tile belongs to no tileset.',
  'kind-guessed': 'No name says what these tiles are; the kind was guessed from the layer.',
  'collision-assumed': 'The map says nothing about collision; walls and water stop people.',
  'collision-partial': 'A collision shape covers only a part of its tile; the tile was left free.',
  'wall-walkable': 'Wall tiles without collision are only pictures; they were left out.',
  'furniture-dropped': 'Furniture drawn as tiles that is not recognised was left out; its collision is kept.',
  'object-dropped': 'An object has no counterpart.',
  'object-removed': 'What came out would break a rule of World files and was left out.',
  'area-dropped': 'An area has no rule that a zone could have.',
  'property-dropped': 'Properties without counterpart.',
  'exit-dropped': 'Ways to other maps are not carried over.',
  'shape-simplified': 'A shape was replaced by the rectangle around it.',
  'zone-carved': 'Zones may not overlap; tiles that an earlier zone has were cut out.',
  'spawn-added': 'The map names no start; one was chosen.',
  'spawn-moved': 'A start lies where nobody can stand; it was moved.',
  'text-shortened': 'A text is longer than World files allow.',
} as const

export type NoteCode = keyof typeof NOTES

export type TakeNote = (code: NoteCode, where: string, what: string) => void

export function createNotebook(): { readonly note: TakeNote; readonly notes: () => readonly Note[] } {
  const lists = new Map<NoteCode, Note[]>()
  const counts = new Map<NoteCode, number>()
  return {
    note(code, where, what) {
      const list = lists.get(code) ?? []
      lists.set(code, list)
      counts.set(code, (counts.get(code) ?? 0) + 1)
      if (list.length < NOTES_PER_CODE_MAX) list.push({ code, where, what })
    },
    notes: () =>
      [...lists].flatMap(([code, list]) => {
        const more = (counts.get(code) ?? 0) - list.length
        return more > 0 ? [...list, { code, where: 'map', what: `and ${more} more like this` }] : list
      }),
  }
}
