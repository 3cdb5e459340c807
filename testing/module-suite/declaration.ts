import {
  type AnyModule,
  type Capability,
  defineCapability,
  defineModule,
  defineWords,
  Misfit,
} from '@worldloom/contract'
import semver from 'semver'
import { type Check, findings, plainTrial, type Subject } from './check.ts'
import { commandsOf, eventsOf, needsOf, queriesOf, slotted } from './declared.ts'
import { trial } from './trial.ts'

/** Names of rules that answer to nothing declared. */
function strays(module: AnyModule): string[] {
  const known: readonly [part: string, rules: object, names: ReadonlySet<string>][] = [
    ['decide', module.decide, new Set(commandsOf(module).keys())],
    ['keys', module.keys, new Set(commandsOf(module).keys())],
    ['query', module.queries, new Set(queriesOf(module).keys())],
    ['evolve', module.evolve, new Set(eventsOf(module).keys())],
    ['before', module.before, new Set([...commandsOf(module).keys(), ...queriesOf(module).keys()])],
    ['views', module.views, new Set(Object.keys(module.words.views))],
    ...(Object.entries(module.views as Readonly<Record<string, object>>).map(
      ([view, rules]) => [`view ${view}`, rules, new Set(eventsOf(module).keys())] as const,
    ) as [string, object, ReadonlySet<string>][]),
  ]
  return known.flatMap(([part, rules, names]) =>
    Object.keys(rules)
      .filter(name => !names.has(name))
      .map(name => `${part} has a rule for "${name}", which is not declared`),
  )
}

function misfits(module: AnyModule): string[] {
  const problems: string[] = []
  const must = (declare: () => unknown) => {
    try {
      declare()
    } catch (error) {
      if (!(error instanceof Misfit)) throw error
      problems.push(error.message)
    }
  }
  must(() => defineModule(module))
  must(() => defineWords(module.words))
  for (const capability of module.words.provides as readonly Capability[]) must(() => defineCapability(capability))
  if (!/^[a-z][a-z0-9-]{0,62}$/.test(module.id)) problems.push(`its id "${module.id}" is not a short name`)
  if (!semver.valid(module.version)) problems.push(`its version "${module.version}" is not a version`)
  if (!Number.isSafeInteger(module.schema) || module.schema < 1) problems.push('its schema is not a number from 1')
  for (const [slot, { capability, range }] of Object.entries(needsOf(module))) {
    if (!semver.satisfies(capability.version, range))
      problems.push(`it needs ${capability.id} ${range} for "${slot}", but is written against ${capability.version}`)
  }
  return problems
}

/** What a module touches of others, besides what it declares: reactions, reads, calls. */
async function touched(subject: Subject): Promise<{ readonly slots: ReadonlySet<string>; readonly unknown: string[] }> {
  const { module } = subject
  const slots = new Set<string>()
  const unknown: string[] = []
  const touch = (name: string, part: 'events' | 'queries' | 'commands') => {
    const [slot, what] = slotted(name)
    slots.add(slot)
    const need = needsOf(module)[slot]
    if (!need) unknown.push(`it touches ${part} of slot "${slot}", which it does not require`)
    else if (!Object.hasOwn(need.capability[part], what))
      unknown.push(`it touches "${what}", which is not among the ${part} of ${need.capability.id}`)
  }
  for (const [slot, rules] of Object.entries(module.reflexes.react ?? {}))
    for (const event of Object.keys(rules as object)) touch(`${slot}/${event}`, 'events')
  const called: string[] = []
  const runs = await trial(module, subject.samples, {
    probe: {
      verdict(_what, verdict) {
        if ('events' in verdict) for (const { slot, command } of verdict.calls ?? []) called.push(`${slot}/${command}`)
      },
    },
  })
  for (const name of called) touch(name, 'commands')
  for (const name of runs.flatMap(({ asks }) => asks)) touch(name, 'queries')
  return { slots, unknown }
}

export const declaration: Check = {
  id: 'MOD-1',
  says: 'its declaration is valid, and it requires what it touches, no more and no less',
  async look(subject) {
    const { module } = subject
    const { slots, unknown } = await touched(subject)
    const idle = Object.keys(needsOf(module)).filter(slot => !slots.has(slot))
    const keyless =
      module.keeping === 'paged'
        ? Object.entries(module.reflexes.react ?? {}).flatMap(([slot, rules]) =>
            Object.keys(rules as object)
              .filter(event => !module.reflexes.reactKeys?.[slot]?.[event])
              .map(event => `it is paged, but does not say which documents its reaction to ${slot}/${event} touches`),
          )
        : []
    return findings([
      ...misfits(module),
      ...strays(module),
      ...unknown,
      ...idle.map(slot => `it requires "${slot}", but no rule or sample touches it`),
      ...keyless,
    ])
  },
}

/** A slot that may be empty. */
const optionalSlots = ({ module }: Subject) =>
  Object.entries(needsOf(module)).flatMap(([slot, { mode }]) => (mode === 'optional' ? [slot] : []))

export const optionalNeeds: Check = {
  id: 'MOD-11',
  says: 'it runs with each of its optional needs unmet',
  inapplicable: subject => (optionalSlots(subject).length === 0 ? 'it has no optional needs' : undefined),
  async look(subject) {
    const known = new Set((await plainTrial(subject)).flatMap(({ defects }) => defects.map(({ message }) => message)))
    const found: string[] = []
    for (const absent of optionalSlots(subject)) {
      for (const { defects } of await trial(subject.module, subject.samples, { absent })) {
        const own = defects.filter(({ message }) => !known.has(message))
        found.push(...own.map(({ message }) => `without "${absent}": ${message}`))
      }
    }
    return findings(found)
  },
}
