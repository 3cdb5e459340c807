import { parseArgs } from 'node:util'
import { readWorldFile, WORLD_FILE_BYTES_MAX } from '@worldloom/capabilities/geography'
import { type Command, EXIT, Misuse } from '../command.ts'
import { readInput } from '../input-file.ts'
import { problemLines, worldLine } from '../world-report.ts'

export const command: Command = {
  help: `worldloom world check FILE

Checks a World file: its form, its bounds, and every rule of geography. Lists all problems with their place and
what to do about each. Exit code 0 when a world can be made of it, 1 when not.`,

  async run(args, terminal) {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} })
    const [file, ...rest] = positionals
    if (file === undefined || rest.length > 0) throw new Misuse('Name one World file: worldloom world check FILE')
    const { world, problems } = readWorldFile((await readInput(file, WORLD_FILE_BYTES_MAX)).toString('utf8'))
    if (world) {
      terminal.out(`${terminal.good('ok')}  ${worldLine(world)}`)
      return EXIT.done
    }
    for (const line of problemLines(problems, terminal)) terminal.out(line)
    return EXIT.failed
  },
}
