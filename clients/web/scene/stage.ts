import type { WorldFile } from '@worldloom/capabilities/geography'
import { STATES } from '@worldloom/capabilities/movement'
import { createScene, type DoorState, type Quality, type SceneAvatar } from './index.ts'
import { hash } from './noise.ts'
import { stageWorld } from './stage-world.ts'

/**
 * The scene alone, to look at while working on it: `vite` from the repository's root, then
 * `/clients/web/scene/stage.html?world=/path/to/world.json&hour=19&people=20&x=…&y=…&mode=perspective&span=…&turns=1&still`.
 */
const query = new URLSearchParams(location.search)
const number = (name: string, otherwise: number) => Number(query.get(name) ?? otherwise)
const canvas = document.querySelector('canvas')
if (!canvas) throw new Error('the stage has no canvas')

const path = query.get('world')
const world = path ? ((await (await fetch(path)).json()) as WorldFile) : stageWorld()
const scene = createScene(canvas, {
  reducedMotion: query.has('still'),
  ...(query.has('quality') ? { quality: number('quality', 0) as Quality } : {}),
})
const spawn = world.spawnPoints[0]?.position ?? { x: 8, y: 8 }
const me = { x: number('x', spawn.x), y: number('y', spawn.y), facing: number('facing', 3) * (Math.PI / 4) }
const hues = [
  '#c9785b',
  '#3e6b57',
  '#f2b84b',
  '#8c6bd1',
  '#5da9b8',
  '#6c7a89',
  '#e3c79a',
  '#c0473b',
  '#7fa66b',
  '#f6f1e7',
]
const hue = (n: number) => hues[Math.floor(n * hues.length)] ?? '#c9785b'

function crowd(count: number): SceneAvatar[] {
  const spread = number('spread', 7)
  return Array.from({ length: count }, (_, i) => ({
    id: `person-${i}`,
    name: `Person ${i + 1}`,
    look: { body: hue(hash(i, 1)), accent: hue(hash(i, 2)) },
    x: i === 0 ? me.x : Math.max(0.5, Math.min(world.map.width - 0.5, me.x + (hash(i, 3) - 0.5) * 2 * spread)),
    y: i === 0 ? me.y : Math.max(0.5, Math.min(world.map.height - 0.5, me.y + (hash(i, 4) - 0.5) * 2 * spread)),
    facing: i === 0 ? me.facing : hash(i, 5) * Math.PI * 2,
    state: i === 0 ? 'idle' : (STATES[Math.floor(hash(i, 6) * STATES.length)] ?? 'idle'),
    self: i === 0,
    speaking: i === 3,
  }))
}

scene.setWorld(world)
scene.setTime(number('hour', 10) * 3_600_000)
scene.setPeople(crowd(number('people', 12)))
scene.follow(me.x, me.y)
if (query.get('mode') === 'perspective') scene.setMode('perspective')
if (query.has('span')) scene.zoom(19 / number('span', 19), innerWidth / 2, innerHeight / 2)
for (let i = 0; i < number('turns', 0); i += 1) scene.turn(1)
if (query.has('yaw') || query.has('pitch')) scene.orbit(number('yaw', 0), number('pitch', 0))
const doors = new Map<string, DoorState>()
if (query.has('doors'))
  for (const door of world.doors) doors.set(door.id, query.get('doors') === 'open' ? 'open' : 'shut')
scene.setDoors(doors)
if (query.has('highlight')) scene.highlight(query.get('highlight') ?? undefined)
if (query.has('marker')) scene.marker(me.x + 2, me.y + 1)

addEventListener('resize', () => scene.resize())
addEventListener('keydown', event => {
  if (event.key === 'q') scene.turn(-1)
  if (event.key === 'e') scene.turn(1)
  if (event.key === 'v') scene.setMode(scene.stats().calls > 0 && event.shiftKey ? 'isometric' : 'perspective')
})
canvas.addEventListener('wheel', event => scene.zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, event.clientX, event.clientY))
canvas.addEventListener('pointermove', event => {
  scene.point(event.clientX, event.clientY)
  if (event.buttons & 2) scene.orbit(event.movementX * 0.005, event.movementY * 0.004)
  else if (event.buttons & 1) scene.pan(event.movementX, event.movementY)
})
canvas.addEventListener('click', event => {
  const picked = scene.pick(event.clientX, event.clientY)
  console.log(JSON.stringify(picked))
  if (picked?.kind === 'ground') scene.marker(picked.x, picked.y)
  scene.highlight(picked && 'id' in picked ? picked.id : undefined)
})

const tags = document.querySelector('#tags')
let frames = 0
function draw(nowMs: number) {
  scene.render(nowMs)
  frames += 1
  tags?.replaceChildren(
    ...scene.tags().map(({ name, left, top }) => {
      const tag = document.createElement('span')
      tag.textContent = name
      tag.style.left = `${left}px`
      tag.style.top = `${top}px`
      return tag
    }),
  )
  Object.assign(window, { stageFrames: frames, stageStats: scene.stats() })
  requestAnimationFrame(draw)
}
requestAnimationFrame(draw)
