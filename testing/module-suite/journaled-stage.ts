import { type Actor, FAULTS, Fault, worldStep, worldTime } from '@worldloom/contract'
import { JournaledEngine, type Outcome } from '@worldloom/host'
import { ENGINE, type Ground, type Stage, type StageOptions } from './stage.ts'

/** The engine that sample events come from. */
const SOURCE = 'world:suite/source/0'

/** Opens an engine that keeps a journal. */
export async function openJournaled(options: StageOptions): Promise<Stage> {
  const { module, ambient, store, answers, onEvent, onDefect } = options
  let { ground } = options
  let sourcePosition = 0
  const open = () =>
    ambient.drive(
      JournaledEngine.open({
        id: ENGINE,
        host: 'suite',
        module,
        settings: ground.settings,
        object: name => ground.objects[name],
        store,
        ambient,
        targetOf: slot => slot,
        deliver: async (target, command) => {
          const answer = answers[`${target}/${command}`]
          if (answer === undefined) throw new Fault('unavailable', FAULTS.unavailable, 'later')
          return answer as Outcome
        },
        onCommitted: ({ record }) => {
          for (const [type, data] of record.e) onEvent({ type, data, at: record.at })
        },
        onStopped: onDefect,
        onDefect,
      }),
    )
  let engine = await open()

  return {
    get engine() {
      return engine
    },
    command: (name: string, input: unknown, actor: Actor, id: string, before: unknown) =>
      ambient.drive(engine.command(name, input, actor, id, before)),
    async react(name, data) {
      sourcePosition += 1
      const source = { engine: SOURCE, position: sourcePosition }
      await ambient.drive(engine.input({ kind: 'reaction', name, data }, source))
    },
    async pass(ms) {
      await ambient.pass(ms)
      if (!module.reflexes.step) return
      const now = worldStep(worldTime(ground.settings.clock, ambient.now()))
      for (let n = engine.step + 1; n <= now; n++)
        await ambient.drive(engine.input({ kind: 'step', name: '', data: n }))
    },
    async reopen(next?: Ground) {
      await ambient.drive(engine.close())
      ground = next ?? ground
      engine = await open()
    },
    close: () => ambient.drive(engine.close()),
  }
}
