import {
  accept,
  command,
  defineCapability,
  defineModule,
  defineWords,
  event,
  idSchema,
  refuse,
  view,
  z,
} from '@worldloom/contract'

const noteSchema = z.string().max(40)
const alarmSchema = z.strictObject({ alarm: idSchema, inMs: z.int().min(0), times: z.int().min(1), note: noteSchema })

/** Alarms that ring at their time, some of them several times. */
export const alarming = defineCapability({
  id: 'trial.alarms',
  version: '1.0.0',
  scope: 'world',
  commands: {
    set: command({ input: alarmSchema, roles: [] }),
    move: command({ input: z.strictObject({ alarm: idSchema, inMs: z.int(), note: noteSchema }), roles: [] }),
    clear: command({ input: z.strictObject({ alarm: idSchema }), roles: [] }),
  },
  events: {
    set: event({ data: alarmSchema, audience: 'none' }),
    moved: event({ data: z.strictObject({ alarm: idSchema, note: noteSchema }), audience: 'none' }),
    cleared: event({ data: z.strictObject({ alarm: idSchema }), audience: 'none' }),
    rang: event({ data: z.strictObject({ alarm: idSchema, left: z.int(), at: z.int() }), audience: 'none' }),
  },
})

const words = defineWords({
  provides: [alarming],
  requires: {},
  documents: { alarm: z.strictObject({ left: z.int(), everyMs: z.int() }) },
  events: {},
  refusals: { 'no-alarm': 'There is no such alarm.', 'set-already': 'This alarm is set already.' },
  views: {
    /** Notes are not checked for what a database can keep: that is how a commit is poisoned. */
    notes: view({
      columns: { alarm: 'text', note: 'text', rings: 'integer', at: 'time' },
      key: ['alarm'],
      indexes: [['at']],
      rowsMax: 10_000,
    }),
  },
  settings: z.strictObject({}),
})

/** Sets timers, and throws when one rings that is not set. Its documents are gone once they have rung for good. */
export const alarms = defineModule({
  id: 'alarms',
  version: '1.0.0',
  schema: 1,
  keeping: 'paged',
  words,
  keys: {
    set: ({ input }) => [`alarm:${input.alarm}`],
    move: ({ input }) => [`alarm:${input.alarm}`],
    clear: ({ input }) => [`alarm:${input.alarm}`],
  },
  decide: {
    set(state, { input }, step) {
      const key = `alarm:${input.alarm}` as const
      if (state.get(key)) return refuse('set-already')
      return accept([{ type: 'set', data: input }], { wakes: [{ key, at: step.at + input.inMs }] })
    },
    move(state, { input }, step) {
      const key = `alarm:${input.alarm}` as const
      if (!state.get(key)) return refuse('no-alarm')
      const { alarm, note } = input
      return accept([{ type: 'moved', data: { alarm, note } }], { wakes: [{ key, at: step.at + input.inMs }] })
    },
    clear(state, { input }) {
      const key = `alarm:${input.alarm}` as const
      if (!state.get(key)) return refuse('no-alarm')
      return accept([{ type: 'cleared', data: input }], { wakes: [{ key, at: null }] })
    },
  },
  reflexes: {
    wake(state, key, step) {
      const known = state.get(key)
      if (!known) throw new Error(`${key} rang though it is not set`)
      const left = known.left - 1
      const rang = { type: 'rang', data: { alarm: key.slice('alarm:'.length), left, at: step.at } } as const
      return accept([rang], { wakes: left > 0 ? [{ key, at: step.at + known.everyMs }] : [] })
    },
  },
  evolve: {
    set: ({ alarm, inMs, times }) => [[`alarm:${alarm}`, () => ({ left: times, everyMs: inMs })]],
    moved: () => [],
    cleared: ({ alarm }) => [[`alarm:${alarm}`, () => null]],
    rang: ({ alarm, left }) => [[`alarm:${alarm}`, known => (left > 0 && known ? { ...known, left } : null)]],
  },
  views: {
    notes: {
      set: ({ alarm, note, times }, at) => [{ put: { alarm, note, rings: times, at } }],
      moved: ({ alarm, note }, at) => [{ patch: { alarm, note, at } }],
      cleared: ({ alarm }) => [{ drop: { alarm } }],
      rang: ({ alarm, left }, at) => [{ patch: { alarm, rings: left, at } }],
    },
  },
})
