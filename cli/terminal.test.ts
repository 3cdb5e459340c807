import { expect, test } from 'vitest'
import { createTerminal, seconds, table } from './terminal.ts'

const collect = (isTTY: boolean) => {
  const lines: string[] = []
  return { lines, output: { isTTY, write: (text: string) => lines.push(text) > 0 } }
}

test('a terminal gets colour; a pipe, and a person who asked for none, do not', () => {
  const { output } = collect(true)
  const esc = String.fromCharCode(27)
  expect(createTerminal(output, output, {}).bold('Open')).toBe(`${esc}[1mOpen${esc}[22m`)
  expect(createTerminal(output, output, { NO_COLOR: '1' }).bold('Open')).toBe('Open')
  expect(createTerminal(collect(false).output, output, {}).bold('Open')).toBe('Open')
})

test('what was asked for and what went wrong take different ways', () => {
  const out = collect(false)
  const error = collect(false)
  const terminal = createTerminal(out.output, error.output, {})
  terminal.out('here')
  terminal.error('broken')
  expect(out.lines).toEqual(['here\n'])
  expect(error.lines).toEqual(['broken\n'])
})

test('columns are as wide as their widest cell, and the last is never cut', () => {
  const long = 'a sentence that goes on and on'
  expect(
    table(
      ['code', 'what'],
      [
        ['door-loose', long],
        ['x', 'y'],
      ],
    ),
  ).toEqual(['code        what', `door-loose  ${long}`, 'x           y'])
})

test('times are for people', () => {
  expect(seconds(49)).toBe('0.0 s')
  expect(seconds(6_340)).toBe('6.3 s')
})
