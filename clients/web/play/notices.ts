/** Notices on screen at once; the oldest makes room. */
export const NOTICES_MAX = 3
/** How long one stays: time to read it, by its length. */
export const NOTICE_MS_MIN = 4_000
export const NOTICE_MS_MAX = 10_000
const MS_PER_LETTER = 70

export interface Notice {
  readonly id: number
  readonly tone: 'refusal' | 'fault' | 'news'
  readonly text: string
  /** When it goes, by the local clock in ms. */
  readonly until: number
}

/** Adds a notice. The same sentence again does not stack: it stays a little longer. */
export function noticed(
  notices: readonly Notice[],
  tone: Notice['tone'],
  text: string,
  nowMs: number,
): readonly Notice[] {
  const lastsMs = Math.min(NOTICE_MS_MAX, Math.max(NOTICE_MS_MIN, text.length * MS_PER_LETTER))
  const same = notices.find(notice => notice.text === text)
  const id = same?.id ?? notices.reduce((most, notice) => Math.max(most, notice.id), 0) + 1
  const others = notices.filter(notice => notice !== same)
  return [...others, { id, tone, text, until: nowMs + lastsMs }].slice(-NOTICES_MAX)
}

/** Those that still stand. The same list when none has gone. */
export function standing(notices: readonly Notice[], nowMs: number): readonly Notice[] {
  return notices.some(notice => notice.until <= nowMs) ? notices.filter(notice => notice.until > nowMs) : notices
}
