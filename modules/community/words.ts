import { chat } from '@worldloom/capabilities/chat'
import { movement } from '@worldloom/capabilities/movement'
import { sessions } from '@worldloom/capabilities/sessions'
import { defineWords, optional, required, view, z } from '@worldloom/contract'

/** Lines kept per world. */
export const LINES_MAX = 50_000

export const words = defineWords({
  provides: [chat],
  requires: {
    sessions: required(sessions, '^1.0.0'),
    movement: optional(movement, '^1.0.0'),
  },
  documents: {},
  events: {},
  refusals: {
    'not-here': 'You have to be in the world to be heard there.',
    nowhere: 'You are not in any place where others could hear you. Say it to the whole world instead.',
  },
  views: {
    lines: view({
      columns: { id: 'text', channel: 'text', player: 'text', name: 'text', text: 'text', at: 'time' },
      key: ['id'],
      indexes: [['channel', 'at']],
      rowsMax: LINES_MAX,
    }),
  },
  settings: z.strictObject({}),
})

export type Community = typeof words

/** What is read before a line is said or a history shown: who asks, and where they stand. */
export interface Standing {
  readonly name: string | null
  readonly zone: string | null
}
