import { useId } from 'react'
import { isTouch, useActions, usePlay } from './actions.ts'
import { Icon } from './icons.tsx'
import { SheetCard } from './sheet.tsx'

const KEYS = [
  ['W A S D', 'walk'],
  ['Q E', 'turn the view'],
  ['V', 'isometric or 3D'],
  ['+ −', 'nearer, farther'],
  ['F', 'do what is near'],
  ['G', 'wave'],
  ['Enter', 'talk'],
  ['P M', 'people, menu'],
] as const

export function Menu() {
  const { turn, toggleView, setVolume, setCaptions, leave } = useActions()
  const view = usePlay(play => play.view)
  const volume = usePlay(play => play.volume)
  const captions = usePlay(play => play.captions)
  const volumeId = useId()
  const captionsId = useId()
  return (
    <SheetCard title="Menu">
      <div className="menu">
        <div className="pair">
          <button className="button" type="button" onClick={() => turn(-1)}>
            <Icon name="left" /> Turn left
          </button>
          <button className="button" type="button" onClick={() => turn(1)}>
            <Icon name="right" /> Turn right
          </button>
        </div>
        <button className="button" type="button" aria-pressed={view === 'perspective'} onClick={toggleView}>
          <Icon name="view" /> {view === 'isometric' ? 'Look over the shoulder (3D)' : 'Look from above'}
        </button>
        <div className="setting">
          <label htmlFor={volumeId}>Sound</label>
          <input
            id={volumeId}
            type="range"
            min="0"
            max="1"
            step="0.05"
            value={volume}
            onChange={event => setVolume(Number(event.target.value))}
          />
        </div>
        <div className="setting">
          <label htmlFor={captionsId}>Sounds in words</label>
          <input
            id={captionsId}
            type="checkbox"
            checked={captions}
            onChange={event => setCaptions(event.target.checked)}
          />
        </div>
        {!isTouch() && (
          <dl>
            {KEYS.map(([keys, what]) => (
              <div key={keys} style={{ display: 'contents' }}>
                <dt>
                  {keys.split(' ').map(key => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
        )}
        <button className="button" type="button" onClick={leave}>
          <Icon name="leave" /> Leave this world
        </button>
      </div>
    </SheetCard>
  )
}
