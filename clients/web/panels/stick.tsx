import { type PointerEvent, useRef, useState } from 'react'
import { thumb } from '../play/thumb.ts'
import { useActions } from './actions.ts'

/** Bottom left on a phone. Follows the finger that took hold of it, wherever that goes. */
export function Stick() {
  const { push } = useActions()
  const [knob, setKnob] = useState({ x: 0, y: 0 })
  const finger = useRef<number>(undefined)

  const follow = (event: PointerEvent<HTMLDivElement>) => {
    if (event.pointerId !== finger.current) return
    const box = event.currentTarget.getBoundingClientRect()
    const offset = { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 }
    const { knob: at, wish } = thumb(offset)
    setKnob(at)
    push(wish.x, wish.y)
  }
  const release = (event: PointerEvent) => {
    if (event.pointerId !== finger.current) return
    finger.current = undefined
    setKnob({ x: 0, y: 0 })
    push(0, 0)
  }

  return (
    <div
      className="stick"
      aria-hidden="true"
      onPointerDown={event => {
        if (finger.current !== undefined) return
        finger.current = event.pointerId
        event.currentTarget.setPointerCapture(event.pointerId)
        follow(event)
      }}
      onPointerMove={follow}
      onPointerUp={release}
      onPointerCancel={release}
    >
      <i style={{ translate: `${knob.x}px ${knob.y}px` }} />
    </div>
  )
}
