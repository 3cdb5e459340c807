import { useEffect, useState } from 'react'
import { hintText } from '../play/hints.ts'
import { Above } from './above.tsx'
import { isTouch, PHONE, usePlay } from './actions.ts'
import { Chat, Murmur } from './chat.tsx'
import { Corner } from './corner.tsx'
import { Deeds } from './deeds.tsx'
import { Gate } from './gate.tsx'
import { Menu } from './menu.tsx'
import { People, Regarded } from './people.tsx'
import { Region } from './region.tsx'
import { Stick } from './stick.tsx'

/** Everything that lies on the world. The world itself is drawn elsewhere. */
export function App() {
  const phase = usePlay(play => play.phase)
  const phone = useMedia(PHONE)
  if (phase !== 'inside') {
    return (
      <>
        <Gate />
        <Above />
      </>
    )
  }
  return (
    <>
      <Region />
      <Corner phone={phone} />
      <Above />
      <Sheets phone={phone} />
      {!phone && <Talk />}
      {!phone && isTouch() && <Stick />}
      {phone && <Below />}
      {!phone && <Deeds />}
      <Hint />
      <Caption />
    </>
  )
}

function Sheets({ phone }: { readonly phone: boolean }) {
  const sheet = usePlay(play => play.sheet)
  switch (sheet) {
    case 'people':
      return <People />
    case 'person':
      return <Regarded />
    case 'menu':
      return <Menu />
    case 'chat':
      return phone ? <Chat phone /> : null
    case undefined:
      return null
  }
}

function Talk() {
  const talking = usePlay(play => play.talking)
  return talking ? <Chat phone={false} /> : <Murmur />
}

/** What a thumb reaches; out of the way while a sheet is up. */
function Below() {
  const sheet = usePlay(play => play.sheet)
  if (sheet) return null
  return (
    <>
      <Murmur />
      <Stick />
      <Deeds />
    </>
  )
}

function Hint() {
  const hint = usePlay(play => play.hint)
  if (!hint) return null
  return (
    <p key={hint} className="hint rise" role="status">
      {hintText(hint, isTouch())}
    </p>
  )
}

function Caption() {
  const caption = usePlay(play => play.caption)
  const wanted = usePlay(play => play.captions)
  return (
    <div role="status">
      {caption && wanted && (
        <p key={caption.until} className="caption rise">
          {caption.text}
        </p>
      )}
    </div>
  )
}

function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const media = matchMedia(query)
    const change = () => setMatches(media.matches)
    media.addEventListener('change', change)
    return () => media.removeEventListener('change', change)
  }, [query])
  return matches
}
