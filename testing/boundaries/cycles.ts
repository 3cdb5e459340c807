/** Finds groups of files that import one another in a circle (Tarjan's strongly connected components), each once. */
export function cyclesOf(edges: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const open: string[] = []
  const cycles: string[][] = []
  const visit = (file: string): number => {
    const mine = order.size
    order.set(file, mine)
    low.set(file, mine)
    open.push(file)
    for (const next of edges.get(file) ?? []) {
      if (!order.has(next)) low.set(file, Math.min(low.get(file) ?? mine, visit(next)))
      else if (open.includes(next)) low.set(file, Math.min(low.get(file) ?? mine, order.get(next) ?? mine))
    }
    if (low.get(file) === mine) {
      const group = open.splice(open.indexOf(file))
      if (group.length > 1 || edges.get(file)?.has(file)) cycles.push(group.sort())
    }
    return low.get(file) ?? mine
  }
  for (const file of edges.keys()) if (!order.has(file)) visit(file)
  return cycles
}
