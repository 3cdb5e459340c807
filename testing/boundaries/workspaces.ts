import { posix } from 'node:path'
import type { Tree } from './tree.ts'

export interface Package {
  readonly name: string
  readonly folder: string
  readonly exports: Readonly<Record<string, string>>
  readonly dependencies: ReadonlySet<string>
  readonly devDependencies: ReadonlySet<string>
}

/** Where a specifier leads. */
export type Target =
  | { readonly kind: 'ours'; readonly path: string; readonly name?: string }
  | { readonly kind: 'node'; readonly name: string }
  | { readonly kind: 'npm'; readonly name: string }
  | { readonly kind: 'closed'; readonly name: string }
  | { readonly kind: 'nowhere' }

interface Manifest {
  readonly name: string
  readonly exports?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

/** The packages of a tree, nearest folder last: the repository's own comes first. */
export function packagesOf(tree: Tree): Package[] {
  const packages: Package[] = []
  for (const [path, text] of tree) {
    if (posix.basename(path) !== 'package.json') continue
    const manifest = JSON.parse(text) as Manifest
    packages.push({
      name: manifest.name,
      folder: path === 'package.json' ? '' : posix.dirname(path),
      exports: manifest.exports ?? {},
      dependencies: new Set(Object.keys(manifest.dependencies ?? {})),
      devDependencies: new Set(Object.keys(manifest.devDependencies ?? {})),
    })
  }
  return packages.sort((a, b) => a.folder.length - b.folder.length)
}

export const packageOf = (packages: readonly Package[], path: string): Package | undefined =>
  packages.findLast(({ folder }) => folder === '' || path.startsWith(`${folder}/`))

/** Follows a specifier as Node does: relative paths, doors of workspaces (`exports`), built-ins, packages. */
export function resolve(tree: Tree, packages: readonly Package[], from: string, specifier: string): Target {
  const plain = specifier.replace(/[?#].*$/, '').replace(/^[./]*\/node_modules\//, '')
  if (plain.startsWith('.')) {
    const path = posix.normalize(posix.join(posix.dirname(from), plain))
    const folder = plain.endsWith('/') && [...tree.keys()].some(file => file.startsWith(path))
    return tree.has(path) || folder ? { kind: 'ours', path } : { kind: 'nowhere' }
  }
  if (plain.startsWith('node:')) return { kind: 'node', name: plain }
  const name = plain.split('/', plain.startsWith('@') ? 2 : 1).join('/')
  const home = packages.find(candidate => candidate.folder !== '' && candidate.name === name)
  if (!home) return name.startsWith('@worldloom/') ? { kind: 'nowhere' } : { kind: 'npm', name }
  const door = exportOf(home, `.${plain.slice(name.length)}`)
  if (door === undefined) return { kind: 'closed', name }
  const path = posix.join(home.folder, door)
  return tree.has(path) ? { kind: 'ours', path, name } : { kind: 'nowhere' }
}

/** The file behind a subpath: an exact one, or a pattern with `*`. A `*` stands for one folder name, never for a path. */
function exportOf({ exports }: Package, subpath: string): string | undefined {
  if (Object.hasOwn(exports, subpath)) return exports[subpath]
  for (const [pattern, file] of Object.entries(exports)) {
    const [before, after] = pattern.split('*')
    if (before === undefined || after === undefined) continue
    if (!subpath.startsWith(before) || !subpath.endsWith(after)) continue
    const middle = subpath.slice(before.length, subpath.length - after.length)
    if (middle !== '' && !middle.includes('/')) return file.replaceAll('*', middle)
  }
  return undefined
}
