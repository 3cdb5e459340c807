import type { Deed } from '../play/nearby.ts'
import { useActions, usePlay } from './actions.ts'
import { Icon, type IconName } from './icons.tsx'

const ICONS: Readonly<Record<Deed['kind'], IconName>> = {
  sit: 'sit',
  use: 'use',
  attach: 'use',
  stand: 'stand',
  open: 'door',
  shut: 'door',
}

/** Bottom centre: what one can do here and now, the likeliest first. */
export function Deeds() {
  const { perform, wave } = useActions()
  const deeds = usePlay(play => play.deeds)
  const text = usePlay(play => play.nearText)
  const first = deeds.find(deed => !deed.taken)
  return (
    <section className="deeds card" aria-label="What you can do">
      {deeds.map(deed => (
        <button
          key={`${deed.kind} ${deed.target}`}
          className={deed === first ? 'button first' : 'button'}
          type="button"
          disabled={deed.taken}
          onClick={() => perform(deed)}
        >
          <Icon name={ICONS[deed.kind]} />
          {deed.taken ? `${deed.label} (taken)` : deed.label}
          {deed === first && <kbd>F</kbd>}
        </button>
      ))}
      <button className="button" type="button" onClick={wave}>
        <Icon name="wave" /> Wave <kbd>G</kbd>
      </button>
      <p className="unseen" aria-live="polite">
        {text}
      </p>
    </section>
  )
}
