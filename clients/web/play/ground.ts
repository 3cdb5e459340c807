import { type Geography, type Point, tileOf, walk } from '@worldloom/capabilities/geography'

/** What movement needs to know of the world: whether one can walk straight between two integer positions (1/64 tile). */
export interface Ground {
  clear(from: Point, to: Point): boolean
}

/** What changes about a ground while one walks on it. */
export interface GroundState {
  /** Doors that are shut. */
  readonly shut: ReadonlySet<string>
  /** Tiles (`row * width + column`) where somebody else sits: nobody may stop there. */
  readonly taken: ReadonlySet<number>
}

/** The ground of a world as it is now; the very test the server runs. `state` is read at every call. */
export const groundOf = (geography: Geography, state: () => GroundState): Ground => ({
  clear(from, to) {
    const { shut, taken } = state()
    if (taken.size > 0 && taken.has(tileOf(to.y) * geography.width + tileOf(to.x))) return false
    return walk(geography, from, to, shut) === undefined
  },
})

export const rounded = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) })
export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)
