import type { Line } from '@worldloom/capabilities/chat'
import { accept, type Decide, refuse } from '@worldloom/contract'
import type { Community, Standing } from '../words.ts'

export const decide: Decide<Community> = {
  say(_state, { input, actor, before }, step) {
    const { name, zone } = before as Standing
    if (name === null) return refuse('not-here')
    if (input.channel === 'zone' && zone === null) return refuse('nowhere')
    const channel = input.channel === 'zone' ? (`zone:${zone}` as const) : 'world'
    const id = step.newId()
    const line: Line = { id, channel, player: actor.player, name, text: input.text, at: step.at }
    return accept([{ type: 'said', data: line }], { reply: { line: id } })
  },
}
