import { expect, test } from 'vitest'
import { createView, SPAN_MAX, SPAN_MIN } from './view.ts'

function viewAt(x: number, y: number) {
  const view = createView(true)
  view.setSize(1280, 720)
  view.follow(x, 0, y)
  view.update(16)
  return view
}

test('the ground below the pointer stays below it while zooming', () => {
  const view = viewAt(40, 30)
  const before = view.onGround(0.6, -0.4)?.clone()
  view.zoom(1.8, 0.6, -0.4)
  view.update(16)
  const after = view.onGround(0.6, -0.4)
  expect(after?.x).toBeCloseTo(before?.x ?? Number.NaN, 3)
  expect(after?.z).toBeCloseTo(before?.z ?? Number.NaN, 3)
})

test('zoom stops at its bounds', () => {
  const view = viewAt(0, 0)
  for (let i = 0; i < 50; i += 1) view.zoom(1.5, 0, 0)
  view.update(16)
  expect(view.span()).toBeCloseTo(SPAN_MIN)
  for (let i = 0; i < 50; i += 1) view.zoom(0.5, 0, 0)
  view.update(16)
  expect(view.span()).toBeCloseTo(SPAN_MAX)
})

test('four quarter turns come back; one turns the heading by a quarter', () => {
  const view = viewAt(0, 0)
  const start = view.heading()
  view.turn(1)
  view.update(16)
  expect(view.heading() - start).toBeCloseTo(Math.PI / 2)
  for (let i = 0; i < 3; i += 1) view.turn(1)
  view.update(16)
  expect(Math.cos(view.heading() - start)).toBeCloseTo(1)
})

test('a turn takes time unless motion is reduced', () => {
  const view = createView(false)
  view.setSize(100, 100)
  const start = view.heading()
  view.turn(1)
  view.update(50)
  const midway = view.heading() - start
  expect(midway).toBeGreaterThan(0.1)
  expect(midway).toBeLessThan(Math.PI / 2)
  view.update(400)
  expect(view.heading() - start).toBeCloseTo(Math.PI / 2)
})

test('dragging moves the ground with the pointer, and walking takes the camera back', () => {
  const view = viewAt(20, 20)
  const grabbed = view.onGround(0, 0)?.clone()
  view.pan(128, -72)
  const now = view.onGround(0.2, 0.2)
  expect(now?.x).toBeCloseTo(grabbed?.x ?? Number.NaN, 3)
  for (let step = 1; step <= 60; step += 1) view.follow(20 + step * 0.2, 0, 20)
  view.update(16)
  expect(view.middle().x).toBeCloseTo(32, 0)
})
