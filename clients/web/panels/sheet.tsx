import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useActions } from './actions.ts'
import { Icon } from './icons.tsx'

interface SheetProps {
  readonly title: string
  readonly children: ReactNode
}

/** A card that opens over the world, takes the keyboard, and gives it back when it closes. */
export function SheetCard({ title, children }: SheetProps) {
  const { open } = useActions()
  const heading = useId()
  const card = useRef<HTMLElement>(null)
  useEffect(() => {
    const before = document.activeElement
    card.current?.focus()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    <section ref={card} className="sheet card rise" role="dialog" aria-labelledby={heading} tabIndex={-1}>
      <header>
        <h2 id={heading}>{title}</h2>
        <button className="button plain icon" type="button" aria-label="Close" onClick={() => open(undefined)}>
          <Icon name="close" />
        </button>
      </header>
      {children}
    </section>
  )
}
