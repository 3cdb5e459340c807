import { describe, expect, test } from 'vitest'
import type { SceneAvatar } from './api.ts'
import { surveyLand } from './land.ts'
import { hitBox, pick, type Ray } from './pick.ts'
import { findRooms } from './rooms.ts'
import { stageWorld } from './stage-world.ts'

const land = surveyLand(stageWorld())
const rooms = findRooms(land)
const person: SceneAvatar = {
  id: 'mira',
  name: 'Mira',
  look: { body: '#112233', accent: '#445566' },
  x: 12.5,
  y: 17.5,
  facing: 0,
  state: 'idle',
}
/** The isometric ray that meets a place at a height. */
function rayTo(x: number, y: number, z: number): Ray {
  const direction = { x: -0.577, y: -0.577, z: -0.577 }
  return { origin: { x: x + 57.7, y: y + 57.7, z: z + 57.7 }, direction }
}
const pickAt = (x: number, z: number, y: number, openRoom = 0, people: readonly SceneAvatar[] = []) =>
  pick(rayTo(x, y, z), { land, people, openRoom, roomAt: rooms.at })

describe('a ray from the isometric eye', () => {
  test('finds the ground it was aimed at', () => {
    const picked = pickAt(11.3, 17.6, land.feetAt(11.3, 17.6))
    expect(picked?.kind).toBe('ground')
    expect(picked?.x).toBeCloseTo(11.3, 0)
    expect(picked?.y).toBeCloseTo(17.6, 0)
  })

  test('meets people before the ground behind them, but never oneself', () => {
    const at = land.feetAt(12.5, 17.5) + 1
    expect(pickAt(12.5, 17.5, at, 0, [person])).toMatchObject({ kind: 'avatar', id: 'mira' })
    expect(pickAt(12.5, 17.5, at, 0, [{ ...person, self: true }])?.kind).not.toBe('avatar')
  })

  test('finds what one can use', () => {
    expect(pickAt(14, 15.5, land.feetAt(14, 15.5) + 0.4)).toMatchObject({ kind: 'object', id: 'bench' })
  })

  test('finds doors from outside', () => {
    expect(pickAt(7.5, 13.8, land.feetAt(7.5, 13.5) + 1)).toMatchObject({ kind: 'door', id: 'door' })
  })

  test('sees into a house only when its roof is open', () => {
    const at = land.feetAt(6.5, 11.5) + 0.3
    expect(pickAt(6.5, 11.5, at)).not.toMatchObject({ id: 'chair' })
    expect(pickAt(6.5, 11.5, at, 1)).toMatchObject({ kind: 'object', id: 'chair' })
  })

  test('finds nothing beside the world', () => {
    expect(pickAt(-30, -30, 0)).toBeUndefined()
  })
})

test('a box is met at its near side', () => {
  const ray = { origin: { x: 0, y: 0.5, z: -5 }, direction: { x: 0, y: 0, z: 1 } }
  expect(hitBox(ray, { x: -1, y: 0, z: 0 }, { x: 1, y: 1, z: 2 })).toBe(5)
  expect(hitBox(ray, { x: 2, y: 0, z: 0 }, { x: 3, y: 1, z: 2 })).toBeUndefined()
})
