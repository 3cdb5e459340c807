import { usePlay } from './actions.ts'

const WORDS = {
  tying: 'Tying the thread…',
  broken: 'The thread broke; tying it again…',
  ended: 'The thread was cut.',
} as const

/** Top centre: how the connection is, when it is not well, and what the server had to say. */
export function Above() {
  const thread = usePlay(play => play.thread)
  const because = usePlay(play => play.because)
  const phase = usePlay(play => play.phase)
  const notices = usePlay(play => play.notices)
  return (
    <div className="above">
      <div role="status">
        {thread !== 'tied' && phase !== 'gate' && (
          <p className="thread card rise">
            <Thread />
            <span>{thread === 'ended' ? (because ?? WORDS.ended) : WORDS[thread]}</span>
            {thread === 'ended' && (
              <button className="button" type="button" onClick={() => location.reload()}>
                Reload
              </button>
            )}
          </p>
        )}
      </div>
      <div role="alert">
        {notices.map(({ id, tone, text }) => (
          <p key={id} className={`notice card rise ${tone}`}>
            {text}
          </p>
        ))}
      </div>
    </div>
  )
}

/** Two ends that find each other. */
function Thread() {
  return (
    <svg viewBox="0 0 40 16" fill="none" strokeWidth="2.5" strokeLinecap="round" aria-hidden="true">
      <path d="M2 8c6-8 10 8 18 0" stroke="#8c6bd1" pathLength="1" strokeDasharray="1" strokeDashoffset="0.35" />
      <path d="M38 8c-6 8-10-8-18 0" stroke="#c9785b" pathLength="1" strokeDasharray="1" strokeDashoffset="0.35" />
    </svg>
  )
}
