import type { Line } from '@worldloom/capabilities/chat'
import { CHAT_CHARS_MAX } from '@worldloom/capabilities/chat'
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { Channel } from '../play/store.ts'
import { useActions, usePlay } from './actions.ts'
import { Icon } from './icons.tsx'

/** Left alone for this long, an open chat folds itself up. */
export const IDLE_MS = 20_000
const CHANNELS: readonly Channel[] = ['world', 'zone']

/** Bottom left, open: two conversations, their history, a line to say. */
export function Chat({ phone }: { readonly phone: boolean }) {
  const { say, talk, open, openChannel } = useActions()
  const channel = usePlay(play => play.channel)
  const lines = usePlay(play => play.chat[play.channel])
  const unread = usePlay(play => play.unread)
  const zone = usePlay(play => play.surrounding?.zone)
  const [text, setText] = useState('')
  const card = useRef<HTMLElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const panel = useId()

  useEffect(() => {
    // On a phone one may want to read; a tap brings the keyboard.
    if (!phone) field.current?.focus({ preventScroll: true })
  }, [phone])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line counts as life
  useEffect(() => {
    // Folds up when neither typed in nor read; whatever is half written keeps it open.
    if (phone || text !== '') return
    const timer = setTimeout(() => {
      if (!card.current?.matches(':hover')) talk(false)
    }, IDLE_MS)
    return () => clearTimeout(timer)
  }, [phone, text, talk, lines])

  const close = () => (phone ? open(undefined) : talk(false))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const line = text.trim()
    if (line === '') return close()
    say(channel, line)
    setText('')
  }
  const between = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    openChannel(channel === 'world' ? 'zone' : 'world')
    event.preventDefault()
  }

  return (
    <section ref={card} className="chat card rise" aria-label="Chat">
      <header>
        <div role="tablist" aria-label="Conversations" onKeyDown={between}>
          {CHANNELS.map(name => (
            <button
              key={name}
              className="button"
              type="button"
              role="tab"
              aria-selected={channel === name}
              aria-controls={panel}
              tabIndex={channel === name ? 0 : -1}
              onClick={() => openChannel(name)}
            >
              <span>{name === 'world' ? 'World' : zone || 'Here'}</span>
              {unread[name] > 0 && channel !== name && <span className="badge">{unread[name]}</span>}
            </button>
          ))}
        </div>
        <button className="button plain icon" type="button" aria-label="Close the chat" onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <Log id={panel} lines={lines} />
      <form onSubmit={submit}>
        <input
          ref={field}
          value={text}
          maxLength={CHAT_CHARS_MAX}
          aria-label="Say something"
          placeholder={channel === 'world' ? 'Say something to everyone' : 'Say something to those here'}
          autoComplete="off"
          enterKeyHint="send"
          onChange={event => setText(event.target.value)}
        />
        <button className="button main icon" type="submit" aria-label="Send">
          <Icon name="send" />
        </button>
      </form>
    </section>
  )
}

function Log({ id, lines }: { readonly id: string; readonly lines: readonly Line[] }) {
  const people = usePlay(play => play.people)
  const list = useRef<HTMLUListElement>(null)
  const newest = lines.at(-1)?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when a line is added
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight })
  }, [newest])
  return (
    <ul id={id} ref={list} className="log" role="log" aria-live="polite">
      {lines.length === 0 && <li className="soft">Nothing has been said here yet.</li>}
      {lines.map(line => (
        <li key={line.id}>
          <time dateTime={new Date(line.at).toISOString()}>{clockTime(line.at)}</time>
          <i className="swatch" style={{ background: people.get(line.player)?.look.body ?? 'transparent' }} />
          <strong>{line.name}</strong> {line.text}
        </li>
      ))}
    </ul>
  )
}

/** Bottom left, closed: what has just been said, on its way out, and a way in. */
export function Murmur() {
  const { talk } = useActions()
  const murmurs = usePlay(play => play.murmurs)
  const unread = usePlay(play => play.unread.world + play.unread.zone)
  return (
    <aside className="murmur" aria-label="Chat">
      <ul role="log" aria-live="polite">
        {murmurs.map(({ line }) => (
          <li key={line.id}>
            <strong>{line.name}</strong> {line.text}
          </li>
        ))}
      </ul>
      <button className="button" type="button" onClick={() => talk(true)}>
        <Icon name="chat" /> Talk <kbd>Enter</kbd>
        {unread > 0 && <span className="badge">{unread}</span>}
      </button>
    </aside>
  )
}

const clockTime = (at: number): string => new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
