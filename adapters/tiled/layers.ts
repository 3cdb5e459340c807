import { isSet, type ObjectLayer, type Properties, propertiesOf, type TiledLayer, type TileLayer } from './document.ts'
import type { TakeNote } from './note.ts'

/** A layer with what its groups add to it. */
export interface FlatLayer<L> {
  readonly layer: L
  /** Names from the outermost group inwards, with slashes. */
  readonly path: string
  /** Sum of its own and its groups' shifts, in pixels. */
  readonly offsetX: number
  readonly offsetY: number
  readonly isVisible: boolean
  readonly properties: Properties
}

export interface FlatLayers {
  readonly tiles: readonly FlatLayer<TileLayer>[]
  readonly objects: readonly FlatLayer<ObjectLayer>[]
}

/** Takes groups apart, in drawing order. Image layers are noted. */
export function flattenLayers(layers: readonly TiledLayer[], note: TakeNote): FlatLayers {
  const tiles: FlatLayer<TileLayer>[] = []
  const objects: FlatLayer<ObjectLayer>[] = []
  const visit = (list: readonly TiledLayer[], group: Omit<FlatLayer<unknown>, 'layer' | 'properties'>) => {
    for (const layer of list) {
      const flat = {
        path: group.path === '' ? layer.name : `${group.path}/${layer.name}`,
        offsetX: group.offsetX + layer.offsetx,
        offsetY: group.offsetY + layer.offsety,
        isVisible: group.isVisible && layer.visible,
        properties: propertiesOf(layer.properties),
      }
      const hasLooks =
        layer.opacity !== 1 || layer.tintcolor !== undefined || layer.parallaxx !== 1 || layer.parallaxy !== 1
      if (hasLooks) note('looks-dropped', `layer ${flat.path}`, 'Opacity, tint or parallax.')
      if (layer.type === 'group') visit(layer.layers, flat)
      else if (layer.type === 'tilelayer') tiles.push({ ...flat, layer })
      else if (layer.type === 'objectgroup') objects.push({ ...flat, layer })
      else note('image-layer-dropped', `layer ${flat.path}`, 'An image layer.')
    }
  }
  visit(layers, { path: '', offsetX: 0, offsetY: 0, isVisible: true })
  return { tiles, objects }
}

export type LayerRole = 'collision' | 'start' | 'exit' | 'area' | 'above' | 'furniture' | 'ground'

/** What a tile layer is for, by its properties, then its own name, then its groups' names. */
export function roleOf({ layer, path, properties }: FlatLayer<TileLayer>): LayerRole {
  if (isSet(properties.get('collides')) || /collision|collide|blocked|obstacle/i.test(layer.name)) return 'collision'
  if (isSet(properties.get('startlayer')) || isSet(properties.get('start')) || /^start/i.test(layer.name))
    return 'start'
  if (properties.has('exiturl') || properties.has('exitsceneurl') || /^exit/i.test(layer.name)) return 'exit'
  if ([...properties.keys()].some(name => AREA_PROPERTIES.has(name))) return 'area'
  if (/above|overhead|roof|ceiling/i.test(path)) return 'above'
  if (/furnitur|decor|props|object|item/i.test(path)) return 'furniture'
  return 'ground'
}

/** Properties that make an area a zone, by plain name. */
export const MEETING_PROPERTIES: ReadonlySet<string> = new Set([
  'jitsiroom',
  'livekit',
  'livekitroom',
  'livekitroomproperty',
  'bbbmeeting',
  'bigbluebutton',
  'meetingroom',
])
export const AREA_PROPERTIES: ReadonlySet<string> = new Set([...MEETING_PROPERTIES, 'silent', 'private', 'zonetype'])
