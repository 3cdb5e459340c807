import { usePlay } from './actions.ts'
import { Dial } from './dial.tsx'

/** Top left: where one is, and what time it is there. */
export function Region() {
  const surrounding = usePlay(play => play.surrounding)
  const day = usePlay(play => play.day)
  const title = usePlay(play => play.title)
  const zone = surrounding?.zone
  return (
    <section className="region card" aria-label="Where you are">
      {day && <Dial share={day.share} phase={day.phase} />}
      <div>
        <h1 aria-live="polite">{surrounding?.region || title}</h1>
        <p className="soft">
          {day ? `${day.time} · ${day.word}` : ''}
          {zone ? ` · ${zone}` : ''}
        </p>
      </div>
    </section>
  )
}
