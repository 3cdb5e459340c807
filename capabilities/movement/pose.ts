/** Positions are integers in 1/64 tile: a map of 1024 tiles fits 16 bits. */
export const UNITS_PER_TILE = 64

/** Facing in eighths of a turn, clockwise from north (−y). */
export const FACINGS = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const
export const STATES = ['idle', 'walking', 'sitting', 'waving', 'singing'] as const
export type AvatarState = (typeof STATES)[number]

/** Facing and state in one byte: facing in bits 0–2, state in bits 3–7. */
export const poseOf = (facing: number, state: AvatarState): number => (facing & 7) | (STATES.indexOf(state) << 3)
export const facingOf = (pose: number): number => pose & 7
export const stateOf = (pose: number): AvatarState => STATES[pose >> 3] ?? 'idle'
