import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { HOST_DEFAULT, PORT_DEFAULT } from '../addresses.ts'
import { type Command, EXIT, Misuse } from '../command.ts'
import { crashSignal } from '../crash-signal.ts'
import { openDataFolder } from '../data-folder.ts'
import { GAME_DEFAULT, GAME_IDS, loadGame } from '../games.ts'
import { showProgress } from '../progress.ts'
import type { Server } from '../server.ts'
import { openServerLog } from '../server-log.ts'
import { stopSignal } from '../stop-signal.ts'
import type { Terminal } from '../terminal.ts'

const PORT_MAX = 65_535

export const command: Command = {
  help: `worldloom start [--game GAME] [--port PORT] [--host ADDRESS] [--verbose]

Runs a game in one process, with a PostgreSQL of its own. Builds the Client when its sources have changed.

  --game GAME      ${GAME_IDS.join(' or ')}; by default ${GAME_DEFAULT}
  --port PORT      by default PORT from the environment, or ${PORT_DEFAULT}; 0 takes a free one
  --host ADDRESS   by default all of this machine's; 127.0.0.1 keeps it to yourself
  --verbose        show the log, which otherwise goes to server.log in the data folder

Environment: PORT; WORLDLOOM_DATA, the data folder (.worldloom where the command runs); DATABASE_URL, a PostgreSQL
to use instead of the embedded one. Ctrl-C stops it cleanly.`,

  async run(args, terminal) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        game: { type: 'string', default: GAME_DEFAULT },
        port: { type: 'string', default: process.env.PORT || String(PORT_DEFAULT) },
        host: { type: 'string', default: HOST_DEFAULT },
        verbose: { type: 'boolean', default: false },
      },
    })
    const port = parsePort(values.port)
    const game = await loadGame(values.game)
    const folder = await openDataFolder(process.env, process.cwd())
    const log = openServerLog(folder.log, values.verbose ? process.stdout : undefined)
    const stop = stopSignal()
    const { crashed, release } = crashSignal()
    try {
      terminal.out(terminal.bold(game.title))
      // Loaded only now: what the person typed is answered first.
      const { startServer } = await import('../server.ts')
      const starting = startServer({
        game,
        folder,
        databaseUrl: process.env.DATABASE_URL || undefined,
        host: values.host,
        port,
        logger: log.logger,
        progress: showProgress(terminal),
        stop: stop.asked,
      })
      const server = await Promise.race([starting, crashed])
      await serve(server, stop.asked, crashed, terminal)
      return EXIT.done
    } catch (error) {
      if (stop.asked.aborted) {
        terminal.out('\n  Stopped before it was up.')
        return EXIT.done
      }
      log.logger.fatal({ err: error }, 'the server ended')
      throw error
    } finally {
      release()
      stop.release()
      log.close()
    }
  },
}

async function serve(server: Server, stop: AbortSignal, crashed: Promise<never>, terminal: Terminal): Promise<void> {
  try {
    if (server.others.length > 0) terminal.out(`\n  For others in your network: ${server.others.join('  ')}`)
    terminal.out(`\n  Open ${terminal.bold(server.own)}`)
    if (!stop.aborted) await Promise.race([once(stop, 'abort'), server.lost, crashed])
    terminal.out('\n  Stopping …')
  } finally {
    await server.close()
  }
  terminal.out('  Stopped. Everything is kept.')
}

function parsePort(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= PORT_MAX) return port
  throw new Misuse(`"${text}" is no port. Give a number from 1 to ${PORT_MAX}, or 0 for any free one.`)
}
