import { type Geography, type Point, walk } from '@worldloom/capabilities/geography'

/** What movement needs to know of the world: whether one can walk straight between two integer positions (1/64 tile). */
export interface Ground {
  clear(from: Point, to: Point): boolean
}

/** The ground of a world as its doors stand now; the very test the server runs. `shut` is read at every call. */
export const groundOf = (geography: Geography, shut: () => ReadonlySet<string>): Ground => ({
  clear: (from, to) => walk(geography, from, to, shut()) === undefined,
})

export const rounded = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) })
export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)
