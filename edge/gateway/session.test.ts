import { sessions } from '@worldloom/capabilities/sessions'
import type { ServerFrame } from '@worldloom/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ActorRates } from './actor-rates.ts'
import { GATEWAY_LIMITS } from './limits.ts'
import { Routes } from './routes.ts'
import { Session, type SessionEffect } from './session.ts'
import { LOOK, uuid } from './trial/stand.ts'
import { toy } from './trial/toy-world.ts'

const routes = new Routes([sessions, toy])
const STEP = Uint8Array.of(0x11, 5)

class Stage {
  now = 1_000_000
  readonly session: Session

  constructor(limits: Partial<typeof GATEWAY_LIMITS> = {}, roles: readonly string[] = ['guest']) {
    this.session = new Session(routes, { ...GATEWAY_LIMITS, ...limits }, roles, this.now)
  }

  send(frame: object | string): readonly SessionEffect[] {
    const text = typeof frame === 'string' ? frame : JSON.stringify(frame)
    return this.session.text(text, Buffer.byteLength(text), this.now)
  }

  command(name: string, capability: string = toy.id, id = uuid()): readonly SessionEffect[] {
    return this.send({ type: 'command', id, capability, name, data: {} })
  }

  query(name: string, id = uuid()): readonly SessionEffect[] {
    return this.send({ type: 'query', id, capability: toy.id, name, data: {} })
  }

  enter(capabilities: readonly string[] = [toy.id, sessions.id], rates = new ActorRates()): this {
    const id = uuid()
    this.send({ type: 'enter', id, world: 'toy', name: 'Mira', look: LOOK })
    const frame = { type: 'entered', id, world: 'toy', title: '', session: 's', map: '', capabilities } as const
    this.session.entered({ ...frame, clock: { at: 0, world: 0, rate: 0 } }, rates)
    return this
  }
}

const codeOf = (effects: readonly SessionEffect[]): string => {
  const [effect] = effects
  if (!effect) return 'nothing'
  if (effect.type === 'close') return `close ${effect.reason}`
  if (effect.type !== 'text') return effect.type
  return 'code' in effect.frame ? `${effect.frame.type} ${effect.frame.code}` : effect.frame.type
}

describe('who may do what', () => {
  const cases: readonly (readonly [string, (stage: Stage) => readonly SessionEffect[], string])[] = [
    ['an open command', stage => stage.command('say'), 'command'],
    ['an admin command', stage => stage.command('rule'), 'fault not-allowed'],
    ['a command of the platform', stage => stage.command('secret'), 'fault not-allowed'],
    ['joining by oneself', stage => stage.command('join', sessions.id), 'fault not-allowed'],
    ['an unknown command', stage => stage.command('fly'), 'fault unknown-command'],
    ['an unknown capability', stage => stage.command('say', 'toy.none'), 'fault unknown-command'],
    ['an inherited name', stage => stage.command('constructor'), 'fault unknown-command'],
    ['an open query', stage => stage.query('count'), 'query'],
    ['an admin query', stage => stage.query('books'), 'fault not-allowed'],
    ['an unknown query', stage => stage.query('say'), 'fault unknown-command'],
    ['bytes of a command', stage => stage.session.bytes(STEP, stage.now), 'send'],
    ['a ping', stage => stage.send({ type: 'ping', n: 3 }), 'pong'],
  ]
  test.each(cases)('%s', (_, act, expected) => {
    expect(codeOf(act(new Stage().enter()))).toBe(expected)
  })

  test('an admin may rule', () => expect(codeOf(new Stage({}, ['admin']).enter().command('rule'))).toBe('command'))

  test('before entering nothing but pinging and entering', () => {
    const stage = new Stage()
    expect(codeOf(stage.command('say'))).toBe('fault not-entered')
    expect(codeOf(stage.query('count'))).toBe('fault not-entered')
    expect(stage.session.bytes(STEP, stage.now)).toEqual([])
    expect(codeOf(stage.send({ type: 'ping', n: 3 }))).toBe('pong')
  })

  test('what the world does not offer is unknown, whatever is declared', () => {
    const stage = new Stage().enter([sessions.id])
    expect(codeOf(stage.command('say'))).toBe('fault unknown-command')
    expect(stage.session.bytes(STEP, stage.now)).toEqual([])
  })

  test('after leaving nothing', () => {
    const stage = new Stage().enter()
    stage.session.left()
    expect(codeOf(stage.command('say'))).toBe('fault not-entered')
    expect(stage.session.bytes(STEP, stage.now)).toEqual([])
  })
})

test('one enter at a time, and an answer to an older one is not taken', () => {
  const stage = new Stage()
  const enter = (id: string) => stage.send({ type: 'enter', id, world: 'toy', name: 'Mira', look: LOOK })
  const first = uuid()
  expect(codeOf(enter(first))).toBe('enter')
  expect(codeOf(enter(uuid()))).toBe('fault busy')
  expect(codeOf(stage.session.settled(first, { refused: 'full', because: 'Full.' }))).toBe('refused full')
  expect(codeOf(enter(uuid()))).toBe('enter')
  const late = { type: 'entered', id: first, world: 'toy', title: '', session: '', map: '', capabilities: [] } as const
  expect(stage.session.entered({ ...late, clock: { at: 0, world: 0, rate: 0 } }, new ActorRates())).toEqual([])
})

test('every outcome has its frame', () => {
  const { session } = new Stage().enter()
  const frames = [
    session.settled('i', { reply: undefined }),
    session.settled('i', { reply: { n: 1 } }),
    session.settled('i', { answer: null }),
    session.settled('i', { refused: 'rude', because: 'No.' }),
    session.settled('i', { fault: 'busy', because: 'Later.', retryAfterMs: 9 }),
  ].map(([effect]) => (effect as { frame: ServerFrame }).frame)
  expect(frames).toEqual([
    { type: 'ack', id: 'i' },
    { type: 'ack', id: 'i', reply: { n: 1 } },
    { type: 'answer', id: 'i', data: null },
    { type: 'refused', id: 'i', code: 'rude', because: 'No.' },
    { type: 'fault', id: 'i', code: 'busy', because: 'Later.', retryAfterMs: 9 },
  ])
})

describe('bounds', () => {
  test('a command has its own rate, by person and not by line', () => {
    const rates = new ActorRates()
    const stage = new Stage().enter(undefined, rates)
    expect([1, 2, 3].map(() => codeOf(stage.command('hum')))).toEqual(['command', 'command', 'fault too-fast'])
    const second = new Stage().enter(undefined, rates)
    expect(codeOf(second.command('hum'))).toBe('fault too-fast')
    second.now += 500
    expect(codeOf(second.command('hum'))).toBe('command')
    expect(codeOf(stage.command('say'))).toBe('command')
  })

  test('commands in flight', () => {
    const stage = new Stage({ inFlightMax: 3 }).enter()
    const ids = [uuid(), uuid(), uuid()]
    for (const id of ids) expect(codeOf(stage.command('say', toy.id, id))).toBe('command')
    expect(codeOf(stage.command('say'))).toBe('fault busy')
    expect(codeOf(stage.query('count'))).toBe('fault busy')
    expect(codeOf(stage.command('say', toy.id, ids[0]))).toBe('command')
    stage.session.settled(ids[1] ?? '', { reply: undefined })
    expect(codeOf(stage.command('say'))).toBe('command')
  })

  test('malformed frames are told, and then too many', () => {
    const stage = new Stage({ badFramesMax: 3 }).enter()
    expect(codeOf(stage.send('{'))).toBe('fault not-json')
    expect(codeOf(stage.session.bytes(Uint8Array.of(0xee), stage.now))).toBe('fault invalid-input')
    expect(codeOf(stage.session.bytes(new Uint8Array(), stage.now))).toBe('fault invalid-input')
    expect(codeOf(stage.send('}'))).toBe('close bad-frame')
    expect(codeOf(stage.send('}'))).toBe('nothing')
    expect(stage.session.settled('i', { reply: 1 })).toEqual([])
  })

  test('a malformed frame now and then is forgiven', () => {
    const stage = new Stage({ badFramesMax: 1 }).enter()
    for (let n = 0; n < 20; n++) {
      expect(codeOf(stage.send('{'))).toBe('fault not-json')
      stage.now += 10_001
    }
  })

  test('binary frames of every wrong length', () => {
    for (let length = 0; length < 64; length++) {
      if (length === 2) continue
      const stage = new Stage().enter()
      const frame = new Uint8Array(length)
      if (length > 0) frame[0] = 0x11
      expect(codeOf(stage.session.bytes(frame, stage.now))).toBe('fault invalid-input')
    }
  })

  test('a heap of messages passes, a heap upon it is dropped, a stream of them is a flood', () => {
    const stage = new Stage({ messagesPerSecondMax: 10, messagesBurstMax: 5 }).enter()
    stage.now += 10_000
    const results = Array.from({ length: 10 }, () => codeOf(stage.session.bytes(STEP, stage.now)))
    expect(results).toEqual([
      ...Array.from({ length: 5 }, () => 'send'),
      ...Array.from({ length: 4 }, () => 'fault too-fast'),
      'close flood',
    ])
  })

  test('bytes have a rate too', () => {
    const stage = new Stage({ bytesPerSecondMax: 100, bytesBurstMax: 1_000 }).enter()
    stage.now += 60_000
    const large = 'x'.repeat(900)
    expect(codeOf(stage.send(large))).toBe('fault not-json')
    expect(codeOf(stage.send(large))).toBe('fault too-fast')
    expect(codeOf(stage.send(large))).toBe('close flood')
  })

  test('one frame too large', () => {
    const stage = new Stage().enter()
    expect(codeOf(stage.session.bytes(new Uint8Array(65_537), stage.now))).toBe('close too-large')
  })

  test('silence: pinged every 10 s, dead at 25', () => {
    const stage = new Stage()
    const seen: string[] = []
    for (let second = 1; second <= 30; second++) {
      stage.now += 1_000
      const code = codeOf(stage.session.tick(stage.now))
      if (code !== 'nothing') seen.push(`${second} ${code}`)
    }
    expect(seen).toEqual(['10 ping', '20 ping', '26 close silent'])
  })

  test('a server that stood still does not blame its clients', () => {
    const stage = new Stage()
    stage.now += 60_000
    expect(codeOf(stage.session.tick(stage.now))).toBe('ping')
  })

  test('a pong, or any frame, is life', () => {
    const stage = new Stage()
    for (let second = 1; second <= 100; second++) {
      stage.now += 1_000
      if (second % 20 === 0) stage.session.ponged(stage.now)
      expect(codeOf(stage.session.tick(stage.now))).not.toContain('close')
    }
  })
})

test('the way in for bytes makes no effects anew', () => {
  const stage = new Stage().enter()
  const first = stage.session.bytes(STEP, stage.now)
  expect(first).toMatchObject([{ type: 'send', route: { name: 'step' }, input: { n: 5 } }])
  expect(stage.session.bytes(Uint8Array.of(0x11, 6), stage.now)).toBe(first)
})

test('any frames in any order: never a throw, never anything after the end', () => {
  const frame = fc.oneof(
    fc.uint8Array({ maxLength: 12 }),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.json({ maxDepth: 3 }),
    fc.constantFrom(...['say', 'hum', 'wait', 'join', '__proto__'].map(name => ({ name }))),
  )
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 80 }), frames => {
      const stage = new Stage({ badFramesMax: 5, messagesBurstMax: 30 }).enter()
      let over = false
      for (const each of frames) {
        stage.now += 3
        const effects =
          each instanceof Uint8Array
            ? stage.session.bytes(each, stage.now)
            : typeof each === 'string'
              ? stage.send(each)
              : stage.command(each.name)
        if (over) expect(effects).toEqual([])
        over ||= effects.some(effect => effect.type === 'close')
      }
    }),
  )
})
