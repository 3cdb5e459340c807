/** Most letters that may differ for a word to count as a slip of the finger. */
const SLIPS_MAX = 3

/** The known word that someone probably meant, if any. */
export function suggestion(word: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map(candidate => ({ candidate, slips: distance(word, candidate) }))
    .filter(({ candidate, slips }) => slips <= Math.min(SLIPS_MAX, Math.ceil(candidate.length / 2)))
    .sort((a, b) => a.slips - b.slips)
  return ranked[0]?.candidate
}

/** Letters to add, drop or change to get from one word to another (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let line = 1; line <= from.length; line++) {
    const next = [line]
    for (let column = 1; column <= to.length; column++) {
      const changed = (row[column - 1] ?? 0) + (from[line - 1] === to[column - 1] ? 0 : 1)
      next.push(Math.min(changed, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
