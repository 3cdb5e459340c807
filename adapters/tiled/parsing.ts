import { Fault } from '@worldloom/contract'
import { XMLParser } from 'fast-xml-parser'
import { NESTING_MAX } from './document.ts'

/** A Tiled file as plain JSON, whether it was written as JSON or as XML. Throws a Fault when it is neither. */
export function parseTiledFile(bytes: Uint8Array): unknown {
  const text = decodeText(bytes)
  return text.trimStart().startsWith('<') ? parseXml(text) : parseJson(text)
}

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new Fault('map-unreadable', 'The map is not UTF-8 text. Save it anew with Tiled.', 'never', error)
  }
}

function parseJson(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Fault('map-unreadable', 'The map is neither Tiled JSON nor Tiled XML.', 'never', error)
  }
  if (isDeeperThan(value, NESTING_MAX)) throw new Fault('map-unreadable', `The map nests deeper than ${NESTING_MAX}.`)
  return value
}

/** Level by level, so that depth costs no stack. */
function isDeeperThan(value: unknown, levels: number): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > levels) return true
    level = level
      .flatMap(item => (typeof item === 'object' && item !== null ? Object.values(item) : []))
      .filter(item => typeof item === 'object' && item !== null)
  }
  return false
}

/** An element: its name, attributes, children in document order, and the text in it. */
interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  readonly text: string
}

function parseXml(text: string): unknown {
  // Entities that a document declares itself can grow without bound, so a document type is not read at all.
  if (/<!DOCTYPE/i.test(text)) throw new Fault('map-unreadable', 'The map declares a document type. Remove it.')
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    maxNestedTags: NESTING_MAX,
  })
  let nodes: unknown
  try {
    nodes = parser.parse(text, true)
  } catch (error) {
    throw new Fault('map-unreadable', 'The map is not well-formed XML.', 'never', error)
  }
  const root = elementsOf(nodes).find(({ name }) => name === 'map' || name === 'tileset')
  if (!root) throw new Fault('map-unreadable', 'The XML is no Tiled map: it has no <map> element.')
  return root.name === 'map' ? mapOf(root) : tilesetOf(root)
}

function elementsOf(nodes: unknown): readonly Element[] {
  if (!Array.isArray(nodes)) return []
  return nodes.flatMap((node: Readonly<Record<string, unknown>>) => {
    const name = Object.keys(node).find(key => key !== ':@' && key !== '#text')
    if (name === undefined) return []
    const content = Array.isArray(node[name]) ? (node[name] as readonly Readonly<Record<string, unknown>>[]) : []
    const text = content.map(child => ('#text' in child ? String(child['#text']) : '')).join('')
    return [{ name, attributes: (node[':@'] ?? {}) as Record<string, string>, children: elementsOf(content), text }]
  })
}

const all = (element: Element, name: string): readonly Element[] =>
  element.children.filter(child => child.name === name)
const first = (element: Element, name: string): Element | undefined =>
  element.children.find(child => child.name === name)

/** Attributes with numbers and truth values as such. `keep` names those that stay text whatever they look like. */
function fields(
  element: Element,
  keep: readonly string[] = ['name', 'type', 'class', 'source'],
): Record<string, unknown> {
  const read = (name: string, value: string): unknown => {
    if (keep.includes(name) || !/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value)) return value
    return Number(value)
  }
  return Object.fromEntries(Object.entries(element.attributes).map(([name, value]) => [name, read(name, value)]))
}

function withFlags(record: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  for (const name of names) if (name in record) record[name] = record[name] === 1 || record[name] === 'true'
  return record
}

function mapOf(element: Element): unknown {
  return {
    ...withFlags(fields(element), ['infinite']),
    properties: propertiesIn(element),
    tilesets: all(element, 'tileset').map(tilesetOf),
    layers: layersIn(element),
  }
}

function propertiesIn(element: Element): unknown {
  const holder = first(element, 'properties')
  return (holder ? all(holder, 'property') : []).map(property => {
    const { name = '', type, value = property.text } = property.attributes
    if (type === 'bool') return { name, value: value === 'true' }
    if (type === 'int' || type === 'float') return { name, value: Number(value) }
    return { name, value }
  })
}

function layersIn(element: Element): unknown[] {
  return element.children.flatMap(child => {
    const common = { ...withFlags(fields(child), ['visible']), properties: propertiesIn(child) }
    if (child.name === 'layer') return [{ ...common, type: 'tilelayer', ...dataOf(first(child, 'data')) }]
    if (child.name === 'objectgroup') return [{ ...common, type: 'objectgroup', objects: objectsIn(child) }]
    if (child.name === 'imagelayer') return [{ ...common, type: 'imagelayer' }]
    if (child.name === 'group') return [{ ...common, type: 'group', layers: layersIn(child) }]
    return []
  })
}

function dataOf(element: Element | undefined): Record<string, unknown> {
  if (!element) return {}
  const { encoding, compression } = element.attributes
  const content = (holder: Element): unknown =>
    encoding === undefined ? all(holder, 'tile').map(tile => Number(tile.attributes.gid ?? 0)) : holder.text.trim()
  const chunks = all(element, 'chunk')
  return {
    ...(encoding === undefined ? {} : { encoding }),
    ...(compression === undefined ? {} : { compression }),
    ...(chunks.length > 0
      ? { chunks: chunks.map(chunk => ({ ...fields(chunk), data: content(chunk) })) }
      : { data: content(element) }),
  }
}

function objectsIn(element: Element): unknown {
  return all(element, 'object').map(object => {
    const points = (name: string) => {
      const shape = first(object, name)
      if (!shape) return {}
      const list = (shape.attributes.points ?? '').trim().split(/\s+/)
      return {
        [name]: list.map(pair => {
          const [x = Number.NaN, y = Number.NaN] = pair.split(',').map(Number)
          return { x, y }
        }),
      }
    }
    const text = first(object, 'text')
    return {
      ...withFlags(fields(object), ['visible']),
      ...points('polygon'),
      ...points('polyline'),
      ...(text ? { text: { text: text.text } } : {}),
      point: first(object, 'point') !== undefined,
      ellipse: first(object, 'ellipse') !== undefined,
      properties: propertiesIn(object),
    }
  })
}

function tilesetOf(element: Element): unknown {
  const wangsets = first(element, 'wangsets')
  const terrains = first(element, 'terraintypes')
  return {
    ...fields(element),
    properties: propertiesIn(element),
    tiles: all(element, 'tile').map(tile => {
      const shapes = first(tile, 'objectgroup')
      const animation = first(tile, 'animation')
      const { terrain, ...rest } = tile.attributes
      return {
        ...fields({ ...tile, attributes: rest }),
        ...(shapes ? { objectgroup: { objects: objectsIn(shapes) } } : {}),
        ...(animation ? { animation: all(animation, 'frame').map(() => ({})) } : {}),
        ...(terrain === undefined ? {} : { terrain: terrain.split(',').map(id => (id === '' ? -1 : Number(id))) }),
        image: first(tile, 'image')?.attributes.source,
        properties: propertiesIn(tile),
      }
    }),
    terrains: (terrains ? all(terrains, 'terrain') : []).map(({ attributes }) => ({ name: attributes.name ?? '' })),
    wangsets: (wangsets ? all(wangsets, 'wangset') : []).map(set => ({
      name: set.attributes.name ?? '',
      colors: [...all(set, 'wangcolor'), ...all(set, 'wangcornercolor')].map(({ attributes }) => ({
        name: attributes.name ?? '',
      })),
      wangtiles: all(set, 'wangtile').map(({ attributes }) => ({
        tileid: Number(attributes.tileid),
        wangid: (attributes.wangid ?? '').split(',').map(Number),
      })),
    })),
  }
}
