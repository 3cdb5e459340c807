import { describe, expect, it } from 'vitest'
import { dayOf } from './day.ts'
import { type Hint, hintText, nextHint } from './hints.ts'
import { COLOURS, luckyLook, nameProblem, REMEMBERED_KEY, recall, remember } from './looks.ts'
import { NOTICES_MAX, noticed, standing } from './notices.ts'

const storage = () => {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => {
      kept.set(key, value)
    },
  }
}

describe('who one was last time', () => {
  const mira = { name: 'Mira', look: { body: '#7FA66B', accent: '#F2B84B' } }

  it('is remembered', () => {
    const box = storage()
    remember(box, mira)
    expect(recall(box)).toEqual(mira)
  })

  it.each([
    '',
    'nonsense',
    '{}',
    'null',
    '{"name":"","look":{}}',
    '{"name":"A","look":{"body":"red","accent":"#fff"}}',
  ])('is nobody when %s lies there', text => {
    const box = storage()
    box.kept.set(REMEMBERED_KEY, text)
    expect(recall(box)).toBeUndefined()
  })

  it('is nobody when the browser refuses its storage', () => {
    const refusing = {
      getItem: () => {
        throw new Error('denied')
      },
      setItem: () => {
        throw new Error('denied')
      },
    }
    expect(recall(refusing)).toBeUndefined()
    expect(() => remember(refusing, mira)).not.toThrow()
    expect(recall(undefined)).toBeUndefined()
  })

  it('or a pair of different colours by luck', () => {
    for (let n = 0; n < COLOURS.length; n += 1) {
      const { body, accent } = luckyLook(() => n / COLOURS.length)
      expect(body).not.toBe(accent)
    }
  })

  it('has a name of one line', () => {
    expect(nameProblem('Mira')).toBeUndefined()
    expect(nameProblem('  ')).toMatch(/call you/)
    expect(nameProblem('a'.repeat(33))).toMatch(/32/)
    expect(nameProblem('a\u202eb')).toBeDefined()
  })
})

describe('hints', () => {
  it('come one after another, whatever is done first', () => {
    const done = new Set<Hint>()
    expect(nextHint(done)).toBe('walk')
    done.add('look')
    expect(nextHint(done)).toBe('walk')
    done.add('walk')
    expect(nextHint(done)).toBe('touch')
    done.add('touch')
    expect(nextHint(done)).toBeUndefined()
  })

  it('speak of fingers where there are no keys', () => {
    expect(hintText('touch', true)).not.toMatch(/press/)
  })
})

describe('notices', () => {
  it('stay long enough to read and then go', () => {
    const notices = noticed([], 'refusal', 'Someone else sits here already.', 1_000)
    expect(standing(notices, 4_999)).toBe(notices)
    expect(standing(notices, 5_000)).toEqual([])
  })

  it('do not stack when the same thing happens again', () => {
    const twice = noticed(noticed([], 'fault', 'Slow down.', 0), 'fault', 'Slow down.', 2_000)
    expect(twice).toHaveLength(1)
    expect(twice[0]?.until).toBe(6_000)
  })

  it('are never many', () => {
    let notices = noticed([], 'news', '0', 0)
    for (let n = 1; n < 9; n += 1) notices = noticed(notices, 'news', String(n), 0)
    expect(notices.map(({ text }) => text)).toEqual(['6', '7', '8'])
    expect(new Set(notices.map(({ id }) => id)).size).toBe(NOTICES_MAX)
  })
})

describe('the day', () => {
  it.each([
    [0, '00:00', 'Night', 1],
    [5 * 3_600_000, '05:00', 'Dawn', 1],
    [12 * 3_600_000 + 39 * 60_000, '12:30', 'Day', 1],
    [86_400_000 + 19.5 * 3_600_000, '19:30', 'Dusk', 2],
  ])('at %i ms of world time', (world, time, word, number) => {
    expect(dayOf({ at: 1_000, world, rate: 0 }, 99_000)).toMatchObject({ time, word, number })
  })

  it('passes at the rate of the clock', () => {
    expect(dayOf({ at: 0, world: 0, rate: 24_000 }, 60 * 60_000).number).toBe(2)
  })
})
