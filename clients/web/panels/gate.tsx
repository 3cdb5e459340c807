import type { Look, WorldLine } from '@worldloom/contract'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { COLOURS, luckyLook, nameProblem, recall, remember } from '../play/looks.ts'
import { isTouch, useActions, usePlay } from './actions.ts'
import { Portrait } from './portrait.tsx'

/** The first card: who one is, in a name and two colours, and in. */
export function Gate() {
  const { enter, preview } = useActions()
  const worlds = usePlay(play => play.worlds)
  const phase = usePlay(play => play.phase)
  const thread = usePlay(play => play.thread)
  const because = usePlay(play => play.because)
  const [before] = useState(() => recall(localStorage))
  const [name, setName] = useState(before?.name ?? '')
  const [look, setLook] = useState<Look>(() => before?.look ?? luckyLook(Math.random))
  const [chosen, setChosen] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const field = useRef<HTMLInputElement>(null)
  const nameId = useId()
  const problemId = useId()
  const world = worlds.find(({ id }) => id === chosen) ?? worlds[0]
  const entering = phase === 'entering'

  useEffect(() => {
    // On a phone the keyboard would cover the card before it has been seen.
    if (!isTouch()) field.current?.focus()
  }, [])

  const choose = (id: string) => {
    setChosen(id)
    preview(id)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const wrong = nameProblem(name)
    setProblem(wrong)
    if (wrong) field.current?.focus()
    if (wrong || !world) return
    remember(localStorage, { name: name.trim(), look })
    enter(world.id, name.trim(), look)
  }

  return (
    <main className="gate">
      <form className="card rise" onSubmit={submit} noValidate>
        <h1>{world?.title ?? 'Worldloom'}</h1>
        <p className="lead soft">{lead(world, thread)}</p>
        {worlds.length > 1 && <WorldChoice worlds={worlds} chosen={world?.id} choose={choose} />}
        <div className="portrait">
          <Portrait look={look} name={name.trim() || 'you'} />
          <div className="field">
            <label htmlFor={nameId}>Your name</label>
            <input
              id={nameId}
              ref={field}
              value={name}
              maxLength={32}
              autoComplete="nickname"
              spellCheck={false}
              aria-invalid={problem !== undefined}
              aria-describedby={problemId}
              onChange={event => {
                setName(event.target.value)
                setProblem(undefined)
              }}
            />
          </div>
        </div>
        <Colours legend="Coat" value={look.body} choose={body => setLook({ ...look, body })} />
        <Colours legend="Scarf" value={look.accent} choose={accent => setLook({ ...look, accent })} />
        <button className="button main" type="submit" disabled={!world || entering}>
          {entering ? 'The gate opens…' : 'Step in'}
        </button>
        <p className="problem" id={problemId} role="alert">
          {problem ?? because}
        </p>
      </form>
    </main>
  )
}

function lead(world: WorldLine | undefined, thread: string): string {
  if (!world) return thread === 'tying' ? 'Looking for the way…' : 'The way is closed for now.'
  if (world.people === 0) return 'Nobody is here yet. Be the first.'
  return world.people === 1 ? 'One person is here.' : `${world.people} people are here.`
}

interface WorldChoiceProps {
  readonly worlds: readonly WorldLine[]
  readonly chosen: string | undefined
  readonly choose: (id: string) => void
}

function WorldChoice({ worlds, chosen, choose }: WorldChoiceProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>World</label>
      <select id={id} value={chosen} onChange={event => choose(event.target.value)}>
        {worlds.map(world => (
          <option key={world.id} value={world.id}>
            {world.title}
          </option>
        ))}
      </select>
    </div>
  )
}

interface ColoursProps {
  readonly legend: string
  readonly value: string
  readonly choose: (hex: string) => void
}

function Colours({ legend, value, choose }: ColoursProps) {
  const group = useId()
  return (
    <fieldset className="colours">
      <legend>{legend}</legend>
      <div>
        {COLOURS.map(({ name, hex }) => (
          <label key={hex} title={name}>
            <input
              type="radio"
              name={group}
              value={hex}
              checked={value === hex}
              aria-label={name}
              onChange={() => choose(hex)}
            />
            <span className="swatch" style={{ background: hex }} />
          </label>
        ))}
      </div>
    </fieldset>
  )
}
