import { EphemeralEngine } from '@worldloom/host'
import { slotted } from './declared.ts'
import { ENGINE, type Ground, type Stage, type StageOptions } from './stage.ts'

/** Starts an engine that lives in memory only. */
export function openEphemeral(options: StageOptions): Stage {
  const { module, ambient, onEvent, onDefect } = options
  let { ground } = options
  let epoch = 0
  const open = () => {
    const engine = new EphemeralEngine({
      id: ENGINE,
      module,
      settings: ground.settings,
      object: name => ground.objects[name],
      ambient,
      onEvent: ({ type, data }) => onEvent({ type, data, at: ambient.now() }),
      onDefect,
    })
    epoch += 1
    engine.start(epoch)
    return engine
  }
  let engine = open()

  return {
    get engine() {
      return engine
    },
    command: async (name, input, actor, _id, before) => engine.command(name, input, actor, before),
    async react(name, data) {
      const [slot, event] = slotted(name)
      engine.reactor(slot, event)?.(data)
    },
    pass: ms => ambient.pass(ms),
    async reopen(next?: Ground) {
      if (next) {
        // Another map reaches whoever is here; a restart would have sent them away.
        ground = next
        engine.input({ kind: 'settings', name: '', data: ground.settings })
        return
      }
      engine.stop()
      engine = open()
    },
    close: async () => engine.stop(),
  }
}
