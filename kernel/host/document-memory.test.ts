import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CHECKPOINT_SLICE_MAX, DocumentMemory } from './document-memory.ts'

const cell = (data: unknown, seq: number) => ({ data, seq, wakeAt: null })

describe('document memory', () => {
  test('decisions see what is decided, queries only what is committed', () => {
    const memory = new DocumentMemory()
    memory.absorb(new Map([['a', cell(1, 1)]]))
    expect([memory.read('a')?.data, memory.readCommitted('a')?.data]).toEqual([1, undefined])
    memory.seal(1, 1)
    memory.absorb(new Map([['a', cell(2, 2)]]))
    expect([memory.read('a')?.data, memory.readCommitted('a')?.data]).toEqual([2, undefined])
    memory.settle()
    expect([memory.read('a')?.data, memory.readCommitted('a')?.data]).toEqual([2, 1])
  })

  test('only one batch is in flight', () => {
    const memory = new DocumentMemory()
    memory.absorb(new Map([['a', cell(1, 1)]]))
    memory.seal(1, 1)
    expect(() => memory.seal(2, 2)).toThrow(/another is in flight/)
  })

  test('a batch saves at most so many documents; the checkpoint stays before the oldest unsaved change', () => {
    const memory = new DocumentMemory()
    const many = CHECKPOINT_SLICE_MAX + 50
    for (let n = 1; n <= many; n++) memory.absorb(new Map([[`k:${n}`, cell(n, n)]]))
    const first = memory.seal(1, many)
    expect([first.rows.length, first.checkpoint]).toEqual([CHECKPOINT_SLICE_MAX, 0])
    memory.settle()
    const second = memory.seal(many + 1, many)
    expect([second.rows.length, second.checkpoint]).toEqual([50, many])
  })

  test('a document that is gone keeps its row until the checkpoint has passed its end', () => {
    const memory = new DocumentMemory()
    for (let n = 1; n <= CHECKPOINT_SLICE_MAX; n++) memory.absorb(new Map([[`k:${n}`, cell(n, n)]]))
    const end = CHECKPOINT_SLICE_MAX + 2
    memory.absorb(new Map([['k:1', cell(null, end - 1)]]))
    memory.absorb(new Map([['late', cell(1, end)]]))
    const first = memory.seal(1, end)
    expect(first.checkpoint).toBe(0)
    expect(first.dropped).toEqual([])
    expect(first.rows).toContainEqual({ key: 'k:1', seq: end - 1, data: null, wakeAt: null })
    memory.settle()
    expect(memory.dirtyCount).toBe(2)
    expect(memory.seal(end + 1, end)).toMatchObject({ checkpoint: end, dropped: ['k:1'] })
    memory.rollBack()
    expect(memory.seal(end + 1, end)).toMatchObject({ dropped: ['k:1'] })
    memory.settle()
    expect([memory.dirtyCount, memory.read('k:1')]).toEqual([0, undefined])
  })

  test('a document stays while it is being loaded: what was read of it may be older than what is known', () => {
    const memory = new DocumentMemory()
    memory.pin(['k:0'])
    memory.load('k:0', cell('new', 2))
    memory.evict(0)
    memory.load('k:0', cell('old', 1))
    memory.unpin(['k:0'])
    expect(memory.read('k:0')?.data).toBe('new')
    memory.evict(0)
    expect(memory.read('k:0')).toBeUndefined()
  })

  test('a document that is dirty is never evicted', () => {
    const memory = new DocumentMemory()
    for (let n = 0; n < 10; n++) memory.load(`k:${n}`, cell(n, 0))
    memory.absorb(new Map([['k:0', cell('new', 1)]]))
    memory.seal(1, 1)
    memory.settle()
    memory.absorb(new Map([['k:1', cell('new', 2)]]))
    memory.evict(0)
    expect(memory.read('k:1')?.data).toBe('new')
    memory.seal(2, 2)
    memory.settle()
    memory.evict(3)
    expect(memory.size).toBe(3)
  })

  test('lists keys of a kind in key order, however they came', () => {
    const memory = new DocumentMemory()
    for (const key of ['k:b', 'other:x', 'k:a', 'k:c']) memory.load(key, cell(1, 0))
    expect(memory.keysOf('k')).toEqual(['k:a', 'k:b', 'k:c'])
  })

  /**
   * The law that recovery stands on: at any moment, rows as saved plus the changes after the checkpoint give the
   * committed documents, whatever mix of batches, failures and slices came before.
   */
  test('rows plus the tail after the checkpoint are the committed documents', () => {
    const key = fc.constantFrom('k:a', 'k:b', 'k:c', 'k:d')
    const batch = fc.record({ changes: fc.array(fc.tuple(key, fc.nat(9)), { maxLength: 6 }), fails: fc.boolean() })
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 30 }), batches => {
        const memory = new DocumentMemory()
        const saved = new Map<string, { data: unknown; seq: number }>()
        const journal: { position: number; key: string; data: unknown }[] = []
        let head = 0
        let checkpoint = 0
        for (const { changes, fails } of batches) {
          const first = head + 1
          changes.forEach(([key, data], n) => {
            memory.absorb(new Map([[key, cell(data, first + n)]]))
          })
          const last = head + changes.length
          const slice = memory.seal(first, last)
          if (fails) {
            memory.rollBack()
            continue
          }
          memory.settle()
          changes.forEach(([key, data], n) => {
            journal.push({ position: first + n, key, data })
          })
          for (const row of slice.rows) saved.set(row.key, { data: JSON.parse(row.data ?? 'null'), seq: row.seq })
          for (const gone of slice.dropped) saved.delete(gone)
          head = last
          checkpoint = slice.checkpoint
          const recovered = new Map([...saved].map(([key, row]) => [key, row.data]))
          for (const { position, key, data } of journal) {
            if (position > checkpoint && position > (saved.get(key)?.seq ?? 0)) recovered.set(key, data)
          }
          const truth = new Map(journal.map(({ key, data }) => [key, data]))
          expect(Object.fromEntries(recovered)).toEqual(Object.fromEntries(truth))
        }
      }),
      { numRuns: 500 },
    )
  })
})
