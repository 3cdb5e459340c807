import type { Line } from '@worldloom/capabilities/chat'
import type { Person } from '@worldloom/capabilities/sessions'
import type { Look, WorldLine } from '@worldloom/contract'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { merged } from './chat-log.ts'
import type { Day } from './day.ts'
import type { Hint } from './hints.ts'
import type { Deed } from './nearby.ts'
import { type Notice, noticed, standing } from './notices.ts'

export type Channel = 'world' | 'zone'
/** One sheet at a time. `chat` counts only where it is a sheet: on a phone. */
export type Sheet = 'people' | 'menu' | 'chat' | 'person'

/** How the thread to the server is. `ended`: it will not come back by itself. */
export type Thread = 'tying' | 'tied' | 'broken' | 'ended'

export interface Surrounding {
  readonly region: string
  readonly mood: string | undefined
  readonly zone: string
}

/** All that panels show. The picture itself does not pass through here: people's positions stay in plain objects. */
export interface Play {
  readonly phase: 'gate' | 'entering' | 'inside'
  readonly thread: Thread
  /** What to say about a thread that is not tied. */
  readonly because: string | undefined
  readonly player: string
  readonly worlds: readonly WorldLine[]
  readonly title: string
  readonly self: { readonly name: string; readonly look: Look } | undefined
  readonly surrounding: Surrounding | undefined
  readonly day: Day | undefined
  /** Everyone in the world, by player id. */
  readonly people: ReadonlyMap<string, Person>
  /** Who of them is in one's zone, oneself left out. */
  readonly near: readonly string[]
  readonly deeds: readonly Deed[]
  /** What is near, as a sentence for those who listen. */
  readonly nearText: string
  readonly chat: Readonly<Record<Channel, readonly Line[]>>
  readonly unread: Readonly<Record<Channel, number>>
  /** What has just been said, shown while the chat is closed. */
  readonly murmurs: readonly Murmur[]
  readonly channel: Channel
  /** Whether the chat is open for typing. */
  readonly talking: boolean
  readonly sheet: Sheet | undefined
  /** Whom the `person` sheet is about. */
  readonly regarded: string | undefined
  readonly notices: readonly Notice[]
  /** A sound that carries meaning, in words. */
  readonly caption: { readonly text: string; readonly until: number } | undefined
  readonly hint: Hint | undefined
  readonly view: 'isometric' | 'perspective'
  readonly volume: number
  readonly captions: boolean
}

export interface Murmur {
  readonly line: Line
  /** By the local clock, because the server's may be another. */
  readonly until: number
}

export type PlayStore = StoreApi<Play>

export const CAPTION_MS = 3_000
export const MURMURS_MAX = 4
export const MURMUR_MS = 12_000
export const VOLUME_DEFAULT = 0.3

export const createPlayStore = (): PlayStore =>
  createStore<Play>(() => ({
    phase: 'gate',
    thread: 'tying',
    because: undefined,
    player: '',
    worlds: [],
    title: '',
    self: undefined,
    surrounding: undefined,
    day: undefined,
    people: new Map(),
    near: [],
    deeds: [],
    nearText: '',
    chat: { world: [], zone: [] },
    unread: { world: 0, zone: 0 },
    murmurs: [],
    channel: 'world',
    talking: false,
    sheet: undefined,
    regarded: undefined,
    notices: [],
    caption: undefined,
    hint: undefined,
    view: 'isometric',
    volume: VOLUME_DEFAULT,
    captions: true,
  }))

/** Puts history into a channel: read already, and never twice. */
export function recalled(play: Play, channel: Channel, lines: readonly Line[]): Partial<Play> {
  const log = merged(play.chat[channel], lines)
  return log === play.chat[channel] ? {} : { chat: { ...play.chat, [channel]: log } }
}

/** A line is said now. By others, and not on the open tab, it counts as unread. */
export function heard(play: Play, channel: Channel, line: Line, nowMs: number): Partial<Play> {
  const change = recalled(play, channel, [line])
  if (!change.chat) return {}
  const isRead = line.player === play.player || (play.channel === channel && (play.talking || play.sheet === 'chat'))
  return {
    ...change,
    unread: isRead ? play.unread : { ...play.unread, [channel]: play.unread[channel] + 1 },
    murmurs: [...play.murmurs, { line, until: nowMs + MURMUR_MS }].slice(-MURMURS_MAX),
  }
}

/** Another zone, another conversation. */
export const emptied = (play: Play, channel: Channel): Partial<Play> => ({
  chat: { ...play.chat, [channel]: [] },
  unread: { ...play.unread, [channel]: 0 },
})

export const opened = (play: Play, channel: Channel): Partial<Play> => ({
  channel,
  unread: { ...play.unread, [channel]: 0 },
})

export const arrived = (play: Play, person: Person): Partial<Play> => ({
  people: new Map(play.people).set(person.player, person),
})

/** Someone left, unless they are already back under a newer session. */
export function departed(play: Play, player: string, session: string): Partial<Play> {
  if (play.people.get(player)?.session !== session) return {}
  const people = new Map(play.people)
  people.delete(player)
  return { people }
}

export const told = (play: Play, tone: Notice['tone'], text: string, nowMs: number): Partial<Play> => ({
  notices: noticed(play.notices, tone, text, nowMs),
})

/** Takes away what has been shown long enough. */
export function faded(play: Play, nowMs: number): Partial<Play> {
  const notices = standing(play.notices, nowMs)
  const caption = play.caption && play.caption.until > nowMs ? play.caption : undefined
  const murmurs = play.murmurs.filter(({ until }) => until > nowMs)
  const isSame = notices === play.notices && caption === play.caption && murmurs.length === play.murmurs.length
  return isSame ? {} : { notices, caption, murmurs }
}

/** Esc: closes the innermost thing that is open. Undefined when nothing is. */
export function closed(play: Play): Partial<Play> | undefined {
  if (play.talking) return { talking: false, ...(play.sheet === 'chat' && { sheet: undefined }) }
  if (play.sheet) return { sheet: undefined, regarded: undefined }
  return undefined
}
