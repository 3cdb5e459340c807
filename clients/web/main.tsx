import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { PlayContext } from './panels/actions.ts'
import { App } from './panels/app.tsx'
import { start } from './shell/start.ts'
import './styles/index.css'

const element = <E extends HTMLElement>(id: string, kind: new () => E): E => {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(`The page has no <${kind.name} id="${id}">.`)
  return found
}

const play = start({
  canvas: element('world', HTMLCanvasElement),
  veil: element('veil', HTMLDivElement),
  tags: element('tags', HTMLDivElement),
})

createRoot(element('app', HTMLDivElement)).render(
  <StrictMode>
    <PlayContext value={play}>
      <App />
    </PlayContext>
  </StrictMode>,
)
