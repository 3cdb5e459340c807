import { CLOSES, type ServerFrame, uuidTime } from '@worldloom/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ASK_LIFE_MS, ASKS_MAX, IN_FLIGHT_MAX } from './asks.ts'
import { backoffMs } from './backoff.ts'
import { ConnectionMachine, type Effect } from './machine.ts'
import type { AskOutcome } from './words.ts'

const LOOK = { body: '#336699', accent: '#ffcc00' }
/** The server's clock is a minute and a half ahead. */
const AHEAD_MS = 90_000

class Stage {
  now = 1_700_000_000_000
  chance = 1
  readonly sent: { type: string; id?: string; n?: number; name?: string; data?: unknown }[] = []
  readonly outcomes: AskOutcome[] = []
  dials = 0
  hangUps = 0
  readonly machine = new ConnectionMachine(() => {
    this.chance = (Math.imul(this.chance, 1_664_525) + 1_013_904_223) >>> 0
    return this.chance
  })

  run(effects: readonly Effect[]): this {
    for (const effect of effects) {
      if (effect.type === 'dial') this.dials += 1
      if (effect.type === 'hang-up') this.hangUps += 1
      if (effect.type === 'text') this.sent.push(JSON.parse(effect.text))
    }
    return this
  }

  start(): this {
    return this.run(this.machine.start(this.now))
  }

  hear(frame: ServerFrame): this {
    return this.run(this.machine.text(JSON.stringify(frame), this.now))
  }

  welcome(): this {
    return this.hear({ type: 'welcome', server: 'x', player: 'mira', at: this.now + AHEAD_MS, worlds: [] })
  }

  enter(world = 'toy'): this {
    return this.run(
      this.machine.enter({ world, name: 'Mira', look: LOOK }, this.now, outcome => this.outcomes.push(outcome)),
    )
  }

  /** The server lets the last `enter` in. */
  letIn(world = 'toy'): this {
    const id = this.last('enter')?.id ?? ''
    const clock = { at: 0, world: 0, rate: 0 }
    return this.hear({ type: 'entered', id, world, title: '', session: 's', map: '', clock, capabilities: [] })
  }

  ask(name = 'say', kind: 'command' | 'query' = 'command'): this {
    const settle = (outcome: AskOutcome) => this.outcomes.push(outcome)
    return this.run(this.machine.ask({ kind, capability: 'toy.box', name, data: { name }, settle }, this.now))
  }

  drop(code = 1006): this {
    return this.run(this.machine.closed(code, this.now))
  }

  /** Lets time pass, ticking whenever the machine wants to. */
  pass(ms: number): this {
    const end = this.now + ms
    for (let ticks = 0; this.machine.nextAt <= end; ticks++) {
      if (ticks > 1_000) throw new Error('the machine wants to tick without end')
      this.now = Math.max(this.now, this.machine.nextAt)
      this.run(this.machine.tick(this.now))
    }
    this.now = end
    return this
  }

  last(type: string) {
    return this.sent.findLast(frame => frame.type === type)
  }

  count(type: string): number {
    return this.sent.filter(frame => frame.type === type).length
  }
}

const entered = () => new Stage().start().welcome().enter().letIn()
const codeOf = (outcome: AskOutcome | undefined) => outcome && 'fault' in outcome && outcome.fault.code

describe('coming in', () => {
  test('connecting, open, entered', () => {
    const stage = new Stage().start()
    expect(stage.machine.state).toEqual({ phase: 'connecting', attempt: 0 })
    expect(stage.welcome().machine.state.phase).toBe('open')
    expect(stage.enter().letIn().machine.state).toMatchObject({ phase: 'entered', entered: { world: 'toy' } })
    expect(stage.outcomes).toMatchObject([{ value: { world: 'toy' } }])
  })

  test('an enter asked before the welcome is sent with it, once', () => {
    const stage = new Stage().start().enter()
    expect(stage.sent).toEqual([])
    stage.welcome().letIn()
    expect(stage.count('enter')).toBe(1)
    expect(stage.machine.state.phase).toBe('entered')
  })

  test('ids are named after server time', () => {
    const stage = entered().ask()
    expect(Math.abs(uuidTime(stage.last('command')?.id ?? '') - stage.now - AHEAD_MS)).toBeLessThan(5)
  })

  test('a pong with a short way corrects server time', () => {
    const stage = new Stage().start().welcome()
    stage.now += 40
    stage.hear({ type: 'pong', n: stage.last('ping')?.n ?? 0, at: stage.now - 20 + 5_000 })
    expect([stage.machine.time.at(stage.now), stage.machine.time.latencyMs]).toEqual([stage.now + 5_000, 40])
    stage.pass(10_000)
    stage.now += 4_000
    stage.hear({ type: 'pong', n: stage.last('ping')?.n ?? 0, at: stage.now })
    expect(stage.machine.time.at(stage.now)).toBe(stage.now + 5_000)
  })

  test('turned away: the caller is told, and the machine does not try by itself', () => {
    const stage = new Stage().start().welcome().enter()
    stage.hear({ type: 'refused', id: stage.last('enter')?.id ?? '', code: 'full', because: 'It is full.' })
    expect(stage.outcomes).toEqual([{ refusal: { refused: 'full', because: 'It is full.' } }])
    expect(stage.machine.state).toMatchObject({ phase: 'open', refusal: { refused: 'full' } })
    expect(stage.pass(60_000).count('enter')).toBe(1)
  })

  test('a second world before the first answered: the first is told, the second counts', () => {
    const stage = new Stage().start().welcome().enter('one').enter('two').letIn('two')
    expect(codeOf(stage.outcomes[0])).toBe('superseded')
    expect(stage.machine.state).toMatchObject({ phase: 'entered', entered: { world: 'two' } })
  })
})

describe('coming back', () => {
  test('dials again, and returns to the world by itself', () => {
    const stage = entered().drop()
    expect(stage.machine.state).toMatchObject({ phase: 'reconnecting', entered: { world: 'toy' } })
    stage.pass(500)
    expect(stage.dials).toBe(2)
    stage.welcome().letIn()
    expect(stage.count('enter')).toBe(2)
    expect(stage.machine.state.phase).toBe('entered')
  })

  test('pauses grow to 15 s and stay there for ever, anywhere in between', () => {
    expect([0, 1, 2, 3, 4, 5, 50].map(attempt => backoffMs(attempt, 0.999_999))).toEqual([
      499, 999, 1999, 3999, 7999, 14999, 14999,
    ])
    fc.assert(
      fc.property(fc.nat(100), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempt, chance) => {
        const pause = backoffMs(attempt, chance)
        expect(pause).toBeGreaterThanOrEqual(0)
        expect(pause).toBeLessThan(15_000)
      }),
    )
    const stage = entered().drop()
    for (let n = 0; n < 40; n++) stage.pass(15_000).drop()
    expect(stage.dials).toBeGreaterThan(40)
    expect(stage.machine.state).toMatchObject({ phase: 'reconnecting' })
  })

  test('a welcome starts the pauses from the beginning', () => {
    const stage = entered().drop()
    for (let n = 0; n < 8; n++) stage.pass(15_000).drop()
    stage.pass(15_000).welcome().drop()
    expect(stage.machine.nextAt - stage.now).toBeLessThanOrEqual(500)
  })

  test('a server that stops says when to come back', () => {
    const stage = entered().hear({ type: 'closing', because: '', retryAfterMs: 4_321 }).drop(CLOSES['shutting-down'])
    expect(stage.machine.state).toMatchObject({
      phase: 'reconnecting',
      nextAt: stage.now + 4_321,
      because: 'shutting-down',
    })
  })

  test.each([
    [CLOSES['taken-over'], 'taken-over'],
    [CLOSES['bad-frame'], 'bad-frame'],
    [CLOSES['too-large'], 'too-large'],
    [1007, 'bad-frame'],
    [1009, 'too-large'],
  ] as const)('close %i is the end', (code, reason) => {
    const stage = entered().ask().drop(code).pass(600_000)
    expect(stage.machine.state).toEqual({ phase: 'closed', reason })
    expect([stage.dials, codeOf(stage.outcomes.at(-1)), stage.machine.nextAt]).toEqual([
      1,
      'closed',
      Number.POSITIVE_INFINITY,
    ])
  })

  test('hidden pages rest, and come back at once when shown', () => {
    const stage = entered()
    stage.run(stage.machine.visible(false, stage.now)).drop().pass(100_000)
    expect(stage.dials).toBe(1)
    stage.run(stage.machine.visible(true, stage.now))
    expect(stage.dials).toBe(2)
  })

  test('a dial without a welcome is given up', () => {
    const stage = new Stage().start().pass(30_000)
    expect(stage.hangUps).toBeGreaterThan(0)
    expect(stage.dials).toBeGreaterThan(1)
  })

  test('a line that says nothing after a ping is dropped; one that speaks is kept', () => {
    const silent = entered().pass(26_000)
    expect([silent.hangUps, silent.machine.state.phase]).toEqual([1, 'reconnecting'])
    const speaking = entered()
    for (let second = 0; second < 60; second++) {
      speaking.pass(1_000)
      speaking.machine.heardBytes()
    }
    expect([speaking.hangUps, speaking.machine.state.phase]).toEqual([0, 'entered'])
  })

  test('a world that is still waking is asked again on the way back', () => {
    const stage = entered().drop().pass(500).welcome()
    const id = stage.last('enter')?.id ?? ''
    stage.hear({ type: 'fault', id, code: 'unavailable', because: '', retryAfterMs: 250 }).pass(250)
    expect(stage.count('enter')).toBe(3)
    expect(stage.letIn().machine.state.phase).toBe('entered')
  })
})

describe('requests', () => {
  test('are answered by id, once', () => {
    const stage = entered().ask('say').ask('count', 'query')
    const [said, count] = [stage.last('command'), stage.last('query')]
    stage.hear({ type: 'answer', id: count?.id ?? '', data: 7 })
    for (let n = 0; n < 2; n++) stage.hear({ type: 'ack', id: said?.id ?? '', reply: { n: 1 } })
    expect(stage.outcomes.slice(1)).toEqual([{ value: 7 }, { value: { n: 1 } }])
  })

  test('without an answer they are sent again after the return, same id, same order, and not before', () => {
    const stage = entered().ask('one').ask('two')
    const ids = stage.sent.filter(({ type }) => type === 'command').map(({ id }) => id)
    stage.drop().ask('three').pass(500).welcome()
    expect(stage.count('command')).toBe(2)
    stage.letIn()
    const again = stage.sent.filter(({ type }) => type === 'command').slice(2)
    expect(again.map(({ name }) => name)).toEqual(['one', 'two', 'three'])
    expect(again.slice(0, 2).map(({ id }) => id)).toEqual(ids)
  })

  test('an engine on the move: again, with the same id', () => {
    const stage = entered().ask()
    const id = stage.last('command')?.id ?? ''
    stage.hear({ type: 'fault', id, code: 'unavailable', because: '', retryAfterMs: 250 }).pass(249)
    expect(stage.count('command')).toBe(1)
    expect(stage.pass(1).last('command')?.id).toBe(id)
    stage.hear({ type: 'fault', id, code: 'quarantined', because: 'It broke.' })
    expect(codeOf(stage.outcomes.at(-1))).toBe('quarantined')
  })

  test('frames that the server dropped unread are sent again', () => {
    const stage = entered().ask('one').ask('two')
    stage.hear({ type: 'fault', code: 'too-fast', because: '' }).pass(1_000)
    expect(stage.count('command')).toBe(4)
  })

  test('nobody waits longer than the server remembers', () => {
    const stage = entered().ask().drop()
    for (let n = 0; n < ASK_LIFE_MS / 10_000; n++) stage.pass(10_000)
    expect(codeOf(stage.outcomes.at(-1))).toBe('unconfirmed')
  })

  test('only so many at once, the rest in order, and beyond all bounds none', () => {
    const stage = entered()
    for (let n = 0; n < ASKS_MAX; n++) stage.ask(`n${n}`)
    expect(stage.count('command')).toBe(IN_FLIGHT_MAX)
    expect(codeOf(stage.ask().outcomes.at(-1))).toBe('busy')
    for (let n = 0; n < ASKS_MAX; n++) {
      const open = stage.sent.filter(({ type }) => type === 'command')[n]
      expect(open?.name).toBe(`n${n}`)
      stage.hear({ type: 'ack', id: open?.id ?? '' })
    }
    expect(stage.count('command')).toBe(ASKS_MAX)
  })

  test('outside of a world, and after the end', () => {
    const stage = new Stage().start().welcome().ask()
    expect(codeOf(stage.outcomes.at(-1))).toBe('not-entered')
    stage.run(stage.machine.stop()).ask().enter()
    expect(stage.outcomes.slice(1).map(codeOf)).toEqual(['closed', 'closed'])
  })

  test('going to another world settles what the first was asked', () => {
    expect(codeOf(entered().ask().enter('two').outcomes.at(-1))).toBe('not-entered')
  })
})

test('whatever happens: every request ends exactly once, ids never change, and the machine never spins', () => {
  const step = fc.oneof(
    fc.constant('ask'),
    fc.constant('drop'),
    fc.constant('welcome'),
    fc.constant('let in'),
    fc.constant('answer'),
    fc.constant('unavailable'),
    fc.integer({ min: 1, max: 20_000 }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), steps => {
      const stage = entered()
      stage.outcomes.length = 0
      let asked = 0
      for (const what of steps) {
        const id = stage.sent.findLast(({ type }) => type === 'command')?.id ?? ''
        if (typeof what === 'number') stage.pass(what)
        else if (what === 'ask') stage.ask(`n${asked++}`)
        else if (what === 'drop') stage.drop()
        else if (what === 'welcome') stage.welcome()
        else if (what === 'let in') stage.letIn()
        else if (what === 'answer') stage.hear({ type: 'ack', id })
        else stage.hear({ type: 'fault', id, code: 'unavailable', because: '' })
      }
      stage.run(stage.machine.stop())
      expect(stage.outcomes).toHaveLength(asked)
      const idsOf = new Map<string, Set<string | undefined>>()
      for (const { type, name = '', id } of stage.sent) {
        if (type === 'command') idsOf.set(name, (idsOf.get(name) ?? new Set()).add(id))
      }
      for (const ids of idsOf.values()) expect(ids.size).toBe(1)
    }),
  )
})

test('frames that are none, or of a newer server, change nothing', () => {
  const stage = entered()
  const { state } = stage.machine
  for (const text of ['', '{', '7', 'null', '[]', '{"type":"sing"}', '{"type":"ack","id":"nobody"}']) {
    stage.run(stage.machine.text(text, stage.now))
  }
  expect(stage.machine.state).toBe(state)
})
