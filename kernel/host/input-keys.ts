import { type AnyModule, type Asked, type CallAnswer, PLATFORM, type State, type Words } from '@worldloom/contract'
import { callsKey } from './answers.ts'
import { type Input, type KeysOfKind, type Read, stateOf } from './decision.ts'
import { ABSENT } from './evolution.ts'
import { checkKeyCount } from './limits.ts'

/**
 * The documents that an input touches, as far as the module can say with those in memory. Throws a Fault
 * (`too-many-keys`) when a command touches more than its module allows.
 */
export function keysOfInput(module: AnyModule, read: Read, keysOfKind: KeysOfKind, input: Input): readonly string[] {
  switch (input.kind) {
    case 'command': {
      const asked: Asked = { input: input.data, actor: input.actor ?? PLATFORM, before: input.before }
      // While asking, a document that is not in memory reads as absent: the rule is asked again once it is.
      const loaded: State<Words> = stateOf(key => read(key) ?? ABSENT, keysOfKind)
      const keys = module.keys[input.name]?.(asked, loaded) ?? []
      checkKeyCount(module, keys)
      return input.caller ? [callsKey(input.caller.engine), ...keys] : keys
    }
    case 'reaction': {
      const [slot = '', event = ''] = input.name.split('/')
      return module.reflexes.reactKeys?.[slot]?.[event]?.(input.data) ?? []
    }
    case 'answer':
      return module.reflexes.answerKeys?.(input.data as CallAnswer) ?? []
    case 'wake':
      return [input.name]
    default:
      return []
  }
}
