import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Files of a repository by path from its root, with `/`. Only code and package files carry their text. */
export type Tree = ReadonlyMap<string, string>

/** Made or fetched things: nobody's source. */
const IGNORED = new Set(['node_modules', 'dist', '.git', '.worldloom', 'test-results'])

export const isCode = (path: string): boolean => /\.[cm]?[jt]sx?$/.test(path)
export const isStyle = (path: string): boolean => path.endsWith('.css')
export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path)

/** Reads a repository from disk. */
export function readTree(root: string): Tree {
  const tree = new Map<string, string>()
  const visit = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (IGNORED.has(entry.name)) continue
      if (entry.isDirectory()) visit(path)
      else if (entry.isFile())
        tree.set(
          path,
          isCode(path) || isStyle(path) || entry.name === 'package.json' ? readFileSync(join(root, path), 'utf8') : '',
        )
    }
  }
  visit('')
  return tree
}
