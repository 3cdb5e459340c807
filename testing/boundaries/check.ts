import { cyclesOf } from './cycles.ts'
import { impuritiesOf } from './impurities.ts'
import { ALLOWED, isBuildTime, isPure, type Layer, type Place, placeOf } from './layers.ts'
import { type Reference, referencesOf, styleReferences } from './references.ts'
import { parseSource } from './syntax.ts'
import { isCode, isStyle, isTest, type Tree } from './tree.ts'
import { type Package, packageOf, packagesOf, resolve, type Target } from './workspaces.ts'

export interface Violation {
  readonly rule: string
  readonly file: string
  readonly line: number
  readonly message: string
}

export interface Report {
  readonly violations: readonly Violation[]
  /** How much was really looked at: a check that sees nothing finds nothing. */
  readonly files: number
  readonly references: number
}

/** Files that may compute what they import, and why nothing else will do. */
const COMPUTED: Readonly<Record<string, string>> = {
  'adapters/postgres/embedded-place.ts': 'PostgreSQL comes in one package per platform',
  'testing/simulator/build.ts': 'it runs an altered copy of the host, which lies in a temporary folder',
}

/** Holds a tree against the table of who may import whom, and pure code against its bans. */
export function checkBoundaries(tree: Tree): Report {
  const packages = packagesOf(tree)
  const violations: Violation[] = []
  const edges = new Map<string, Set<string>>()
  const used = new Map<string, Set<string>>()
  let references = 0
  let files = 0
  for (const [file, text] of tree) {
    const home = packageOf(packages, file)
    const uses = used.get(home?.folder ?? '') ?? new Set()
    used.set(home?.folder ?? '', uses)
    if (isStyle(file)) for (const name of styleReferences(text)) uses.add(name)
    if (!isCode(file)) continue
    files += 1
    const source = parseSource(file, text)
    const add = (rule: string, line: number, message: string) => violations.push({ rule, file, line, message })
    if (source.error !== undefined) add('unreadable', 1, source.error)
    if (isPure(file)) for (const { rule, line, message } of impuritiesOf(source)) add(rule, line, message)
    const next = new Set<string>()
    edges.set(file, next)
    for (const reference of referencesOf(source)) {
      references += 1
      const { specifier, line } = reference
      if (specifier === undefined) {
        if (isProduct(file) && !Object.hasOwn(COMPUTED, file))
          add('computed-import', line, 'an import whose target is computed cannot be checked')
        continue
      }
      const target = resolve(tree, packages, file, specifier)
      if (target.kind === 'npm') uses.add(target.name)
      if (target.kind === 'ours' && target.name) uses.add(target.name)
      // Naming a file is not running it at once, so URLs make no cycle.
      if (target.kind === 'ours' && reference.form !== 'url' && isCode(target.path)) next.add(target.path)
      for (const problem of problemsOf(packages, file, reference, specifier, target)) add(problem[0], line, problem[1])
    }
  }
  for (const cycle of cyclesOf(edges))
    violations.push({ rule: 'cycle', file: cycle[0] ?? '', line: 1, message: `circle: ${cycle.join(' → ')}` })
  for (const { folder, dependencies } of packages) {
    if (folder === '') continue
    for (const name of dependencies) {
      if (!used.get(folder)?.has(name))
        violations.push({
          rule: 'unused-dependency',
          file: `${folder}/package.json`,
          line: 1,
          message: `${name} is declared but not imported`,
        })
    }
  }
  return { violations, files, references }
}

/** What is run by people, rather than by those who build it. */
const isProduct = (file: string): boolean => !isTest(file) && !['testing', 'bench'].includes(placeOf(file)?.layer ?? '')

type Problem = readonly [rule: string, message: string]

function problemsOf(
  packages: readonly Package[],
  file: string,
  reference: Reference,
  specifier: string,
  target: Target,
): Problem[] {
  const place = placeOf(file)
  switch (target.kind) {
    case 'nowhere':
      // Data named by a URL may be made by a build.
      return reference.form === 'url' && !isCode(specifier) ? [] : [['unresolved', `${specifier} leads nowhere`]]
    case 'closed':
      return [['deep-import', `${specifier} goes past the door of ${target.name}: import what its index.ts exports`]]
    case 'node':
      return place && !mayUseNode(place, file)
        ? [['node-builtin', `${specifier}: ${place.part} may not use Node; take it through a port or an argument`]]
        : []
    case 'npm':
      return npmProblems(packages, file, place, target.name)
    case 'ours':
      return place ? ourProblems(packages, file, place, reference, specifier, target) : []
  }
}

const mayUseNode = (place: Place, file: string): boolean =>
  ALLOWED[place.layer].node || isTest(file) || isBuildTime(file)

function npmProblems(packages: readonly Package[], file: string, place: Place | undefined, name: string): Problem[] {
  const problems: Problem[] = []
  const home = packageOf(packages, file)
  const root = packages.find(({ folder }) => folder === '')
  const forTests = !isProduct(file) || isBuildTime(file)
  const declared =
    home?.dependencies.has(name) ||
    home?.devDependencies.has(name) ||
    (forTests && (root?.devDependencies.has(name) || packages.some(({ dependencies }) => dependencies.has(name))))
  if (!declared) problems.push(['undeclared-dependency', `${name} is not in ${home?.folder ?? ''}/package.json`])
  const npm = place ? ALLOWED[place.layer].npm : true
  if (place && npm !== true && !npm.includes(name) && !isTest(file))
    problems.push(['npm-package', `${name}: ${place.part} may not use packages from npm`])
  return problems
}

function ourProblems(
  packages: readonly Package[],
  file: string,
  place: Place,
  { form }: Reference,
  specifier: string,
  target: Target & { readonly kind: 'ours' },
): Problem[] {
  const problems: Problem[] = []
  const home = packageOf(packages, file)
  const there = placeOf(target.path)
  const inside = there !== undefined && there.part === place.part
  const shared = !isProduct(file)
  if (target.name !== undefined && target.name !== home?.name) {
    if (!home?.dependencies.has(target.name) && !shared)
      problems.push(['undeclared-dependency', `${target.name} is not in ${home?.folder ?? ''}/package.json`])
  }
  if (isBuildTime(target.path) && !isBuildTime(file) && !shared)
    problems.push(['build-time', `${specifier} is there while building only: ${place.part} may not import it`])
  // A relative path may not leave its part: not even a package's own folders are one part when each has a door. Tests
  // may name a file of another part to run it as a program.
  if (specifier.startsWith('.') && !inside && there !== undefined && !(form === 'url' && shared))
    problems.push(['deep-import', `${specifier} reaches into ${there.part}: import it by its name`])
  if (inside && isCoreFile(file) && !isTest(file) && !coreMayImport(place.part, target.path))
    problems.push(['core-outside', `${specifier}: a core knows its own core and words only`])
  if (inside) return problems
  // Files of the repository itself, such as a script, may be named by tests, never imported.
  if (there === undefined && form === 'url' && shared) return problems
  if (there === undefined) return [...problems, ['layer', `${specifier}: ${place.part} may not import ${target.path}`]]
  const allowed = ALLOWED[place.layer].ours.includes(there.layer) || (isTest(file) && FOR_TESTS.includes(there.layer))
  if (!allowed) problems.push(['layer', `${place.part} may not import ${there.part} (${specifier})`])
  return problems
}

/** What a test may use besides what its part may. Never a module's sibling: strangers stay strangers in tests, too. */
const FOR_TESTS: readonly Layer[] = ['testing', 'contract', 'resolver', 'host', 'capability']

const isCoreFile = (file: string): boolean => /^modules\/[^/]+\/core\//.test(file)
const coreMayImport = (part: string, path: string): boolean =>
  path.startsWith(`${part}/core/`) || path === `${part}/words.ts`
