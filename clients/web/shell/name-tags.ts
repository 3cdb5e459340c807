import type { Tag } from '../scene/api.ts'

/** Name tags over the picture: a few elements used again and again, placed by the frame loop without React. */
export function createNameTags(layer: HTMLElement) {
  const used = new Map<
    string,
    { readonly root: HTMLElement; readonly name: HTMLElement; readonly words: HTMLElement }
  >()

  const make = () => {
    const root = document.createElement('div')
    const name = document.createElement('strong')
    const words = document.createElement('span')
    root.className = 'tag'
    root.append(name, words)
    layer.append(root)
    return { root, name, words }
  }

  return {
    /** `wordsOf`: what someone is just saying, shown below their name. */
    show(tags: readonly Tag[], wordsOf: (id: string) => string | undefined): void {
      const wanted = new Set(tags.map(({ id }) => id))
      for (const [id, { root }] of used) {
        if (wanted.has(id)) continue
        root.remove()
        used.delete(id)
      }
      for (const { id, name, left, top } of tags) {
        const tag = used.get(id) ?? make()
        used.set(id, tag)
        write(tag.name, name)
        write(tag.words, wordsOf(id) ?? '')
        tag.root.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px) translate(-50%, -100%)`
      }
    },
  }
}

function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text
}
