import { type Camera, Vector3 } from 'three'
import { type SceneAvatar, TAGS_MAX, type Tag } from './api.ts'
import { AVATAR_HEIGHT } from './avatar-shape.ts'

/** How near the pointer has to come to a head, in CSS pixels. */
const NEAR_PIXELS = 64
const GAP_METRES = 0.22

/** Names to show: who speaks, then who is near the pointer, nearest first. */
export function placeTags(
  people: readonly SceneAvatar[],
  camera: Camera,
  size: { readonly width: number; readonly height: number },
  pointer: { readonly left: number; readonly top: number } | undefined,
  feetAt: (x: number, y: number) => number,
): Tag[] {
  const place = new Vector3()
  const found: { tag: Tag; rank: number }[] = []
  for (const person of people) {
    if (!person.speaking && !pointer) continue
    place.set(person.x, feetAt(person.x, person.y) + AVATAR_HEIGHT + GAP_METRES, person.y).project(camera)
    if (place.z > 1 || Math.abs(place.x) > 1.05 || Math.abs(place.y) > 1.1) continue
    const left = (place.x * 0.5 + 0.5) * size.width
    const top = (0.5 - place.y * 0.5) * size.height
    const away = pointer ? Math.hypot(left - pointer.left, top + 18 - pointer.top) : Number.POSITIVE_INFINITY
    if (!person.speaking && away > NEAR_PIXELS) continue
    const reason = person.speaking ? 'speaking' : person.self ? 'self' : 'pointer'
    found.push({
      tag: { id: person.id, name: person.name, left, top, reason },
      rank: person.speaking ? away - 1e6 : away,
    })
  }
  return found
    .sort((a, b) => a.rank - b.rank)
    .slice(0, TAGS_MAX)
    .map(({ tag }) => tag)
}
