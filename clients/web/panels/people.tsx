import { useActions, usePlay } from './actions.ts'
import { Pair, Portrait } from './portrait.tsx'
import { SheetCard } from './sheet.tsx'

/** Who is in the world: oneself first, then who is near, then everyone else by name. */
export function People() {
  const { regard } = useActions()
  const people = usePlay(play => play.people)
  const near = usePlay(play => play.near)
  const self = usePlay(play => play.player)
  const here = new Set(near)
  const rank = (player: string) => (player === self ? 0 : here.has(player) ? 1 : 2)
  const sorted = [...people.values()].sort(
    (a, b) => rank(a.player) - rank(b.player) || (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1),
  )
  return (
    <SheetCard title={sorted.length === 1 ? 'Just you' : `${sorted.length} people`}>
      <ul className="people" aria-live="polite">
        {sorted.map(({ player, name, look }) => (
          <li key={player}>
            <Pair look={look} />
            <button type="button" onClick={() => regard(player)}>
              <span>{name}</span>
            </button>
            <small>{player === self ? 'you' : here.has(player) ? 'here' : 'elsewhere'}</small>
          </li>
        ))}
      </ul>
    </SheetCard>
  )
}

/** Someone one looks at. */
export function Regarded() {
  const { wave } = useActions()
  const player = usePlay(play => play.regarded)
  const person = usePlay(play => play.people.get(play.regarded ?? ''))
  const self = usePlay(play => play.player)
  const isNear = usePlay(play => play.near.includes(play.regarded ?? ''))
  if (!person) return null
  const where = player === self ? 'This is you.' : isNear ? 'Here with you.' : 'Somewhere else in this world.'
  return (
    <SheetCard title={person.name}>
      <div className="person">
        <Portrait look={person.look} name={person.name} />
        <div>
          <p className="soft">{where}</p>
          <p className="soft">Here since {clockTime(person.since)}.</p>
          <button className="button" type="button" onClick={wave}>
            {player === self ? 'Wave' : `Wave to ${person.name}`}
          </button>
        </div>
      </div>
    </SheetCard>
  )
}

const clockTime = (at: number): string => new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
