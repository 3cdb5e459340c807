import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readTree } from './boundaries/tree.ts'
import { packagesOf } from './boundaries/workspaces.ts'

interface Locked {
  readonly link?: boolean
  readonly resolved?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const lock = JSON.parse(readFileSync(`${ROOT}/package-lock.json`, 'utf8')) as {
  readonly packages: Readonly<Record<string, Locked>>
}
const names = (locked: Locked | undefined, kind: 'dependencies' | 'devDependencies') =>
  Object.keys(locked?.[kind] ?? {}).sort()

test('the lock file knows every package as it is, so that `npm ci` works', () => {
  const packages = packagesOf(readTree(ROOT))
  expect(packages.length).toBeGreaterThan(10)
  const locked = packages.map(({ name, folder }) => [
    name,
    names(lock.packages[folder], 'dependencies'),
    names(lock.packages[folder], 'devDependencies'),
  ])
  const wanted = packages.map(({ name, dependencies, devDependencies }) => [
    name,
    [...dependencies].sort(),
    [...devDependencies].sort(),
  ])
  expect(locked).toEqual(wanted)
})

test('the lock file names no address, so that it works with any registry', () => {
  const addresses = Object.entries(lock.packages).filter(([, { link, resolved }]) => !link && resolved !== undefined)
  expect(addresses).toEqual([])
})
