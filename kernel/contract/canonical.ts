/** A value that survives JSON unchanged. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined }

/**
 * JSON with sorted keys and no spaces: equal values give equal bytes. Fields that are undefined are left out.
 * Throws a TypeError for what JSON would silently change (NaN, infinities, functions, bigints).
 */
export function canonical(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value)
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${value} cannot be recorded`)
      return JSON.stringify(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object': {
      if (value === null) return 'null'
      if (Array.isArray(value)) return `[${value.map(item => canonical(item === undefined ? null : item)).join(',')}]`
      const record = value as Readonly<Record<string, unknown>>
      let text = ''
      for (const key of Object.keys(record).sort()) {
        const field = record[key]
        if (field === undefined) continue
        text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonical(field)}`
      }
      return `{${text}}`
    }
    default:
      throw new TypeError(`a ${typeof value} cannot be recorded`)
  }
}
