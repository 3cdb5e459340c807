import { expect, test } from 'vitest'
import { type SceneAvatar, TAGS_MAX } from './api.ts'
import { placeTags } from './tags.ts'
import { createView } from './view.ts'

const view = createView(true)
view.setSize(1000, 600)
view.follow(20, 0, 20)
view.update(16)
const size = { width: 1000, height: 600 }
const person = (id: string, x: number, y: number, speaking = false): SceneAvatar => ({
  id,
  name: id,
  look: { body: '#000000', accent: '#ffffff' },
  x,
  y,
  facing: 0,
  state: 'idle',
  speaking,
})

test('names show for those who speak and those near the pointer', () => {
  const people = [person('quiet', 20, 20), person('speaker', 22, 20, true)]
  expect(placeTags(people, view.camera(), size, undefined, () => 0).map(tag => tag.id)).toEqual(['speaker'])
  const over = placeTags(people, view.camera(), size, { left: 500, top: 260 }, () => 0)
  expect(over.map(tag => [tag.id, tag.reason])).toEqual([
    ['speaker', 'speaking'],
    ['quiet', 'pointer'],
  ])
})

test('a tag sits above its person in the middle of the picture', () => {
  const [tag] = placeTags([person('a', 20, 20, true)], view.camera(), size, undefined, () => 0)
  expect(tag?.left).toBeCloseTo(500, 0)
  expect(tag?.top).toBeLessThan(300)
})

test('a crowd shouting at once stays within the bound', () => {
  const crowd = Array.from({ length: 100 }, (_, i) => person(`p${i}`, 15 + (i % 10), 15 + Math.floor(i / 10), true))
  expect(placeTags(crowd, view.camera(), size, undefined, () => 0)).toHaveLength(TAGS_MAX)
})
