import { type Commit, type EngineStore, type ViewSpec, view } from '@worldloom/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

const TABLE = 'view_store_suite'
const LINES: ViewSpec = view({
  columns: { id: 'text', room: 'text', n: 'integer', at: 'time', rest: 'json' },
  key: ['id'],
  indexes: [['room', 'at']],
  rowsMax: 100,
})

/** What every store of engines must do, whatever keeps it. `open` is called once, `close` at the end. */
export function storeSuite(
  name: string,
  open: () => Promise<{ readonly store: EngineStore; readonly close: () => Promise<void> }>,
): void {
  describe(`an engine store: ${name}`, () => {
    let store: EngineStore
    let close: () => Promise<void>
    let id = ''
    let count = 0
    beforeAll(async () => {
      ;({ store, close } = await open())
      await store.prepareView(TABLE, LINES)
    })
    beforeEach(() => {
      id = `world:suite/store.${++count}/0`
    })
    afterAll(() => close())

    /** A commit of `size` records after `previousHead`. */
    const commitOf = (epoch: number, previousHead: number, rest: Partial<Commit> = {}, size = 1): Commit => {
      const records = Array.from({ length: size }, (_, n) => ({
        k: 'command',
        n: 'do',
        d: { n: previousHead + 1 + n },
        at: 1_000 + previousHead + 1 + n,
        w: 0,
        e: [['done', { n }]],
      }))
      const head = previousHead + size
      return {
        engine: id,
        epoch,
        previousHead,
        head,
        checkpoint: head,
        row: {
          seq: head,
          count: size,
          at: 1_000 + head,
          step: 7,
          provider: 'suite@1.0.0',
          schema: 3,
          records: JSON.stringify(records),
          ids: new Uint8Array(16 * size).fill(head),
        },
        documents: [],
        dropped: [],
        offsets: {},
        calls: [],
        closed: [],
        views: [],
        ...rest,
      }
    }

    test('a new engine is empty; each taking raises the epoch', async () => {
      expect(await store.take(id, 'a')).toEqual({
        epoch: 1,
        head: 0,
        checkpoint: 0,
        provider: null,
        schema: null,
        lastAt: null,
        lastStep: null,
        offsets: {},
      })
      expect((await store.take(id, 'b')).epoch).toBe(2)
      expect(await store.documents(id)).toEqual([])
      expect(await store.journal(id, 0, 10)).toEqual([])
      expect(await store.record(id, 1)).toBeUndefined()
    })

    test('what is committed is there for the next holder', async () => {
      const { epoch } = await store.take(id, 'a')
      expect(
        await store.commit(commitOf(epoch, 0, { checkpoint: 1, offsets: { 'world:suite/other/0': 4_096 } }, 3)),
      ).toBe(true)
      expect(await store.commit(commitOf(epoch, 3, { checkpoint: 2 }, 2))).toBe(true)
      expect(await store.take(id, 'b')).toEqual({
        epoch: epoch + 1,
        head: 5,
        checkpoint: 2,
        provider: 'suite@1.0.0',
        schema: 3,
        lastAt: 1_005,
        lastStep: 7,
        offsets: { 'world:suite/other/0': 4_096 },
      })
    })

    test('the fence: an earlier epoch, a wrong head and an unknown engine write nothing at all', async () => {
      const { epoch } = await store.take(id, 'a')
      await store.commit(commitOf(epoch, 0))
      await store.take(id, 'b')
      const written = { documents: [{ key: 'a', seq: 2, data: '1', wakeAt: null }], offsets: { s: 1 } }
      const row = { id: 'x', room: 'r', n: 1, at: 1, rest: null }
      const views = [{ table: TABLE, spec: LINES, put: [row], patch: [], drop: [] }]
      const calls = [{ seq: 2, n: 0, target: 't' }]
      expect(await store.commit(commitOf(epoch, 1, { ...written, views, calls }))).toBe(false)
      expect(await store.commit(commitOf(epoch + 1, 5, { ...written, views, calls }))).toBe(false)
      expect(await store.commit({ ...commitOf(1, 0), engine: `${id}-unknown` })).toBe(false)
      expect(await store.documents(id)).toEqual([])
      expect(await store.owed(id)).toEqual([])
      expect((await store.journal(id, 0, 10)).map(({ seq }) => seq)).toEqual([1])
      expect((await store.take(id, 'c')).offsets).toEqual({})
      expect(await select({ orderBy: 'at' })).toEqual([])
    })

    test('a commit that got through counts once, and says so when it is sent again', async () => {
      const { epoch } = await store.take(id, 'a')
      const commit = commitOf(epoch, 0, { calls: [{ seq: 1, n: 0, target: 't' }] })
      expect(await store.commit(commit)).toBe(true)
      expect(await store.commit(commit)).toBe(true)
      expect(await store.journal(id, 0, 10)).toHaveLength(1)
      expect(await store.owed(id)).toHaveLength(1)
      await store.take(id, 'b')
      expect(await store.commit(commit)).toBe(false)
    })

    test('a commit without a row saves documents and moves the checkpoint, not the head', async () => {
      const { epoch } = await store.take(id, 'a')
      await store.commit(commitOf(epoch, 0, { checkpoint: 0 }, 2))
      const { row: _, ...saving } = commitOf(epoch, 2, { head: 2, checkpoint: 2 })
      const documents = [{ key: 'a', seq: 2, data: '{"n":1}', wakeAt: null }]
      expect(await store.commit({ ...saving, documents })).toBe(true)
      expect(await store.documents(id)).toEqual(documents)
      expect(await store.take(id, 'b')).toMatchObject({ head: 2, checkpoint: 2 })
    })

    test('documents: replaced, dropped, found by key; text comes back as it went', async () => {
      const { epoch } = await store.take(id, 'a')
      const text = '{"b":2,"a":"ü \\u0000 \\ud800"}'
      const first = [
        { key: 'a', seq: 1, data: '1', wakeAt: null },
        { key: 'b:x', seq: 1, data: text, wakeAt: 99 },
        { key: 'c', seq: 1, data: null, wakeAt: 5 },
      ]
      await store.commit(commitOf(epoch, 0, { documents: first }))
      expect(await store.documents(id, ['b:x', 'nobody'])).toEqual([first[1]])
      expect(await store.documents(id, [])).toEqual([])
      expect((await store.wakes(id)).toSorted((a, b) => a.wakeAt - b.wakeAt)).toEqual([
        { key: 'c', wakeAt: 5 },
        { key: 'b:x', wakeAt: 99 },
      ])
      const second = [{ key: 'b:x', seq: 2, data: '2', wakeAt: null }]
      await store.commit(commitOf(epoch, 1, { documents: second, dropped: ['a', 'nobody'] }))
      expect((await store.documents(id)).map(({ key }) => key).sort()).toEqual(['b:x', 'c'])
      expect(await store.wakes(id)).toEqual([{ key: 'c', wakeAt: 5 }])
    })

    test('the journal is read from a position, in order, and single records are found within their rows', async () => {
      const { epoch } = await store.take(id, 'a')
      await store.commit(commitOf(epoch, 0, {}, 3))
      await store.commit(commitOf(epoch, 3, {}, 1))
      await store.commit(commitOf(epoch, 4, {}, 2))
      expect((await store.journal(id, 0, 2)).map(({ seq }) => seq)).toEqual([3, 4])
      // A row that only ends after the position is given whole.
      expect((await store.journal(id, 2, 9)).map(({ seq }) => seq)).toEqual([3, 4, 6])
      expect((await store.journal(id, 3, 9)).map(({ seq }) => seq)).toEqual([4, 6])
      for (const position of [1, 2, 3, 4, 5, 6]) {
        expect((await store.record(id, position))?.d).toEqual({ n: position })
      }
      expect(await store.record(id, 7)).toBeUndefined()
      const ids = await store.acceptedIds(id, 1_004)
      expect(ids.map(({ seq, count, ids }) => [seq, count, ids.length, ids[0]])).toEqual([
        [4, 1, 16, 4],
        [6, 2, 32, 6],
      ])
    })

    test('a commit without records that lands late takes nothing back', async () => {
      const { epoch } = await store.take(id, 'a')
      const source = 'world:suite/other/0'
      await store.commit(commitOf(epoch, 0, { checkpoint: 1, offsets: { [source]: 5 } }, 3))
      const { row, ...bare } = commitOf(epoch, 3, {}, 0)
      const late = { ...bare, checkpoint: 2, offsets: { [source]: 6 } }
      await store.commit(late)
      await store.commit({ ...bare, checkpoint: 3, offsets: { [source]: 9 } })
      await store.commit(late)
      expect(await store.take(id, 'b')).toMatchObject({ head: 3, checkpoint: 3, offsets: { [source]: 9 } })
    })

    test('calls are owed until closed; only the present holder notes how they fare', async () => {
      const { epoch } = await store.take(id, 'a')
      const call = (seq: number, n: number) => ({ seq, n, target: 'world:suite/bank/0' })
      await store.commit(commitOf(epoch, 0, { calls: [call(1, 1), call(1, 0)] }))
      await store.commit(commitOf(epoch, 1, { calls: [call(2, 0)], closed: [[1, 0]] }))
      await store.noteCall(id, epoch, call(1, 1), 4, 'parked')
      await store.noteCall(id, epoch - 1, call(2, 0), 9, 'parked')
      expect(await store.owed(id)).toEqual([
        { ...call(1, 1), attempts: 4, state: 'parked' },
        { ...call(2, 0), attempts: 0, state: 'owed' },
      ])
    })

    const select = (rest: object) =>
      store.select(id, TABLE, LINES, {
        view: 'lines',
        where: {},
        orderBy: 'at',
        descending: false,
        limit: 10,
        shape: rows => rows,
        ...rest,
      })

    test('views: rows are put, patched and dropped with the commit, and read by page', async () => {
      const { epoch } = await store.take(id, 'a')
      const row = (name: string, room: string, at: number | null) => ({ id: name, room, n: 1, at, rest: { deep: [1] } })
      const write = (rest: object) => [{ table: TABLE, spec: LINES, put: [], patch: [], drop: [], ...rest }]
      const put = [row('a', 'hall', 30), row('b', 'hall', 10), row('c', 'yard', 20), row('d', 'hall', null)]
      await store.commit(commitOf(epoch, 0, { views: write({ put }) }))
      const ids = async (rest: object) => (await select(rest)).map(found => found.id)
      expect(await select({ where: { id: 'a' } })).toEqual([put[0]])
      expect(await ids({})).toEqual(['b', 'c', 'a', 'd'])
      expect(await ids({ descending: true })).toEqual(['d', 'a', 'c', 'b'])
      expect(await ids({ where: { room: 'hall' }, descending: true, after: 30 })).toEqual(['b'])
      expect(await ids({ after: 10 })).toEqual(['c', 'a'])
      expect(await ids({ limit: 1 })).toEqual(['b'])
      expect(await ids({ where: { at: null } })).toEqual(['d'])
      const patch = [
        { id: 'a', n: 2 },
        { id: 'nobody', n: 2 },
        { id: 'c', at: 5, room: 'hall' },
      ]
      await store.commit(
        commitOf(epoch, 1, { views: write({ put: [row('b', 'yard', 1)], patch, drop: [{ id: 'd' }] }) }),
      )
      expect((await select({})).map(({ id, room, n, at }) => [id, room, n, at])).toEqual([
        ['b', 'yard', 1, 1],
        ['c', 'hall', 1, 5],
        ['a', 'hall', 2, 30],
      ])
      await expect(select({ orderBy: 'nowhere' })).rejects.toMatchObject({ code: 'column-undeclared' })
    })

    test('engines do not see one another', async () => {
      const { epoch } = await store.take(id, 'a')
      const document = { key: 'a', seq: 1, data: '1', wakeAt: 3 }
      const views = [
        { table: TABLE, spec: LINES, put: [{ id: 'a', room: 'r', n: 1, at: 1, rest: null }], patch: [], drop: [] },
      ]
      await store.commit(commitOf(epoch, 0, { documents: [document], views, calls: [{ seq: 1, n: 0, target: 't' }] }))
      const other = `${id}-other`
      expect((await store.take(other, 'a')).head).toBe(0)
      expect(await store.documents(other)).toEqual([])
      expect(await store.wakes(other)).toEqual([])
      expect(await store.owed(other)).toEqual([])
      id = other
      expect(await select({})).toEqual([])
    })

    test('what cannot be stored spoils its commit as a whole', async () => {
      const { epoch } = await store.take(id, 'a')
      const bad = { id: 'a\0', room: 'r', n: 1, at: 1, rest: null }
      const commit = commitOf(epoch, 0, {
        documents: [{ key: 'a', seq: 1, data: '1', wakeAt: null }],
        views: [{ table: TABLE, spec: LINES, put: [bad], patch: [], drop: [] }],
      })
      await expect(store.commit(commit)).rejects.toThrow()
      expect(await store.documents(id)).toEqual([])
      expect(await store.journal(id, 0, 10)).toEqual([])
      expect(await store.commit({ ...commit, views: [] })).toBe(true)
    })
  })
}
