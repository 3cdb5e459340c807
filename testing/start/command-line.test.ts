import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { commandLine, createTerminal } from '@worldloom/cli'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const PROGRAM = join(ROOT, 'cli/worldloom.js')

interface Ended {
  readonly code: number
  readonly out: string
  readonly error: string
}

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'worldloom-command-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Runs a command line in this process. */
async function worldloom(...words: readonly string[]): Promise<Ended> {
  const out: string[] = []
  const error: string[] = []
  const into = (lines: string[]) => ({ write: (text: string) => lines.push(text) > 0 })
  const code = await commandLine(words, createTerminal(into(out), into(error), {}))
  return { code, out: out.join(''), error: error.join('') }
}

/** Runs it as a person would, as a program. */
const program = (args: readonly string[], env: NodeJS.ProcessEnv = {}, node = process.execPath): Promise<Ended> =>
  new Promise(resolve => {
    const options = { cwd: folder, env: { ...process.env, DATABASE_URL: '', ...env }, timeout: 20_000 }
    execFile(node, [PROGRAM, ...args], options, (error, out, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, error: stderr }),
    )
  })

/** A failure is one sentence on stderr, nothing else, and no trace of the program's insides. */
const expectSentence = (ended: Ended, code: number, sentence: string | RegExp) => {
  expect(ended.error).toMatch(sentence)
  expect(ended.error.trimEnd().split('\n')).toHaveLength(1)
  expect(ended.code).toBe(code)
}

describe('without a command, or a known one', () => {
  test.each([[[]], [['--help']], [['help']]])('%j lists the commands', async args => {
    const { code, out } = await worldloom(...args)
    expect(code).toBe(0)
    for (const name of ['start', 'world import', 'world check']) expect(out).toContain(`worldloom ${name}`)
  })

  test.each([
    [['strat'], 'Did you mean `worldloom start`?'],
    [['world', 'improt', 'x.tmj'], 'Did you mean `worldloom world import`?'],
    [['world'], 'There is `worldloom world import` and `worldloom world check`.'],
    [['harmony'], '`worldloom --help` lists them all.'],
  ])('%j is answered with what there is', async (args, hint) => {
    expectSentence(await worldloom(...args), 2, hint)
  })

  test.each(['start', 'world import', 'world check'])('%s tells what it takes', async name => {
    const { code, out } = await worldloom(...name.split(' '), '--help')
    expect(code).toBe(0)
    expect(out).toContain(`worldloom ${name}`)
  })
})

describe('start refuses, in one sentence', () => {
  test.each([
    [['--prot', '1'], "Unknown option '--prot'."],
    [['--port', 'eighty'], '"eighty" is no port.'],
    [['--port', '70000'], '"70000" is no port.'],
    [['--game', 'song-of-creaton'], 'Did you mean "song-of-creation"?'],
    [['--game', 'x'], 'There are song-of-creation and devtest.'],
  ])('%j', async (args, sentence) => {
    expectSentence(await worldloom('start', ...args), 2, sentence)
  })

  test('a PORT that is none', async () => {
    expectSentence(await program(['start'], { PORT: '-1' }), 2, '"-1" is no port.')
  })

  test('a data folder with a file in the way', async () => {
    await writeFile(join(folder, 'in-the-way'), '')
    const ended = await program(['start'], { WORLDLOOM_DATA: join(folder, 'in-the-way') })
    expectSentence(ended, 1, /a file is in the way.*WORLDLOOM_DATA.*\[no-permission\]/)
  })
})

describe('world check', () => {
  const SAMPLE = join(ROOT, 'games/devtest/worlds/devtest.json')

  test('says yes to a world of ours, and how large it is', async () => {
    const { code, out } = await worldloom('world', 'check', SAMPLE)
    expect(out).toMatch(/^ok {2}.*tiles, .*regions?, /)
    expect(code).toBe(0)
  })

  test('lists what is wrong, where, and what to do', async () => {
    const world = JSON.parse(await readFile(SAMPLE, 'utf8')) as { spawnPoints: unknown[] }
    await writeFile(join(folder, 'no-spawn.json'), JSON.stringify({ ...world, spawnPoints: [] }))
    const { code, out } = await worldloom('world', 'check', join(folder, 'no-spawn.json'))
    expect(out).toMatch(/spawn-missing .*Add a spawn point/)
    expect(code).toBe(1)
  })

  test('a file that is none is told in one sentence', async () => {
    expectSentence(await worldloom('world', 'check', 'nowhere.json'), 1, 'There is no file nowhere.json.')
    expectSentence(await worldloom('world', 'check', '.'), 1, /cannot be read.*\[file-unreadable\]/)
    expectSentence(await worldloom('world', 'check'), 2, 'Name one World file')
  })
})

test('an older Node hands over to the one that came along', async ({ skip }) => {
  const path = (process.env.PATH ?? '').split(':').filter(part => !part.includes('node_modules'))
  const { stdout } = spawnSync('node', ['-p', 'process.execPath'], { encoding: 'utf8', env: { PATH: path.join(':') } })
  const node = stdout?.trim()
  if (!node) return skip('there is no other Node on this machine')
  const version = spawnSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout
  if (Number.parseInt(version, 10) >= 26) return skip('the other Node of this machine is not older')
  const { code, out } = await program(['--help'], {}, node)
  expect(out).toContain('worldloom start')
  expect(code).toBe(0)
  expectSentence(await program(['strat'], {}, node), 2, 'Did you mean')
})

describe('world import', () => {
  /** A map of 8 × 8 tiles as Tiled writes it: grass, with a pond of which nothing says that it stops people. */
  const map = {
    type: 'map',
    version: '1.10',
    orientation: 'orthogonal',
    width: 8,
    height: 8,
    tilewidth: 32,
    tileheight: 32,
    infinite: false,
    layers: [
      {
        id: 1,
        type: 'tilelayer',
        name: 'grass',
        width: 8,
        height: 8,
        data: Array(64).fill(1),
        visible: true,
        opacity: 1,
        x: 0,
        y: 0,
      },
    ],
    tilesets: [{ firstgid: 1, source: 'missing.tsj' }],
  }

  test('writes a World file that passes every rule, and lists what was lost', async () => {
    await writeFile(join(folder, 'Small Pond.tmj'), JSON.stringify(map))
    const out = join(folder, 'pond.json')
    const imported = await worldloom('world', 'import', join(folder, 'Small Pond.tmj'), '--out', out)
    expect(imported.error).toBe('')
    expect(imported.out).toMatch(/tileset-missing .*missing\.tsj/)
    expect(imported.out).toContain('Small Pond (small-pond), 8 × 8 tiles')
    expect(imported.code).toBe(0)
    expect((await worldloom('world', 'check', out)).code).toBe(0)
    expectSentence(
      await worldloom('world', 'import', join(folder, 'Small Pond.tmj'), '--out', out),
      1,
      /already there.*--force.*\[file-exists\]/,
    )
  })

  test('a file that is no map, has no end or is not there is told in one sentence', async () => {
    await writeFile(join(folder, 'note.tmj'), 'no map')
    expectSentence(await worldloom('world', 'import', join(folder, 'note.tmj')), 1, /neither Tiled JSON nor Tiled XML/)
    expectSentence(await worldloom('world', 'import', '/dev/zero'), 1, /larger than 32 MiB.*\[file-too-large\]/)
    expectSentence(await worldloom('world', 'import', 'nowhere.tmj'), 1, 'There is no file nowhere.tmj.')
    expectSentence(await worldloom('world', 'import'), 2, 'Name one Tiled map')
  })
})
