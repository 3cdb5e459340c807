import type { AnyModule, Need, Scope, Words } from '@worldloom/contract'
import { rcompare, satisfies } from 'semver'

/** Which module answers a requirement of another. */
export interface Binding {
  readonly consumer: string
  readonly slot: string
  readonly capability: string
  readonly scope: Scope
  readonly provider: string
  /** Version of the capability that was chosen. */
  readonly version: string
}

/** A requirement that nobody meets, and why each candidate fell out. */
export interface Unmet {
  readonly consumer: string
  readonly slot: string
  readonly capability: string
  readonly range: string
  readonly mode: Need['mode']
  readonly candidates: readonly { readonly provider: string; readonly fellOutBecause: string }[]
}

/** Who is bound to whom. `order` names modules with every provider before its consumers. */
export interface Plan {
  readonly bindings: readonly Binding[]
  readonly unmet: readonly Unmet[]
  readonly order: readonly string[]
  /** Modules that wait for one another in a circle, in order. Empty when there is none. */
  readonly cycle: readonly string[]
}

/**
 * Binds every requirement of a list of modules to a provider: same scope, satisfying version and features; the highest
 * version wins, then the module name. Pure: the order of the list never matters.
 */
export function resolve(modules: readonly AnyModule[]): Plan {
  const sorted = [...modules].sort((a, b) => compare(a.id, b.id))
  const bindings: Binding[] = []
  const unmet: Unmet[] = []
  for (const consumer of sorted) {
    for (const [slot, need] of Object.entries(consumer.words.requires as Words['requires']).sort((a, b) =>
      compare(a[0], b[0]),
    )) {
      const candidates = sorted.flatMap(provider => offersOf(provider, need))
      const fitting = candidates
        .filter(({ provider, version }) => whyNot(consumer, provider, need, version) === undefined)
        .sort((a, b) => rcompare(a.version, b.version) || compare(a.provider.id, b.provider.id))
      const [best] = fitting
      const { id: capability, scope } = need.capability
      if (best)
        bindings.push({
          consumer: consumer.id,
          slot,
          capability,
          scope,
          provider: best.provider.id,
          version: best.version,
        })
      else {
        unmet.push({
          consumer: consumer.id,
          slot,
          capability,
          range: need.range,
          mode: need.mode,
          candidates: candidates.map(({ provider, version }) => ({
            provider: provider.id,
            fellOutBecause: whyNot(consumer, provider, need, version) ?? '',
          })),
        })
      }
    }
  }
  return { bindings, unmet, ...inOrder(sorted, bindings) }
}

interface Offer {
  readonly provider: AnyModule
  readonly version: string
}

const offersOf = (provider: AnyModule, need: Need): Offer[] =>
  (provider.words.provides as Words['provides'])
    .filter(offered => offered.id === need.capability.id)
    .map(offered => ({ provider, version: offered.version }))

function whyNot(consumer: AnyModule, provider: AnyModule, need: Need, version: string): string | undefined {
  const offered = (provider.words.provides as Words['provides']).find(
    one => one.id === need.capability.id && one.version === version,
  )
  if (!offered) return 'it does not offer the capability'
  if (provider.id === consumer.id) return 'a module does not satisfy itself'
  if (offered.scope !== need.capability.scope)
    return `its scope is ${offered.scope}, needed is ${need.capability.scope}`
  if (!satisfies(version, need.range)) return `its version ${version} is not in ${need.range}`
  const lacking = need.features.filter(feature => !offered.features.includes(feature))
  if (lacking.length > 0) return `it lacks ${lacking.join(', ')}`
  return undefined
}

/** Providers before consumers, by name where free. Optional requirements do not hold anybody up. */
function inOrder(modules: readonly AnyModule[], bindings: readonly Binding[]): Pick<Plan, 'order' | 'cycle'> {
  const order: string[] = []
  const path: string[] = []
  let cycle: readonly string[] = []
  const visit = (id: string) => {
    if (order.includes(id)) return
    if (path.includes(id)) {
      if (cycle.length === 0) cycle = [...path.slice(path.indexOf(id)), id]
      return
    }
    path.push(id)
    const requires: Words['requires'] = modules.find(one => one.id === id)?.words.requires ?? {}
    for (const { consumer, slot, provider } of bindings) {
      if (consumer === id && requires[slot]?.mode === 'required') visit(provider)
    }
    path.pop()
    order.push(id)
  }
  for (const { id } of modules) visit(id)
  return { order, cycle }
}

/** Code-unit order: the same on every machine, unlike `localeCompare`. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
