/** Parts of the house, by folder. `capability`, `module`, `adapter` and `game` are many; each is a stranger to its like. */
export type Layer =
  | 'contract'
  | 'resolver'
  | 'host'
  | 'capability'
  | 'module'
  | 'adapter'
  | 'game'
  | 'edge'
  | 'cli'
  | 'sdk'
  | 'web'
  | 'testing'
  | 'bench'

export interface Place {
  readonly layer: Layer
  /** The part's own folder, such as `modules/song`. */
  readonly part: string
}

const FOLDERS: readonly (readonly [pattern: RegExp, layer: Layer])[] = [
  [/^kernel\/contract(?=\/)/, 'contract'],
  [/^kernel\/resolver(?=\/)/, 'resolver'],
  [/^kernel\/host(?=\/)/, 'host'],
  [/^capabilities\/[^/]+(?=\/)/, 'capability'],
  [/^modules\/[^/]+(?=\/)/, 'module'],
  [/^adapters\/[^/]+(?=\/)/, 'adapter'],
  [/^games\/[^/]+(?=\/)/, 'game'],
  [/^edge\/[^/]+(?=\/)/, 'edge'],
  [/^cli(?=\/)/, 'cli'],
  [/^clients\/sdk(?=\/)/, 'sdk'],
  [/^clients\/[^/]+(?=\/)/, 'web'],
  [/^testing(?=\/)/, 'testing'],
  [/^bench(?=\/)/, 'bench'],
]

/** Where a file lives, or undefined for files of the repository itself, such as a tool's configuration. */
export function placeOf(path: string): Place | undefined {
  for (const [pattern, layer] of FOLDERS) {
    const part = pattern.exec(path)?.[0]
    if (part !== undefined) return { layer, part }
  }
  return undefined
}

interface Allowance {
  /** Layers it may import, besides its own part. */
  readonly ours: readonly Layer[]
  readonly node: boolean
  /** Packages from npm: any declared one, or only those named. */
  readonly npm: true | readonly string[]
}

const PRODUCT: readonly Layer[] = [
  'contract',
  'resolver',
  'host',
  'capability',
  'module',
  'adapter',
  'game',
  'edge',
  'cli',
  'sdk',
]
const EVERYTHING: readonly Layer[] = [...PRODUCT, 'web', 'testing', 'bench']

/** Who may import whom. */
export const ALLOWED: Readonly<Record<Layer, Allowance>> = {
  contract: { ours: [], node: false, npm: ['zod'] },
  resolver: { ours: ['contract', 'host'], node: false, npm: true },
  host: { ours: ['contract', 'resolver'], node: true, npm: true },
  capability: { ours: ['contract'], node: false, npm: [] },
  module: { ours: ['contract', 'capability'], node: false, npm: [] },
  adapter: { ours: ['contract', 'capability'], node: true, npm: true },
  game: { ours: ['contract', 'capability', 'module'], node: false, npm: [] },
  edge: { ours: PRODUCT, node: true, npm: true },
  cli: { ours: PRODUCT, node: true, npm: true },
  sdk: { ours: ['contract', 'capability'], node: false, npm: true },
  web: { ours: ['contract', 'capability', 'sdk'], node: false, npm: true },
  testing: { ours: EVERYTHING, node: true, npm: true },
  bench: { ours: EVERYTHING, node: true, npm: true },
}

/** Files whose answers must be the same on every machine, for ever. */
export const isPure = (path: string): boolean =>
  /^(kernel\/contract|capabilities|modules\/[^/]+\/core)\//.test(path) && !/\.test\.tsx?$/.test(path)

/** Files that run in Node while something is built or drawn up, never where their part runs. Nothing else imports them. */
export const isBuildTime = (path: string): boolean =>
  /(^|\/)[a-z]+\.config\.ts$/.test(path) || /^games\/[^/]+\/authoring\//.test(path) || BUILD_STEPS.has(path)

/** Steps of a build that a tool's configuration names. */
const BUILD_STEPS: ReadonlySet<string> = new Set(['clients/web/compression.ts'])
