/** A press that moves farther than this, in CSS pixels, is a drag. */
const DRAG_PX = 8
/** Two fingers turn the view by a quarter for every so many radians. */
const TWIST_RADIANS = 0.6
const WHEEL_FACTOR = 0.0015

interface Gestures {
  press(x: number, y: number): void
  point(x: number | undefined, y: number | undefined): void
  zoom(factor: number, x: number, y: number): void
  turn(quarters: 1 | -1): void
  drag(dx: number, dy: number): void
}

/** Mouse and fingers on the picture: press, point, wheel, drag; pinch and twist with two fingers. */
export function watchPointers(canvas: HTMLElement, gestures: Gestures): void {
  const fingers = new Map<number, { x: number; y: number }>()
  let start: { readonly x: number; readonly y: number } | undefined
  let twisted = 0

  const pair = () => {
    const [a, b] = [...fingers.values()]
    if (!a || !b) return undefined
    return {
      apart: Math.hypot(a.x - b.x, a.y - b.y),
      angle: Math.atan2(b.y - a.y, b.x - a.x),
      x: (a.x + b.x) / 2,
      y: (a.y + b.y) / 2,
    }
  }

  canvas.addEventListener('pointerdown', event => {
    if (event.button !== 0) return
    canvas.setPointerCapture(event.pointerId)
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY })
    start = fingers.size === 1 ? { x: event.clientX, y: event.clientY } : undefined
    twisted = 0
  })
  canvas.addEventListener('pointermove', event => {
    if (event.pointerType === 'mouse') gestures.point(event.clientX, event.clientY)
    const finger = fingers.get(event.pointerId)
    if (!finger) return
    const before = pair()
    const dx = event.clientX - finger.x
    const dy = event.clientY - finger.y
    finger.x = event.clientX
    finger.y = event.clientY
    const after = pair()
    if (before && after) {
      if (before.apart > 0) gestures.zoom(after.apart / before.apart, after.x, after.y)
      twisted += Math.atan2(Math.sin(after.angle - before.angle), Math.cos(after.angle - before.angle))
      if (Math.abs(twisted) < TWIST_RADIANS) return
      gestures.turn(twisted > 0 ? -1 : 1)
      twisted = 0
      return
    }
    if (start && Math.hypot(event.clientX - start.x, event.clientY - start.y) > DRAG_PX) start = undefined
    if (!start) gestures.drag(dx, dy)
  })
  const release = (event: PointerEvent) => {
    const wasPress = start !== undefined && fingers.has(event.pointerId) && event.type === 'pointerup'
    fingers.delete(event.pointerId)
    start = undefined
    if (wasPress) gestures.press(event.clientX, event.clientY)
  }
  canvas.addEventListener('pointerup', release)
  canvas.addEventListener('pointercancel', release)
  canvas.addEventListener('pointerleave', () => gestures.point(undefined, undefined))
  canvas.addEventListener(
    'wheel',
    event => {
      event.preventDefault()
      gestures.zoom(Math.exp(-event.deltaY * WHEEL_FACTOR), event.clientX, event.clientY)
    },
    { passive: false },
  )
}
