import { dotted, isNode, type Node, type Source, walk } from './syntax.ts'

/** A thing that pure code may not do, and what to do instead. */
export interface Impurity {
  readonly rule: string
  readonly line: number
  readonly message: string
}

/** Names of the surroundings that pure code may not touch: rule and replacement. */
const NAMES: Readonly<Record<string, readonly [rule: string, instead: string]>> = {
  Date: ['pure-clock', 'take the time from step.at or from the input'],
  performance: ['pure-clock', 'take the time from step.at or from the input'],
  crypto: ['pure-chance', 'use step.dice or step.newId'],
  setTimeout: ['pure-timer', 'ask for a wake in the verdict'],
  setInterval: ['pure-timer', 'ask for a wake in the verdict'],
  setImmediate: ['pure-timer', 'ask for a wake in the verdict'],
  queueMicrotask: ['pure-timer', 'ask for a wake in the verdict'],
  Promise: ['pure-async', 'read before the decision (before) or call after it (calls)'],
  Intl: ['pure-locale', 'compare and format by code units; the client formats for people'],
  process: ['pure-surroundings', 'take it from the settings'],
  Buffer: ['pure-surroundings', 'use Uint8Array and DataView'],
  globalThis: ['pure-surroundings', 'name what is needed in the input'],
  fetch: ['pure-network', 'read before the decision (before) or call after it (calls)'],
  WebSocket: ['pure-network', 'let the gateway speak to clients'],
  console: ['pure-console', 'return an event or a refusal; the host logs'],
}

/** Exact on every machine, or exact for integers. Everything else in Math may differ in the last bit. */
const EXACT_MATH = new Set(['abs', 'ceil', 'clz32', 'floor', 'imul', 'max', 'min', 'round', 'sign', 'trunc'])

const LOCALE_METHODS = /^(localeCompare|toLocale\w+)$/

/** Finds what would make a pure file answer differently on another machine, day or run. */
export function impuritiesOf(source: Source): Impurity[] {
  const found: Impurity[] = []
  const own = declaredNames(source.program)
  const add = (node: Node, rule: string, what: string, instead: string) =>
    found.push({ rule, line: source.line(node.start), message: `${what}: ${instead}` })
  walk(source.program, (node, parent, field) => {
    if (node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await === true))
      add(node, 'pure-async', 'await', 'read before the decision (before) or call after it (calls)')
    if (/Function/.test(node.type) && node.async === true)
      add(node, 'pure-async', 'an async function', 'return the value itself; the host does the waiting')
    if (node.type === 'BinaryExpression' && node.operator === '**' && !(isNumber(node.left) && isNumber(node.right)))
      add(node, 'pure-math', '**', 'multiply; powers may differ in the last bit')
    if (node.type === 'MemberExpression' && !node.computed) {
      const method = dotted(node.property) ?? ''
      if (LOCALE_METHODS.test(method))
        add(node, 'pure-locale', `.${method}`, 'compare and format by code units; the client formats for people')
    }
    if (node.type !== 'Identifier' || !isReference(parent, field)) return
    const name = node.name as string
    if (name === 'Math' && !own.has(name)) {
      const member = parent?.type === 'MemberExpression' && !parent.computed ? dotted(parent.property) : undefined
      if (member === 'random') add(node, 'pure-chance', 'Math.random', 'use step.dice')
      else if (member === undefined || !EXACT_MATH.has(member))
        add(
          node,
          'pure-math',
          `Math.${member ?? '…'}`,
          'use integers and a table; only the exact ones agree everywhere',
        )
    }
    const ban = Object.hasOwn(NAMES, name) && !own.has(name) ? NAMES[name] : undefined
    if (ban) add(node, ban[0], name, ban[1])
  })
  return found
}

const isNumber = (node: unknown): boolean => isNode(node) && node.type === 'Literal' && typeof node.value === 'number'

/** Whether an identifier in this place reads a variable, rather than being the name of a field, label or type. */
function isReference(parent: Node | undefined, field: string): boolean {
  if (!parent) return false
  if (parent.type === 'MemberExpression') return field === 'object' || parent.computed === true
  if (/^(Property|MethodDefinition|PropertyDefinition)$/.test(parent.type)) return field !== 'key' || !!parent.computed
  return !parent.type.startsWith('TS') || /^TS(As|Satisfies|NonNull)Expression$/.test(parent.type)
}

/** Names that the file itself declares anywhere: a parameter called `process` is nobody's surroundings. */
function declaredNames(program: Node): ReadonlySet<string> {
  const names = new Set<string>()
  const bind = (pattern: unknown) => {
    if (!isNode(pattern)) return
    if (pattern.type === 'Identifier') names.add(pattern.name as string)
    else if (pattern.type === 'AssignmentPattern') bind(pattern.left)
    else if (pattern.type === 'RestElement') bind(pattern.argument)
    else if (pattern.type === 'Property') bind(pattern.value)
    else for (const part of [pattern.elements, pattern.properties].flat()) bind(part)
  }
  walk(program, node => {
    if (node.type === 'VariableDeclarator' || /^(Function|Class)Declaration$/.test(node.type)) bind(node.id)
    if (/^Import\w*Specifier$/.test(node.type)) bind(node.local)
    for (const parameter of Array.isArray(node.params) ? node.params : []) bind(parameter)
  })
  return names
}
