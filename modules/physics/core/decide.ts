import { type Geography, type Point, spend, tileOf, walk } from '@worldloom/capabilities/geography'
import type { CorrectionReason, MoveIntent } from '@worldloom/capabilities/movement'
import { accept, type Decide, refuse, type State, type Step } from '@worldloom/contract'
import type { Mover, words } from '../words.ts'
import { correction, type Happening, moveEvents } from './announcements.ts'
import { geographyOf, shutDoors } from './ground.ts'
import { regionFrom, zoneFrom } from './membership.ts'
import { seatsOn } from './seats.ts'

/** So many rejections within a time freeze someone for a while: a broken or dishonest Client must not be asked in vain. */
export const REJECTIONS_MAX = 3
export const REJECTIONS_WINDOW_MS = 2_000
export const FREEZE_MS = 500

const NOTHING = accept<Happening>([])

// The hottest rule of the product. It runs through without loops over people and makes one document a move.
export const decide: Decide<typeof words> = {
  move: (state, { input, actor: { player } }, step) => {
    const person = state.get(`person:${player}`)
    if (!person) return refuse('not-here')
    if (!isNewer(input.seq, person.seq)) return NOTHING
    const { at } = step
    if (at < person.frozenUntil) return answer(player, { ...person, seq: input.seq }, 'too-fast')
    const { x, y } = person
    if (input.x === x && input.y === y) return turn(player, person, input)

    const budget = spend(person.budget, input.x - x, input.y - y, at)
    if (!budget) return reject(player, person, input.seq, 'too-fast', at)
    const geography = geographyOf(step)
    const obstacle = obstacleOn(state, geography, person, input)
    if (obstacle) return reject(player, person, input.seq, obstacle, at)
    if (isTaken(state, geography, player, input)) return reject(player, person, input.seq, 'occupied', at)

    const after: Mover = {
      session: person.session,
      x: input.x,
      y: input.y,
      pose: input.pose,
      zone: zoneFrom(geography, input.x, input.y, person.zone),
      region: regionFrom(geography, input.x, input.y, person.region),
      seq: input.seq,
      budget,
      rejectedAt: person.rejectedAt,
      frozenUntil: person.frozenUntil,
      seat: person.seat,
    }
    return accept(moveEvents(player, person, after))
  },
}

/** True when a number counted modulo 65 536 lies ahead of another, less than half a turn away. */
export const isNewer = (seq: number, than: number): boolean => {
  if (than < 0) return true
  const ahead = (seq - than) & 0xffff
  return ahead > 0 && ahead < 0x8000
}

/** Another pose in the same place: costs nothing, and everything but a repeat is news. */
function turn(player: string, person: Mover, { pose, seq }: MoveIntent) {
  const after = { ...person, pose, seq }
  if (pose === person.pose) return accept<Happening>([{ type: 'tracked', data: { player, person: after } }])
  return accept(moveEvents(player, person, after))
}

/** What is in the way. From a seat one may also get up to where one stood before: seats are often hemmed in by desks. */
function obstacleOn(state: State<typeof words>, geography: Geography, person: Mover, to: Point) {
  const shut = shutDoors(geography, state.get('doors'))
  const obstacle = walk(geography, person, to, shut)
  if (!obstacle || !person.seat) return obstacle
  return walk(geography, { x: person.seat.fromX, y: person.seat.fromY }, to, shut)
}

/** Whether somebody else sits on the tile. People on their feet take no room: nobody can block a passage by standing in it. */
function isTaken(state: State<typeof words>, geography: Geography, player: string, { x, y }: Point): boolean {
  const seats = seatsOn(geography).get(tileOf(y) * geography.width + tileOf(x))
  if (!seats) return false
  return seats.some(({ object, place }) => {
    const sitter = state.get(`seat:${object}`)?.sitters[place] ?? ''
    return sitter !== '' && sitter !== player
  })
}

function reject(player: string, person: Mover, seq: number, reason: CorrectionReason, at: Step['at']) {
  const recent = person.rejectedAt.filter(earlier => at - earlier < REJECTIONS_WINDOW_MS)
  const freezes = recent.length + 1 >= REJECTIONS_MAX
  const after = {
    ...person,
    seq,
    rejectedAt: freezes ? [] : [...recent, at],
    frozenUntil: freezes ? at + FREEZE_MS : person.frozenUntil,
  }
  return answer(player, after, reason)
}

const answer = (player: string, person: Mover, reason: CorrectionReason) =>
  accept<Happening>([{ type: 'tracked', data: { player, person } }, correction(player, person, reason)])
