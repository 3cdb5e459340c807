import { writeFile } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { formatWorldFile, validateWorld } from '@worldloom/capabilities/geography'
import { Fault } from '@worldloom/contract'
import { importTiled, MAP_FILE_BYTES_MAX } from '@worldloom/tiled'
import { type Command, EXIT, Misuse } from '../command.ts'
import { readInput } from '../input-file.ts'
import { table } from '../terminal.ts'
import { count, problemLines, worldLine } from '../world-report.ts'

export const command: Command = {
  help: `worldloom world import FILE [--out FILE] [--id ID] [--name NAME] [--force]

Turns a Tiled map (.tmj or .tmx, orthogonal or isometric) into a World file, lists what could not be carried over,
and checks the result.

  --out FILE   where to write; by default the map's name with .world.json, in this folder
  --id ID      permanent id of the world; by default made from the file's name
  --name NAME  what people see; by default the file's name
  --force      write over a file that is already there`,

  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        id: { type: 'string' },
        name: { type: 'string' },
        force: { type: 'boolean' },
      },
    })
    const [file, ...rest] = positionals
    if (file === undefined || rest.length > 0) throw new Misuse('Name one Tiled map: worldloom world import FILE')
    const plain = basename(file, extname(file))
    const name = values.name ?? plain
    const id = values.id ?? idFrom(plain)
    const folder = dirname(resolve(file))
    const bytes = await readInput(file, MAP_FILE_BYTES_MAX)
    const { world, notes } = await importTiled(bytes, { id, name }, path =>
      readInput(join(folder, path), MAP_FILE_BYTES_MAX),
    )
    const problems = validateWorld(world)
    if (problems.length > 0) {
      for (const line of problemLines(problems, terminal)) terminal.out(line)
      return EXIT.failed
    }
    const out = values.out ?? `${plain}.world.json`
    await write(out, formatWorldFile(world), values.force === true)
    if (notes.length > 0) {
      const [headings = '', ...lines] = table(
        ['note', 'where', 'what'],
        notes.map(note => [note.code, note.where, note.what]),
      )
      terminal.out(terminal.dim(headings))
      for (const line of lines) terminal.out(line)
      terminal.out()
    }
    terminal.out(`${terminal.good('ok')}  ${worldLine(world)}`)
    terminal.out(`    written to ${out}${notes.length > 0 ? `, with ${count(notes.length, 'note')} above` : ''}`)
    return EXIT.done
  },
}

/** An id that is allowed: lower-case letters, digits and dashes. */
const idFrom = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'world'

async function write(path: string, text: string, force: boolean): Promise<void> {
  await writeFile(path, text, { flag: force ? 'w' : 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST')
      throw new Fault(
        'file-exists',
        `${path} is already there. Choose another with --out, or overwrite it with --force.`,
      )
    throw new Fault('file-unwritable', `${path} cannot be written (${error.code ?? error.message}).`, 'never', error)
  })
}
