import { poseOf } from '@worldloom/capabilities/movement'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Crowd, createCrowd } from './crowd.ts'
import { createPlayout } from './playout.ts'

const pose = poseOf(2, 'walking')
const mira = { index: 3, player: 'mira', x: 64, y: 64, pose }
const tomas = { index: 4, player: 'tomas', x: 128, y: 64, pose }

describe('the crowd', () => {
  let crowd: Crowd
  beforeEach(() => {
    crowd = createCrowd(
      () => 'me',
      createPlayout(nowMs => nowMs),
    )
    crowd.snapshot([mira, { ...tomas, index: 7, player: 'me' }], 0)
  })

  it('leaves oneself out', () => {
    expect(crowd.players).toEqual(['mira'])
  })

  it('follows frames by number, and knows what was told before it is drawn', () => {
    crowd.frame(100, [{ index: 3, x: 90, y: 64, pose }], 100)
    expect(crowd.newest('mira')).toEqual({ x: 90, y: 64 })
    expect(crowd.stances(200).get('mira')).toMatchObject({ x: 77, y: 64 })
  })

  it('ignores numbers it has not been told of', () => {
    crowd.frame(100, [{ index: 99, x: 1, y: 1, pose }], 100)
    expect(crowd.players).toEqual(['mira'])
  })

  it('gains and loses people', () => {
    crowd.appeared(tomas, 10)
    expect(crowd.players).toEqual(['mira', 'tomas'])
    crowd.disappeared('mira')
    expect(crowd.players).toEqual(['tomas'])
    expect(crowd.newest('mira')).toBeUndefined()
  })

  it('gives a number that has passed to someone else to them alone', () => {
    crowd.disappeared('mira')
    crowd.appeared({ ...tomas, index: 3 }, 10)
    crowd.frame(100, [{ index: 3, x: 9, y: 9, pose }], 100)
    expect(crowd.newest('tomas')).toEqual({ x: 9, y: 9 })
    expect(crowd.newest('mira')).toBeUndefined()
  })

  it('forgets a person’s old number when they come back under another', () => {
    crowd.appeared({ ...mira, index: 5 }, 10)
    crowd.frame(100, [{ index: 3, x: 1, y: 1, pose }], 100)
    expect(crowd.newest('mira')).toEqual({ x: 64, y: 64 })
    expect(crowd.players).toEqual(['mira'])
  })

  it('is replaced by the next snapshot', () => {
    crowd.snapshot([tomas], 500)
    expect(crowd.players).toEqual(['tomas'])
    crowd.snapshot([], 600)
    expect(crowd.players).toEqual([])
  })
})
