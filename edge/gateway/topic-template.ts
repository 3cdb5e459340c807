/**
 * An audience template, taken apart once: `zone:{zone}` becomes the literals `zone:` and ``, and the field `zone`. Fills
 * like the contract's `topicOf`, without a regular expression or a closure for every event.
 */
export class TopicTemplate {
  readonly #fields: readonly string[]
  readonly #literals: readonly string[]

  constructor(template: string) {
    // Splitting by a pattern with a group gives literals at even places and fields at odd ones.
    const parts = template.split(/\{(\w+)\}/)
    this.#literals = parts.filter((_, index) => index % 2 === 0)
    this.#fields = parts.filter((_, index) => index % 2 === 1)
  }

  /** Undefined when a field is empty or no text: then the event is for nobody. */
  fill(data: unknown): string | undefined {
    let topic = this.#literals[0] ?? ''
    for (let index = 0; index < this.#fields.length; index++) {
      const value = (data as Readonly<Record<string, unknown>>)[this.#fields[index] ?? '']
      if (typeof value !== 'string' || value === '') return undefined
      topic += value + (this.#literals[index + 1] ?? '')
    }
    return topic
  }
}
