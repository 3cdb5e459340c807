import { TITLE_CHARS_MAX } from '@worldloom/capabilities/geography'
import { isPrintable } from '@worldloom/contract'

/** Text that a World file may hold: control characters become spaces; cut to a length, never within a character. */
export function cleanText(text: string, charsMax: number): string {
  const clean = [...text.toWellFormed().replace(/\r\n?/g, '\n')].map(char => (isPrintable(char) ? char : ' ')).join('')
  return clean
    .slice(0, charsMax)
    .toWellFormed()
    .replace(/\uFFFD$/, '')
    .trim()
}

/** As `cleanText`, in one line. */
export const lineText = (text: string): string => cleanText(text.replace(/\s+/g, ' '), TITLE_CHARS_MAX)
