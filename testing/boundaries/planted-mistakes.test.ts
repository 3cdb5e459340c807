import { describe, expect, test } from 'vitest'
import { checkBoundaries } from './check.ts'
import type { Tree } from './tree.ts'

const manifest = (name: string, dependencies: readonly string[], exports: Readonly<Record<string, string>>) =>
  JSON.stringify({ name, exports, dependencies: Object.fromEntries(dependencies.map(each => [each, '*'])) })

/** A small house without a mistake. Each test plants one. */
const HOUSE: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({ name: 'house', devDependencies: { vitest: '1' } }),
  'kernel/contract/package.json': manifest('@worldloom/contract', ['zod'], { '.': './index.ts' }),
  'kernel/contract/index.ts': "import { z } from 'zod'\nexport const schema = z",
  'capabilities/package.json': manifest('@worldloom/capabilities', ['@worldloom/contract'], { './*': './*/index.ts' }),
  'capabilities/clock/index.ts': "import { schema } from '@worldloom/contract'\nexport const clock = schema",
  'capabilities/chat/index.ts': 'export const chat = 1',
  'capabilities/chat/inner.ts': 'export const inner = 1',
  'modules/song/package.json': manifest('@worldloom/song', ['@worldloom/capabilities'], { '.': './index.ts' }),
  'modules/song/index.ts': "export { song } from './module.ts'",
  'modules/song/module.ts': "import { decide } from './core/decide.ts'\nexport const song = decide",
  'modules/song/words.ts': "import { clock } from '@worldloom/capabilities/clock'\nexport const words = clock",
  'modules/song/core/decide.ts':
    "import type { words } from '../words.ts'\nexport const decide = (w: typeof words) => w",
  'modules/song/song.config.ts': "import 'node:fs'",
  'modules/echo/package.json': manifest('@worldloom/echo', [], { '.': './index.ts' }),
  'modules/echo/index.ts': 'export type Echo = 1\nexport const echo = 1',
  'adapters/disk/package.json': manifest('@worldloom/disk', [], { '.': './index.ts' }),
  'adapters/disk/index.ts': "export { readFileSync } from 'node:fs'",
  'testing/package.json': manifest('@worldloom/testing', [], { '.': './index.ts' }),
  'testing/index.ts': 'export const suite = 1',
  'clients/web/package.json': manifest('@worldloom/web', [], { '.': './index.ts' }),
  'clients/web/index.ts': 'export const web = 1',
  'cli/package.json': manifest('@worldloom/cli', ['@worldloom/disk'], { '.': './index.ts' }),
  'cli/index.ts': "export const disk = () => import('@worldloom/disk')",
}

const plant = (files: Readonly<Record<string, string>>): Tree => new Map(Object.entries({ ...HOUSE, ...files }))
const rulesBroken = (files: Readonly<Record<string, string>>) =>
  [...new Set(checkBoundaries(plant(files)).violations.map(({ rule }) => rule))].sort()

/** A change of the house, adding to a file what is wrong there. */
const adding = (file: string, text: string) => ({ [file]: `${HOUSE[file] ?? ''}\n${text}` })

test('a house without mistakes is clean, and was looked at', () => {
  const report = checkBoundaries(plant({}))
  expect(report.violations).toEqual([])
  expect(report.files).toBe(Object.keys(HOUSE).filter(path => path.endsWith('.ts')).length)
  expect(report.references).toBe(9)
})

describe('who may import whom', () => {
  const echoDeclared = {
    'modules/song/package.json': manifest('@worldloom/song', ['@worldloom/capabilities', '@worldloom/echo'], {
      '.': './index.ts',
    }),
  }
  test.each([
    ['a static import', "import { echo } from '@worldloom/echo'\nexport const e = echo"],
    ['a type-only import', "import type { Echo } from '@worldloom/echo'\nexport type E = Echo"],
    ['an import() type', "export type E = import('@worldloom/echo').Echo"],
    ['a dynamic import', "export const e = () => import('@worldloom/echo')"],
    ['an export from', "export * from '@worldloom/echo'"],
    ['a named export from', "export { echo } from '@worldloom/echo'"],
    ['a require', "declare const require: (name: string) => unknown\nexport const e = require('@worldloom/echo')"],
    ['an import.meta.resolve', "export const e = import.meta.resolve('@worldloom/echo')"],
    ['an import in a template', 'export const e = () => import(`@worldloom/echo`)'],
  ])('a module does not reach a sibling by %s', (_, text) => {
    expect(rulesBroken({ ...echoDeclared, ...adding('modules/song/module.ts', text) })).toEqual(['layer'])
  })

  test.each([
    ['layer', 'capabilities/clock/index.ts', "export type C = typeof import('../chat/index.ts')"],
    ['deep-import', 'capabilities/clock/index.ts', "import '../chat/index.ts'"],
    ['layer', 'kernel/contract/index.ts', "export type C = typeof import('@worldloom/capabilities/clock')"],
    ['layer', 'cli/index.ts', "import '@worldloom/testing'"],
    ['layer', 'cli/index.ts', "import '@worldloom/web'"],
    ['layer', 'modules/song/module.ts', "import type {} from '@worldloom/disk'"],
    ['node-builtin', 'modules/song/module.ts', "import 'node:fs'"],
    ['node-builtin', 'clients/web/index.ts', "import 'node:fs'"],
    ['npm-package', 'modules/song/module.ts', "import 'left-pad'"],
    ['npm-package', 'kernel/contract/index.ts', "import 'left-pad'"],
    ['undeclared-dependency', 'adapters/disk/index.ts', "import 'left-pad'"],
    ['undeclared-dependency', 'cli/index.ts', "import '@worldloom/song'"],
    ['deep-import', 'modules/song/module.ts', "import '../echo/index.ts'"],
    ['deep-import', 'modules/song/module.ts', "import '@worldloom/capabilities/chat/inner'"],
    ['deep-import', 'cli/index.ts', "import '@worldloom/disk/index.ts'"],
    ['deep-import', 'cli/index.ts', "export const worker = new URL('../adapters/disk/index.ts', import.meta.url)"],
    ['unresolved', 'cli/index.ts', "import './missing.ts'"],
    ['unresolved', 'cli/index.ts', "import '@worldloom/nobody'"],
    ['unresolved', 'modules/song/words.ts', "import '@worldloom/capabilities/nobody'"],
    ['computed-import', 'cli/index.ts', 'export const any = (name: string) => import(name)'],
    ['core-outside', 'modules/song/core/decide.ts', "import '../index.ts'"],
    ['cycle', 'modules/song/words.ts', "import type {} from './core/decide.ts'"],
    ['build-time', 'modules/song/module.ts', "import './song.config.ts'"],
    [
      'undeclared-dependency',
      'cli/index.ts',
      "import { createRequire } from 'node:module'\ncreateRequire('').resolve('pad')",
    ],
    [
      'undeclared-dependency',
      'cli/index.ts',
      "export const tool = new URL('../node_modules/pad/run.js', import.meta.url)",
    ],
    ['unreadable', 'cli/index.ts', 'export const = 1'],
  ])('%s is caught in %s: %s', (rule, file, text) => {
    expect(rulesBroken(adding(file, text))).toContain(rule)
  })

  test('a dependency that nobody imports is caught', () => {
    expect(rulesBroken({ 'cli/index.ts': 'export const nothing = 1' })).toEqual(['unused-dependency'])
  })

  test('a violation says where', () => {
    const { violations } = checkBoundaries(plant(adding('cli/index.ts', "\nimport '@worldloom/testing'")))
    expect(violations).toContainEqual(expect.objectContaining({ rule: 'layer', file: 'cli/index.ts', line: 3 }))
  })
})

describe('what tests may', () => {
  test('a test uses test tools, Node and the suites', () => {
    const text = "import 'vitest'\nimport 'node:fs'\nimport '@worldloom/testing'\nimport './decide.ts'"
    expect(rulesBroken({ 'modules/song/core/decide.test.ts': text })).toEqual([])
  })

  test('a test runs another part as a program, but does not import past its door', () => {
    const program = "export const program = new URL('../cli/index.ts', import.meta.url)"
    expect(rulesBroken({ 'testing/program.ts': program })).toEqual([])
    expect(rulesBroken({ 'testing/program.ts': "import '../cli/index.ts'" })).toEqual(['deep-import'])
    const script = { '.ci/run': '', 'testing/program.ts': "export const run = new URL('../.ci/run', import.meta.url)" }
    expect(rulesBroken(script)).toEqual([])
    expect(
      rulesBroken({ ...script, 'cli/run.ts': "export const run = new URL('../.ci/run', import.meta.url)" }),
    ).toContain('layer')
  })

  test('a style sheet uses the packages it takes files from', () => {
    const web = manifest('@worldloom/web', ['@fonts/serif', 'reset'], { '.': './index.ts' })
    const files = { 'clients/web/package.json': web, 'clients/web/fonts.css': '' }
    expect(rulesBroken(files)).toEqual(['unused-dependency'])
    const css = '@import "reset/all.css";\n@font-face { src: url("@fonts/serif/files/a.woff2") }'
    expect(rulesBroken({ ...files, 'clients/web/fonts.css': css })).toEqual([])
  })

  test('a test of a module does not reach a sibling either', () => {
    expect(rulesBroken({ 'modules/song/core/decide.test.ts': "import '@worldloom/echo'" })).toEqual(['layer'])
  })
})

describe('pure code', () => {
  const planted: readonly (readonly [rule: string, text: string])[] = [
    ['pure-clock', 'export const now = () => Date.now()'],
    ['pure-clock', 'export const now = () => new Date()'],
    ['pure-clock', 'export const now = () => performance.now()'],
    ['pure-clock', 'const { now } = Date\nexport { now }'],
    ['pure-chance', 'export const luck = () => Math.random()'],
    ['pure-chance', 'export const id = () => crypto.randomUUID()'],
    ['pure-math', 'export const far = (x: number) => Math.sqrt(x)'],
    ['pure-math', "export const far = (x: number) => Math['sin'](x)"],
    ['pure-math', 'export const { pow } = Math'],
    ['pure-math', 'export const far = (x: number) => x ** 2'],
    ['pure-timer', 'setTimeout(() => 1, 1)'],
    ['pure-timer', 'export const later = { run: setInterval }'],
    ['pure-async', 'export async function wait() {}'],
    ['pure-async', 'export const wait = async () => 1'],
    ['pure-async', 'export const wait = Promise.resolve(1)'],
    ['pure-async', 'await 1'],
    ['pure-locale', "export const order = (a: string) => a.localeCompare('b')"],
    ['pure-locale', 'export const show = (a: number) => a.toLocaleString()'],
    ['pure-locale', 'export const list = new Intl.ListFormat()'],
    ['pure-surroundings', 'export const home = process.env.HOME'],
    ['pure-surroundings', 'export const all = globalThis'],
    ['pure-network', "export const get = () => fetch('x')"],
    ['pure-console', "console.log('x')"],
  ]
  test.each(planted)('%s is caught in a core: %s', (rule, text) => {
    expect(rulesBroken(adding('modules/song/core/decide.ts', text))).toEqual([rule])
  })

  test.each(['capabilities/clock/index.ts', 'kernel/contract/index.ts'])('%s is held to it too', file => {
    expect(rulesBroken(adding(file, 'export const now = Date.now()'))).toEqual(['pure-clock'])
  })

  test.each([
    'export const exact = (x: number) => Math.floor(x) + Math.imul(x, 3) + 2 ** 16',
    'export const own = (process: { readonly at: number }) => process.at',
    'export interface Timer { readonly setTimeout: number; readonly process: Date }',
    "export const said = { console: 1, fetch: 'Date' }",
    'export const field = (o: { readonly performance: number }) => o.performance',
  ])('is left alone when it is: %s', text => {
    expect(rulesBroken(adding('modules/song/core/decide.ts', text))).toEqual([])
  })

  test('is not asked of tests and shells', () => {
    expect(rulesBroken({ 'modules/song/core/x.test.ts': 'export const now = Date.now()' })).toEqual([])
    expect(rulesBroken({ 'modules/song/shell/after.ts': 'export const now = () => Date.now()' })).toEqual([])
  })
})
