import { Fault, Misfit } from '@worldloom/contract'
import { expect, test } from 'vitest'
import { folderFault } from './embedded-faults.ts'

const failed = (code: string) => Object.assign(new Error(`${code}: it failed`), { code })

test.each([
  ['disk-full', failed('ENOSPC')],
  ['disk-full', failed('EDQUOT')],
  ['disk-full', new Error('initdb: error: could not write to file "pg_wal": No space left on device')],
  ['no-permission', failed('EACCES')],
  ['no-permission', failed('EROFS')],
  ['no-permission', new Error('FATAL:  could not open file "PG_VERSION": Permission denied')],
  ['no-permission', failed('ENOTDIR')],
  ['database-failed', new Error('FATAL:  could not load pg_hba.conf')],
  ['database-failed', 'it said nothing'],
])('%s is what %s comes to, with the folder and what was said', (code, cause) => {
  const fault = folderFault(cause, '/srv/loom')
  expect(fault).toMatchObject({ name: 'Fault', code, message: expect.stringContaining('/srv/loom') })
  expect(fault.message).not.toContain('\n')
})

test('what is a sentence already stays as it is', () => {
  for (const told of [new Fault('data-in-use', 'In use.'), new Misfit('data-too-old', 'Old.')])
    expect(folderFault(told, '/srv/loom')).toBe(told)
})
