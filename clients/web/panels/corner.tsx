import { useActions, usePlay } from './actions.ts'
import { Icon } from './icons.tsx'

/** Top right: people and the menu; on a phone the chat, too. */
export function Corner({ phone }: { readonly phone: boolean }) {
  const { open } = useActions()
  const sheet = usePlay(play => play.sheet)
  const people = usePlay(play => play.people.size)
  const unread = usePlay(play => play.unread.world + play.unread.zone)
  const toggle = (name: 'people' | 'menu' | 'chat') => () => open(sheet === name ? undefined : name)
  return (
    <nav className="corner" aria-label="Panels">
      {phone && (
        <button
          className="button"
          type="button"
          aria-expanded={sheet === 'chat'}
          aria-label={unread > 0 ? `Chat, ${unread} new` : 'Chat'}
          onClick={toggle('chat')}
        >
          <Icon name="chat" />
          {unread > 0 && <span className="badge">{unread}</span>}
        </button>
      )}
      <button
        className="button"
        type="button"
        aria-expanded={sheet === 'people'}
        aria-label={`People, ${people} here`}
        title="People (P)"
        onClick={toggle('people')}
      >
        <Icon name="people" />
        <span>{people}</span>
      </button>
      <button
        className="button"
        type="button"
        aria-expanded={sheet === 'menu'}
        aria-label="Menu"
        title="Menu (M)"
        onClick={toggle('menu')}
      >
        <Icon name="menu" />
      </button>
    </nav>
  )
}
