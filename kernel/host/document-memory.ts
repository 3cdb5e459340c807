import { canonical, Defect, type DocumentRow } from '@worldloom/contract'

/** A document as an engine holds it. `data` is null when it is gone; `seq` is the position of its last change. */
export interface Cell {
  readonly data: unknown
  readonly seq: number
  readonly wakeAt: number | null
}

/** Documents saved with one batch: few enough not to slow it, many enough to keep up. */
export const CHECKPOINT_SLICE_MAX = 200

/** A layer of changes on top of committed documents. */
export type Layer = Map<string, Cell>

/** What a commit saves: rows, keys to delete, and the position that everything before is now saved as of. */
export interface Slice {
  readonly rows: readonly DocumentRow[]
  readonly dropped: readonly string[]
  readonly checkpoint: number
}

/**
 * An engine's documents: committed ones, the changes of the batch in flight, and those of the batch being decided.
 * Decisions see all three; queries see committed ones only. A dirty document is never evicted.
 */
export class DocumentMemory {
  readonly #committed = new Map<string, Cell>()
  readonly #kinds = new Map<string, Set<string>>()
  readonly #sorted = new Map<string, readonly string[]>()
  /** Changed since last saved: key to the position of the first unsaved change, oldest first. */
  #dirty = new Map<string, number>()
  #inFlight: Layer | undefined
  #inFlightFirst = 0
  #saving: readonly (readonly [key: string, since: number])[] = []
  /** Saved as gone, not deleted yet: key to the position of its end. */
  #gone = new Map<string, number>()
  /** The same as it was before the batch in flight. */
  #goneBefore: ReadonlyMap<string, number> = new Map()
  #dropping: readonly string[] = []
  /** Documents being loaded, and how often: they stay until what was read of them has arrived and is known to be old. */
  readonly #pinned = new Map<string, number>()
  #building: Layer = new Map()

  /** Committed documents held. */
  get size(): number {
    return this.#committed.size
  }

  /** Documents that the store does not hold as they are, or holds although they are gone. */
  get dirtyCount(): number {
    return this.#dirty.size + this.#gone.size
  }

  /** A document as the next decision must see it; undefined when it was never loaded. */
  read(key: string): Cell | undefined {
    return this.#building.get(key) ?? this.#inFlight?.get(key) ?? this.#committed.get(key)
  }

  readCommitted(key: string): Cell | undefined {
    return this.#committed.get(key)
  }

  /** Keys of a kind in key order, gone ones included. */
  keysOf(kind: string): readonly string[] {
    let sorted = this.#sorted.get(kind)
    if (!sorted) {
      sorted = [...(this.#kinds.get(kind) ?? [])].sort()
      this.#sorted.set(kind, sorted)
    }
    return sorted
  }

  /** Puts in a document as the store has it; absent ones too, so that they are not asked for again. */
  load(key: string, cell: Cell): void {
    if (this.#committed.has(key)) return
    this.#committed.set(key, cell)
    this.#know(key)
    if (isGone(cell) && cell.seq > 0) this.#gone.set(key, cell.seq)
  }

  /** Keeps documents in memory while they are read from the store: what was read may be old by the time it arrives. */
  pin(keys: readonly string[]): void {
    for (const key of keys) this.#pinned.set(key, (this.#pinned.get(key) ?? 0) + 1)
  }

  unpin(keys: readonly string[]): void {
    for (const key of keys) {
      const times = this.#pinned.get(key) ?? 0
      if (times > 1) this.#pinned.set(key, times - 1)
      else this.#pinned.delete(key)
    }
  }

  /** Evolves a committed record during recovery: committed at once, but still to be saved. */
  recover(key: string, cell: Cell): void {
    this.#committed.set(key, cell)
    this.#know(key)
    if (!this.#dirty.has(key)) this.#dirty.set(key, cell.seq)
  }

  /** Adds one decision's changes to the batch being decided. */
  absorb(changes: Layer): void {
    for (const [key, cell] of changes) {
      this.#building.set(key, cell)
      this.#know(key)
    }
  }

  /**
   * Ends the batch being decided, which holds positions `first` to `head`, and picks what it saves. The next batch is
   * decided on top of it. A changed document counts as unsaved since `first`: an earlier change within the same batch
   * must not fall behind the checkpoint.
   */
  seal(first: number, head: number): Slice {
    if (this.#inFlight) throw new Defect('commit-overlap', 'a batch was sealed while another is in flight')
    this.#inFlight = this.#building
    this.#inFlightFirst = first
    this.#building = new Map()
    for (const key of this.#inFlight.keys()) if (!this.#dirty.has(key)) this.#dirty.set(key, first)
    const saving: (readonly [string, number])[] = []
    const rows: DocumentRow[] = []
    for (const [key, since] of this.#dirty) {
      if (saving.length === CHECKPOINT_SLICE_MAX) break
      saving.push([key, since])
      const cell = this.read(key)
      if (!cell) throw new Defect('dirty-evicted', `the changed document "${key}" is no longer in memory`)
      rows.push({ key, seq: cell.seq, data: cell.data === null ? null : canonical(cell.data), wakeAt: cell.wakeAt })
    }
    for (const [key] of saving) this.#dirty.delete(key)
    this.#saving = saving
    const [oldest] = this.#dirty.values()
    const checkpoint = oldest === undefined ? head : oldest - 1
    const dropped = this.#drop(rows, checkpoint)
    return { rows: rows.filter(({ key }) => !dropped.includes(key)), dropped, checkpoint }
  }

  /**
   * Picks the rows to delete. A document that is gone keeps its row until the checkpoint has passed its end: recovery
   * would evolve it from nothing otherwise, by records that were about what it had been before.
   */
  #drop(rows: readonly DocumentRow[], checkpoint: number): readonly string[] {
    this.#goneBefore = new Map(this.#gone)
    for (const { key, seq, data, wakeAt } of rows) {
      if (data === null && wakeAt === null) this.#gone.set(key, seq)
      else this.#gone.delete(key)
    }
    const dropping: string[] = []
    for (const [key, end] of this.#gone) {
      if (dropping.length === CHECKPOINT_SLICE_MAX) break
      if (end <= checkpoint && !this.#dirty.has(key)) dropping.push(key)
    }
    for (const key of dropping) this.#gone.delete(key)
    this.#dropping = dropping
    return dropping
  }

  /** The batch in flight is committed. */
  settle(): void {
    for (const [key, cell] of this.#inFlight ?? []) this.#committed.set(key, cell)
    this.#inFlight = undefined
    for (const key of this.#dropping) this.#forgetGone(key)
    this.#saving = []
    this.#dropping = []
  }

  /** The batch in flight failed: it and everything decided on top of it never happened. */
  rollBack(): void {
    this.#inFlight = undefined
    this.#building = new Map()
    const restored = [...this.#saving, ...this.#dirty].filter(([, since]) => since < this.#inFlightFirst)
    this.#dirty = new Map(restored.sort((a, b) => a[1] - b[1]))
    this.#saving = []
    this.#gone = new Map(this.#goneBefore)
    this.#dropping = []
  }

  /** Forgets clean documents, the longest held first, until at most `keepMax` are left. */
  evict(keepMax: number): void {
    if (this.#committed.size <= keepMax || this.#inFlight || this.#building.size > 0) return
    for (const key of this.#committed.keys()) {
      if (this.#committed.size <= keepMax) break
      if (this.#dirty.has(key) || this.#gone.has(key) || this.#pinned.has(key)) continue
      this.#committed.delete(key)
      this.#forget(key)
    }
  }

  /** A document that is gone and saved as gone needs no place in memory. */
  #forgetGone(key: string): void {
    const cell = this.#committed.get(key)
    if (!cell || !isGone(cell) || this.#dirty.has(key) || this.#building.has(key) || this.#pinned.has(key)) return
    this.#committed.delete(key)
    this.#forget(key)
  }

  #know(key: string): void {
    const kind = kindOf(key)
    let keys = this.#kinds.get(kind)
    if (!keys) {
      keys = new Set()
      this.#kinds.set(kind, keys)
    }
    if (keys.has(key)) return
    keys.add(key)
    this.#sorted.delete(kind)
  }

  #forget(key: string): void {
    this.#kinds.get(kindOf(key))?.delete(key)
    this.#sorted.delete(kindOf(key))
  }
}

const isGone = ({ data, wakeAt }: Cell): boolean => data === null && wakeAt === null

/** `region:grotto` is of kind `region`, `clock` of kind `clock`. */
export function kindOf(key: string): string {
  const colon = key.indexOf(':')
  return colon < 0 ? key : key.slice(0, colon)
}

/** What follows the kind; empty for `clock`. */
export function idOf(key: string): string {
  const colon = key.indexOf(':')
  return colon < 0 ? '' : key.slice(colon + 1)
}
