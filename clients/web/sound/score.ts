/** Sounds that the world makes. All are synthesised; each is a handful of short notes. */
export const CUES = ['step', 'door', 'sit', 'arrival', 'word'] as const
export type Cue = (typeof CUES)[number]

export interface Note {
  /** `noise` is a breath of filtered noise around `hz`, the others are tones. */
  readonly voice: 'sine' | 'triangle' | 'noise'
  readonly hz: number
  /** Where the pitch glides to. */
  readonly toHz?: number
  readonly atMs: number
  readonly lastsMs: number
  /** 0 to 1, before the person's own volume. */
  readonly loudness: number
}

/** Longest and loudest that any cue may be: sounds accompany, they never announce themselves. */
export const CUE_MS_MAX = 700
export const LOUDNESS_MAX = 0.5

const SCORES: Readonly<Record<Exclude<Cue, 'step'>, readonly Note[]>> = {
  door: [
    { voice: 'noise', hz: 420, toHz: 260, atMs: 0, lastsMs: 220, loudness: 0.16 },
    { voice: 'triangle', hz: 150, toHz: 92, atMs: 160, lastsMs: 160, loudness: 0.32 },
    { voice: 'noise', hz: 900, atMs: 165, lastsMs: 60, loudness: 0.18 },
  ],
  sit: [
    { voice: 'noise', hz: 300, toHz: 180, atMs: 0, lastsMs: 180, loudness: 0.2 },
    { voice: 'sine', hz: 130, toHz: 96, atMs: 40, lastsMs: 140, loudness: 0.22 },
  ],
  arrival: [
    { voice: 'triangle', hz: 523.25, atMs: 0, lastsMs: 320, loudness: 0.16 },
    { voice: 'triangle', hz: 783.99, atMs: 140, lastsMs: 520, loudness: 0.16 },
  ],
  word: [
    { voice: 'sine', hz: 659.25, atMs: 0, lastsMs: 120, loudness: 0.14 },
    { voice: 'sine', hz: 880, atMs: 60, lastsMs: 180, loudness: 0.1 },
  ],
}

/** The notes of a cue. Steps vary a little with their number, as feet do. */
export function notesOf(cue: Cue, n = 0): readonly Note[] {
  if (cue !== 'step') return SCORES[cue]
  const hz = [520, 470, 545, 495][n % 4] ?? 520
  return [
    { voice: 'noise', hz, toHz: hz * 0.6, atMs: 0, lastsMs: 70, loudness: 0.14 },
    { voice: 'sine', hz: 96 + (n % 2) * 8, toHz: 70, atMs: 0, lastsMs: 60, loudness: 0.12 },
  ]
}
