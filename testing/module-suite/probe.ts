import type { AnyModule, State, Verdict, Words } from '@worldloom/contract'

/** What a check does to a module's rules while it looks on. */
export interface Probe {
  /** Runs a rule. `what` names it, such as `decide join`. */
  readonly run?: <T>(what: string, rule: () => T) => T
  /** Changes what a rule is given: inputs, documents and events, but not the world's objects. */
  readonly given?: <T>(value: T) => T
  /** Told of every verdict. */
  readonly verdict?: (what: string, verdict: Verdict) => void
  /** Told when a rule asks for all documents of a kind. */
  readonly all?: (what: string, kind: string) => void
  /** Runs what is read before a decision or an answer. */
  readonly before?: <T>(what: string, read: () => Promise<T>) => Promise<T>
}

type Rule = (...args: unknown[]) => unknown
type Rules = Readonly<Record<string, Rule>>

/** The same module, each rule of which runs under the probe. */
export function probed(module: AnyModule, probe: Probe): AnyModule {
  const run = <T>(what: string, rule: () => T): T => (probe.run ? probe.run(what, rule) : rule())
  const given = <T>(value: T): T => (probe.given ? probe.given(value) : value)
  const stateOf = (what: string, state: State<Words>): State<Words> => ({
    get: key => given(state.get(key)),
    *all(kind) {
      probe.all?.(what, kind)
      for (const [id, document] of state.all(kind)) yield [id, given(document)] as never
    },
  })
  /** A rule of (state, given, step). */
  const deciding = (what: string, rule: Rule): Rule => {
    return (state, input, ...rest) => {
      const verdict = run(what, () => rule(stateOf(what, state as State<Words>), given(input), ...rest)) as Verdict
      probe.verdict?.(what, verdict)
      return verdict
    }
  }
  const each = (part: string, rules: object, wrap: (what: string, rule: Rule) => Rule): object =>
    Object.fromEntries(Object.entries(rules as Rules).map(([name, rule]) => [name, wrap(`${part} ${name}`, rule)]))
  const nested = (part: string, rules: object, wrap: (what: string, rule: Rule) => Rule): object =>
    Object.fromEntries(Object.entries(rules).map(([name, inner]) => [name, each(`${part} ${name}`, inner, wrap)]))
  const { react, reactKeys, answerKeys, ...reflexes } = module.reflexes
  return {
    ...module,
    decide: each('decide', module.decide, deciding),
    keys: each('keys', module.keys, (what, rule) => {
      return (command, loaded) => run(what, () => rule(given(command), stateOf(what, loaded as State<Words>)))
    }),
    evolve: each('evolve', module.evolve, (what, rule) => {
      return (data, at) => {
        const folds = run(what, () => rule(given(data), at)) as readonly (readonly [string, Rule])[]
        return folds.map(([key, fold]) => [key, (document: unknown) => run(what, () => fold(given(document)))])
      }
    }),
    reflexes: {
      ...each('reflex', reflexes, deciding),
      ...(react && { react: nested('reflex', react, deciding) }),
      ...(reactKeys && {
        reactKeys: nested('keys of', reactKeys, (what, rule) => data => run(what, () => rule(given(data)))),
      }),
      ...(answerKeys && {
        answerKeys: (answer: never) => run('keys of answer', () => answerKeys(given(answer))),
      }),
    },
    queries: each('query', module.queries, (what, rule) => {
      return (state, input, ...rest) =>
        run(what, () => rule(stateOf(what, state as State<Words>), given(input), ...rest))
    }),
    views: nested('view', module.views, (what, rule) => (data, at) => run(what, () => rule(given(data), at))),
    before: each('before', module.before, (what, rule) => {
      return (...args) => {
        const read = () => rule(...args) as Promise<unknown>
        return probe.before ? probe.before(what, read) : read()
      }
    }),
  } as AnyModule
}
