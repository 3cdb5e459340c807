interface Entry {
  readonly value: number
  readonly first: number
  readonly second: number
}

/** A binary heap: pops the value with the least first key, then second key, then value. */
export function createHeap() {
  const entries: Entry[] = []
  const swap = (a: number, b: number) => {
    const [left, right] = [entries[a], entries[b]]
    if (!left || !right) return
    entries[a] = right
    entries[b] = left
  }
  return {
    push(value: number, first: number, second: number): void {
      entries.push({ value, first, second })
      for (let index = entries.length - 1; index > 0; ) {
        const parent = (index - 1) >> 1
        if (!isLess(entries[index], entries[parent])) break
        swap(index, parent)
        index = parent
      }
    },
    pop(): number | undefined {
      const top = entries[0]
      const last = entries.pop()
      if (!top || !last || entries.length === 0) return top?.value
      entries[0] = last
      for (let index = 0; ; ) {
        const left = 2 * index + 1
        const least = isLess(entries[left + 1], entries[left]) ? left + 1 : left
        if (!isLess(entries[least], entries[index])) return top.value
        swap(index, least)
        index = least
      }
    },
  }
}

function isLess(a: Entry | undefined, b: Entry | undefined): boolean {
  if (!a || !b) return false
  if (a.first !== b.first) return a.first < b.first
  if (a.second !== b.second) return a.second < b.second
  return a.value < b.value
}
