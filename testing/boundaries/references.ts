import { dotted, isNode, literal, type Node, type Source, walk } from './syntax.ts'

/** One mention of another module. `specifier` is undefined when it is computed and nobody can tell what it names. */
export interface Reference {
  readonly specifier: string | undefined
  readonly line: number
  /** `url` is a file named by `new URL('…', import.meta.url)`: a worker, a child process, a data file. */
  readonly form: 'import' | 'dynamic' | 'require' | 'resolve' | 'type' | 'url'
}

/** Every way a file can name another: static, dynamic, type-only, export-from, require, import.meta.resolve, URLs. */
export function referencesOf(source: Source): Reference[] {
  const found: Reference[] = []
  const add = (node: Node, named: unknown, form: Reference['form']) =>
    found.push({ specifier: literal(named), line: source.line(node.start), form })
  walk(source.program, node => {
    switch (node.type) {
      case 'ImportDeclaration':
        return void add(node, node.source, node.importKind === 'type' ? 'type' : 'import')
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
        if (isNode(node.source)) add(node, node.source, node.exportKind === 'type' ? 'type' : 'import')
        return
      case 'ImportExpression':
        return void add(node, node.source, 'dynamic')
      case 'TSImportType':
        return void add(node, node.source ?? node.argument, 'type')
      case 'TSExternalModuleReference':
        return void add(node, node.expression, 'require')
      case 'CallExpression': {
        const called = dotted(node.callee)
        const first = (node.arguments as readonly unknown[])[0]
        if (called === 'require' || called === 'require.resolve' || resolvesRequire(node.callee))
          add(node, first, 'require')
        if (called === 'import.meta.resolve') add(node, first, 'resolve')
        return
      }
      case 'NewExpression': {
        const [first, base] = node.arguments as readonly unknown[]
        const specifier = literal(first)
        if (dotted(node.callee) === 'URL' && dotted(base) === 'import.meta.url' && specifier !== undefined)
          found.push({
            specifier: specifier.startsWith('.') ? specifier : `./${specifier}`,
            line: source.line(node.start),
            form: 'url',
          })
        return
      }
    }
  })
  return found
}

/** `createRequire(…).resolve`. */
const resolvesRequire = (callee: unknown): boolean =>
  isNode(callee) &&
  callee.type === 'MemberExpression' &&
  dotted(callee.property) === 'resolve' &&
  isNode(callee.object) &&
  callee.object.type === 'CallExpression' &&
  dotted(callee.object.callee) === 'createRequire'

/** Packages that a style sheet takes files from: `@import` and `url()`. */
export function styleReferences(text: string): string[] {
  const named = text.matchAll(/(?:@import\s+|url\(\s*)(?:url\(\s*)?["']?(@[\w.-]+\/[\w.-]+|[a-z][\w.-]*)(?=[/"')])/g)
  return [...named].map(([, name = '']) => name)
}
