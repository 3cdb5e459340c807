import { type AnyModule, type Asked, PLATFORM, type State, type Words } from '@worldloom/contract'
import { type Input, type KeysOfKind, type Read, stateOf } from './decision.ts'
import { ABSENT } from './evolution.ts'

/** The documents that an input touches, as far as the module can say with those in memory. */
export function keysOfInput(module: AnyModule, read: Read, keysOfKind: KeysOfKind, input: Input): readonly string[] {
  switch (input.kind) {
    case 'command': {
      const asked: Asked = { input: input.data, actor: input.actor ?? PLATFORM, before: input.before }
      // While asking, a document that is not in memory reads as absent: the rule is asked again once it is.
      const loaded: State<Words> = stateOf(key => read(key) ?? ABSENT, keysOfKind)
      return module.keys[input.name]?.(asked, loaded) ?? []
    }
    case 'reaction': {
      const [slot = '', event = ''] = input.name.split('/')
      return module.reflexes.reactKeys?.[slot]?.[event]?.(input.data) ?? []
    }
    case 'wake':
      return [input.name]
    default:
      return []
  }
}
