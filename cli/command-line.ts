import { type Command, EXIT, Misuse } from './command.ts'
import { explainFailure } from './failure.ts'
import { suggestion } from './suggestion.ts'
import type { Terminal } from './terminal.ts'

interface Entry {
  readonly name: string
  readonly summary: string
  readonly load: () => Promise<{ readonly command: Command }>
}

/** Loaded when called, so that `--help` does not wait for the whole platform. */
const COMMANDS: readonly Entry[] = [
  { name: 'start', summary: 'run a game on this machine', load: () => import('./commands/start.ts') },
  {
    name: 'world import',
    summary: 'turn a Tiled map (.tmj, .tmx) into a World file',
    load: () => import('./commands/world-import.ts'),
  },
  {
    name: 'world check',
    summary: 'check a World file against every rule',
    load: () => import('./commands/world-check.ts'),
  },
]

/** Oldest Node that has what we use. The one that `npm ci` installs is newer. */
const NODE_MAJOR_MIN = 26

/** Runs one command line and returns its exit code. Never throws: everything that fails is told on the terminal. */
export async function commandLine(words: readonly string[], terminal: Terminal): Promise<number> {
  try {
    if (Number.parseInt(process.versions.node, 10) < NODE_MAJOR_MIN)
      throw new Misuse(
        `This is Node ${process.versions.node}; Worldloom runs on Node ${NODE_MAJOR_MIN}, which \`npm ci\` installs. Type \`npm start\`, or \`npm run worldloom -- …\`.`,
      )
    if (words.length === 0 || words[0] === 'help' || words[0] === '--help' || words[0] === '-h') {
      for (const line of overview()) terminal.out(line)
      return EXIT.done
    }
    const entry = COMMANDS.find(({ name }) => name.split(' ').every((part, index) => words[index] === part))
    if (!entry) throw unknown(words)
    const { command } = await entry.load()
    const rest = words.slice(entry.name.split(' ').length)
    if (rest.includes('--help') || rest.includes('-h')) {
      terminal.out(command.help)
      return EXIT.done
    }
    return await command.run(rest, terminal)
  } catch (error) {
    const { sentence, exitCode, trace } = explainFailure(error)
    terminal.error(terminal.bad(sentence))
    if (trace) terminal.error(trace)
    return exitCode
  }
}

function overview(): string[] {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length))
  return [
    'worldloom: persistent, shared, real-time worlds on your own machine',
    '',
    ...COMMANDS.map(({ name, summary }) => `  worldloom ${name.padEnd(width)}  ${summary}`),
    '',
    'worldloom COMMAND --help tells what it takes.',
  ]
}

function unknown(words: readonly string[]): Misuse {
  const names = COMMANDS.map(({ name }) => name)
  const said = words.filter(word => !word.startsWith('-')).slice(0, 2)
  const group = names.filter(name => name.startsWith(`${said[0]} `))
  const meant = suggestion(said.join(' '), names) ?? suggestion(said[0] ?? '', names)
  const hint = meant
    ? `Did you mean \`worldloom ${meant}\`?`
    : group.length > 0
      ? `There is ${group.map(name => `\`worldloom ${name}\``).join(' and ')}.`
      : '`worldloom --help` lists them all.'
  return new Misuse(`There is no command \`worldloom ${said.join(' ') || words[0]}\`. ${hint}`)
}
