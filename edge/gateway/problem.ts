import { STATUS_CODES } from 'node:http'

/** An error as HTTP says it (RFC 9457). `code` is what programs match; `detail` is a sentence for a person. */
export interface Problem {
  readonly type: 'about:blank'
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

export const problem = (status: number, code: string, detail: string): Problem => ({
  type: 'about:blank',
  title: STATUS_CODES[status] ?? 'Error',
  status,
  code,
  detail,
})

/** A whole HTTP/1.1 answer, for sockets that no HTTP framework holds any more: a refused upgrade. */
export function rawProblem(refusal: Problem): string {
  const body = JSON.stringify(refusal)
  return [
    `HTTP/1.1 ${refusal.status} ${refusal.title}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'Connection: close',
    '',
    body,
  ].join('\r\n')
}
