import { type AnyModule, accept, type Call, type Verdict } from '@worldloom/contract'
import { describe, expect, test } from 'vitest'
import { CHECKS } from './checks.ts'
import { judgeModule } from './run.ts'
import type { Samples } from './samples.ts'
import { tallyModule, tallySamples } from './tally.ts'

/** A module as careless people might write it, and the checks that must find out: these and no others. */
interface Mistake {
  readonly what: string
  readonly module: AnyModule
  readonly samples?: Samples
  readonly caughtBy: readonly string[]
}

const { decide, evolve, reflexes, words, limits } = tallyModule
// biome-ignore lint/suspicious/noExplicitAny: mistakes are exactly what the types would not let pass
type Rule = (...args: any[]) => any
const add = decide.add as Rule

const adding = (rule: Rule): AnyModule => ({ ...tallyModule, decide: { ...decide, add: rule } })
const evolving = (rule: Rule): AnyModule => ({ ...tallyModule, evolve: { ...evolve, added: rule } })
const saying = (changes: object): AnyModule => ({ ...tallyModule, words: { ...words, ...changes } })
const reading = (rule: Rule): AnyModule => ({ ...tallyModule, before: { add: rule } })
/** `add`, with its accepted verdict changed. */
const accepting = (change: (verdict: Extract<Verdict, { events: unknown }>) => object): AnyModule =>
  adding((...args) => {
    const verdict = add(...args)
    return 'events' in verdict ? change(verdict) : verdict
  })

let memory = 0
let shared = 0
const BELL = words.requires.bell

const MISTAKES: readonly Mistake[] = [
  {
    what: 'it requires what it never touches',
    module: saying({ requires: { ...words.requires, spare: BELL } }),
    caughtBy: ['MOD-1'],
  },
  {
    what: 'it reads from a slot that it does not require',
    module: reading(async ask => ({ before: { volume: await ask('choir', 'volume', {}) } })),
    caughtBy: ['MOD-1'],
  },
  {
    what: 'it calls what its need does not offer',
    module: accepting(verdict => ({
      ...verdict,
      calls: [{ slot: 'bell', command: 'break', data: {} } satisfies Call],
    })),
    samples: { ...tallySamples, answers: { 'bell/break': {} } },
    caughtBy: ['MOD-1'],
  },
  {
    what: 'it has a rule for a command that nobody declared',
    module: { ...tallyModule, decide: { ...decide, subtract: add } },
    caughtBy: ['MOD-1'],
  },
  {
    what: 'it has no rule for a command that it declares',
    module: { ...tallyModule, queries: {} },
    samples: { ...tallySamples, inputs: tallySamples.inputs.filter(sample => !('query' in sample)) },
    caughtBy: ['MOD-1'],
  },
  {
    what: 'what it says depends on the order of fields',
    module: accepting(verdict => ({
      ...verdict,
      events: verdict.events.map(({ type, data }) => ({
        type,
        data: { ...(data as object), n: Object.keys(data as object)[0] === 'n' ? 1 : 2 },
      })),
    })),
    caughtBy: ['MOD-2', 'MOD-7'],
  },
  {
    what: 'it remembers between runs',
    module: accepting(verdict => {
      memory += 1
      return { ...verdict, reply: { sum: memory } }
    }),
    caughtBy: ['MOD-2'],
  },
  {
    what: 'it tidies up its input',
    module: adding((state, asked, step) => {
      asked.input.n = Math.trunc(asked.input.n)
      return add(state, asked, step)
    }),
    caughtBy: ['MOD-3'],
  },
  {
    what: 'it sorts a document in its place',
    module: {
      ...tallyModule,
      queries: {
        sum: (state, input) => {
          const tallied = state.get(`tally:${(input as { name: string }).name}`) as { sum: number } | undefined
          if (tallied) tallied.sum += 0
          return tallied?.sum ?? 0
        },
      },
    },
    caughtBy: ['MOD-3'],
  },
  {
    what: 'it looks at the clock, and hides it',
    module: adding((...args) => {
      try {
        Date.now()
      } catch {}
      return add(...args)
    }),
    caughtBy: ['MOD-4'],
  },
  {
    what: 'it throws dice of its own',
    module: adding((...args) => (Math.random() < 0 ? accept([]) : add(...args))),
    caughtBy: ['MOD-4'],
  },
  {
    what: 'its event has a field that no schema knows',
    module: accepting(verdict => ({
      ...verdict,
      events: verdict.events.map(({ type, data }) => ({ type, data: { ...(data as object), extra: true } })),
    })),
    caughtBy: ['MOD-5'],
  },
  {
    what: 'its reply is not what it declares',
    module: accepting(verdict => ({ ...verdict, reply: { sum: 'many' } })),
    caughtBy: ['MOD-5'],
  },
  {
    what: 'its document is not what it declares',
    module: evolving(({ name, n }) => [
      [`tally:${name}`, (tallied?: { sum: number }) => ({ sum: (tallied?.sum ?? 0) + n, name })],
    ]),
    caughtBy: ['MOD-5'],
  },
  {
    what: 'one fold looks at what another has seen',
    module: evolving(data => {
      shared = 0
      return [
        [
          'bells',
          (bells?: { rung: number }) => {
            shared = 1
            return bells ?? { rung: 0 }
          },
        ],
        [
          `tally:${data.name}`,
          (tallied?: { sum: number }) => ({
            sum: (tallied?.sum ?? 0) + data.n + 0 * shared + (shared === 0 ? 1_000 : 0),
          }),
        ],
      ]
    }),
    caughtBy: ['MOD-6'],
  },
  {
    what: 'an event that nothing brings about',
    module: {
      ...saying({ events: { ...words.events, forgotten: words.events.chimed } }),
      evolve: { ...evolve, forgotten: () => [] },
    },
    caughtBy: ['MOD-6'],
  },
  {
    what: 'a refusal that nobody can meet',
    module: saying({ refusals: { ...words.refusals, 'too-late': 'It is too late.' } }),
    caughtBy: ['MOD-7'],
  },
  {
    what: 'a refusal that it never declared',
    module: adding((state, asked, step) => {
      const verdict = add(state, asked, step)
      return 'refused' in verdict ? { refused: 'nope' } : verdict
    }),
    caughtBy: ['MOD-7'],
  },
  {
    what: 'a refusal that leaves its placeholder open',
    module: adding((...args) => {
      const verdict = add(...args)
      return 'refused' in verdict ? { refused: 'too-much' } : verdict
    }),
    caughtBy: ['MOD-7'],
  },
  {
    what: 'a limit that is none',
    module: { ...tallyModule, limits: { ...limits, commandBytesMax: Number.POSITIVE_INFINITY } },
    caughtBy: ['MOD-8'],
  },
  {
    what: 'a reply that is another when it is read back',
    module: accepting(verdict => ({ ...verdict, reply: { sum: -0 } })),
    caughtBy: ['MOD-9'],
  },
  {
    what: 'evolve goes by the order of fields, which no journal keeps',
    module: evolving(data => [
      [`tally:${data.name}`, () => ({ sum: data.n + (Object.keys(data)[0] === 'n' ? 1 : 0) })],
    ]),
    samples: {
      ...tallySamples,
      inputs: tallySamples.inputs.slice(0, 5),
      unreached: { refusals: { 'too-much': 'these samples stop before it' } },
    },
    caughtBy: ['MOD-2', 'MOD-10'],
  },
  {
    what: 'evolve goes by a difference that JSON does not make',
    module: {
      ...accepting(verdict => ({
        ...verdict,
        events: [...verdict.events, { type: 'added', data: { name: 'nothing', n: -0 } }],
      })),
      evolve: {
        ...evolve,
        added: (data, at) =>
          data.name === 'nothing'
            ? [['tally:nothing', () => ({ sum: Object.is(data.n, -0) ? 1 : 2 })]]
            : (evolve.added as Rule)(data, at),
      },
    },
    caughtBy: ['MOD-10'],
  },
  {
    what: 'it takes an optional need for granted',
    module: reading(async ask => ({ before: { volume: ((await ask('bell', 'volume', {})) as number).toFixed() } })),
    caughtBy: ['MOD-11'],
  },
  {
    what: 'it leaves a timer running beside its rules',
    module: reading(async ask => {
      setInterval(() => undefined, 60_000)
      return { before: { volume: await ask('bell', 'volume', {}) } }
    }),
    caughtBy: ['MOD-12'],
  },
  {
    what: 'a paged module that asks for everything',
    module: {
      ...tallyModule,
      keeping: 'paged',
      decide: {
        add: ((state, asked, step) => {
          for (const _ of state.all('tally')) break
          return add(state, asked, step)
        }) as Rule,
      },
    },
    caughtBy: ['MOD-13'],
  },
  {
    what: 'one event for each of a great many',
    module: {
      ...tallyModule,
      reflexes: {
        ...reflexes,
        react: {
          bell: {
            rung: () => accept(Array.from({ length: 1_001 }, () => ({ type: 'chimed', data: { tower: 'north' } }))),
          },
        },
      },
    },
    samples: { ...tallySamples, unreached: { events: { chimed: 'every such input is a runaway' } } },
    caughtBy: ['MOD-13'],
  },
]

const failed = async (module: AnyModule, samples: Samples) =>
  (await judgeModule(module, samples)).filter(({ outcome }) => outcome === 'failed')

describe('the module suite', () => {
  test('finds no fault with a module that has none', async () => {
    expect(await failed(tallyModule, tallySamples)).toEqual([])
    expect(await failed({ ...tallyModule, keeping: 'paged' }, tallySamples)).toEqual([])
  })

  test.each(MISTAKES)('$what: $caughtBy', async ({ module, samples = tallySamples, caughtBy }) => {
    const judgements = await failed(module, samples)
    expect(
      judgements.map(({ check }) => check),
      JSON.stringify(judgements),
    ).toEqual(caughtBy)
  })

  test('every check has a mistake of its own that only it finds', () => {
    const alone = new Set(MISTAKES.filter(({ caughtBy }) => caughtBy.length === 1).flatMap(({ caughtBy }) => caughtBy))
    expect([...alone].sort()).toEqual(CHECKS.map(({ id }) => id).sort())
  })

  test('says why a check means nothing for a module', async () => {
    const judgements = await judgeModule(
      { ...tallyModule, keeping: 'ephemeral', words: { ...words, views: {} }, views: {} },
      { ...tallySamples, inputs: tallySamples.inputs.filter(sample => !('restart' in sample)) },
    )
    expect(judgements.filter(({ outcome }) => outcome !== 'passed')).toEqual(
      ['MOD-9', 'MOD-10'].map(check => ({
        check,
        outcome: 'inapplicable',
        because: 'it is ephemeral: nothing of it is recorded, and no id remembered',
      })),
    )
  })
})
