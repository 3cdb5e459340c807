import { Defect } from '@worldloom/contract'
import { CALLS_ON_THE_WAY_MAX, type Caller } from './courier.ts'
import type { Cell } from './document-memory.ts'
import type { Outcome } from './running-world.ts'

/** Where an engine keeps the answers it gave to a caller's latest calls. No module may declare this kind. */
export const callsKey = (caller: string): string => `$calls:${caller}`

/** The latest answers to one caller, by the calls' places, lowest first. */
interface Answered {
  readonly done: readonly (readonly [place: number, reply: unknown])[]
}

/** The document with one more answer in it, and the oldest forgotten when there are enough. */
export function withAnswer(data: unknown, place: number, reply: unknown): Answered {
  const earlier = (data as Answered | null)?.done ?? []
  const done = [...earlier, [place, reply ?? null] as const].sort((a, b) => a[0] - b[0])
  return { done: done.slice(-CALLS_ON_THE_WAY_MAX) }
}

/** What a call was answered before; undefined when it is new. Throws a Defect when that cannot be told any more. */
export function givenAnswer(cell: Cell | undefined, { engine, place }: Caller): Outcome | undefined {
  const done = (cell?.data as Answered | null | undefined)?.done ?? []
  const given = done.find(one => one[0] === place)
  if (given) return given[1] === null ? {} : { reply: given[1] }
  if (done.length === CALLS_ON_THE_WAY_MAX && place < (done[0]?.[0] ?? 0)) {
    throw new Defect('call-out-of-turn', `a call of ${engine} from ${place} came after its answer was forgotten`)
  }
  return undefined
}
