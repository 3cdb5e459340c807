import { styleText } from 'node:util'

/** Where a command speaks to the person. Plain text when the output is no terminal, or NO_COLOR is set. */
export interface Terminal {
  /** One line of what was asked for. */
  out(line?: string): void
  /** One line about what went wrong. */
  error(line: string): void
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly good: (text: string) => string
  readonly bad: (text: string) => string
  /** Columns of the terminal; 100 where there is none. */
  readonly width: number
}

type Output = Pick<NodeJS.WriteStream, 'write'> & { readonly isTTY?: boolean; readonly columns?: number }

const WIDTH_DEFAULT = 100

export function createTerminal(out: Output, error: Output, env: NodeJS.ProcessEnv): Terminal {
  const colourful = out.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb'
  const style = (format: Parameters<typeof styleText>[0]) => (text: string) =>
    colourful ? styleText(format, text, { validateStream: false }) : text
  return {
    out: (line = '') => void out.write(`${line}\n`),
    error: line => void error.write(`${line}\n`),
    bold: style('bold'),
    dim: style('dim'),
    good: style('green'),
    bad: style('red'),
    width: out.columns ?? WIDTH_DEFAULT,
  }
}

/** Rows under headings, columns as wide as needed; the last one takes what is left and is never cut. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map(row => (row[column] ?? '').length)),
  )
  return [headings, ...rows].map(row =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}

/** `0.1 s` for people. */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`
