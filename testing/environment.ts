import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** Where continuous integration runs, a missing program is a failure: nobody would read about the skip. */
const MUST_BE_THERE = process.env.CI === 'true'

/** The part of a test's context that is needed here. */
interface Skippable {
  skip(reason: string): never
}

/** Path of the first of some programs that is installed, on PATH or at a known place. */
export function findProgram(names: readonly string[], places: readonly string[] = []): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(folder => folder !== '')
  const candidates = [...names.flatMap(name => folders.map(folder => join(folder, name))), ...places]
  return candidates.find(isProgram)
}

/** The system's Chromium, or the one at CHROMIUM. Undefined when there is none. */
export const findChromium = (): string | undefined => process.env.CHROMIUM || findProgram(NAMES, PLACES)

/** Chromium for a test that cannot do without: a missing one fails the test when `CI=true`, and skips it otherwise. */
export function needChromium(context: Skippable): string {
  return findChromium() ?? missing(context, 'Chromium is not installed (apt-get install chromium, or set CHROMIUM)')
}

/** Ends a test that lacks something: a failure when `CI=true`, an announced skip otherwise. */
export function missing(context: Skippable, what: string, mustBeThere = MUST_BE_THERE): never {
  if (mustBeThere) throw new Error(`${what}; with CI=true this is a failure`)
  return context.skip(what)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
