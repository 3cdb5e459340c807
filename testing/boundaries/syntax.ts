import { parseSync, visitorKeys } from 'oxc-parser'

/** A node of the syntax tree, seen without its many types: ESTree with TypeScript's additions. */
export interface Node {
  readonly type: string
  readonly start: number
  readonly [field: string]: unknown
}

export interface Source {
  readonly program: Node
  /** The first thing that cannot be read, if any. */
  readonly error: string | undefined
  /** Line number, from 1, of an offset. */
  readonly line: (offset: number) => number
}

export function parseSource(path: string, text: string): Source {
  const { program, errors } = parseSync(path, text)
  return {
    program: program as unknown as Node,
    error: errors[0]?.message,
    line: offset => text.slice(0, offset).split('\n').length,
  }
}

export const isNode = (value: unknown): value is Node => typeof (value as Node | null)?.type === 'string'

/** Visits every node below one, parents first, each with its parent and the field it sits in. */
export function walk(node: Node, visit: (node: Node, parent: Node | undefined, field: string) => void): void {
  const descend = (current: Node, parent: Node | undefined, field: string) => {
    visit(current, parent, field)
    for (const key of visitorKeys[current.type] ?? []) {
      const value = current[key]
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) descend(child, current, key)
    }
  }
  descend(node, undefined, '')
}

/** The text of a literal, or of a template without holes. */
export function literal(node: unknown): string | undefined {
  if (!isNode(node)) return undefined
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node.type === 'TSLiteralType') return literal(node.literal)
  if (node.type !== 'TemplateLiteral') return undefined
  const quasis = node.quasis as readonly { readonly value: { readonly cooked: string | null } }[]
  return quasis.length === 1 ? (quasis[0]?.value.cooked ?? undefined) : undefined
}

/** `Date.now` as text, for plain names joined by dots; undefined for anything else. */
export function dotted(node: unknown): string | undefined {
  if (!isNode(node)) return undefined
  if (node.type === 'Identifier') return node.name as string
  if (node.type === 'MetaProperty') return `${dotted(node.meta)}.${dotted(node.property)}`
  if (node.type !== 'MemberExpression' || node.computed) return undefined
  const left = dotted(node.object)
  return left === undefined ? undefined : `${left}.${dotted(node.property)}`
}
