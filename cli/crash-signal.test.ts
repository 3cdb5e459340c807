import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const crash = fileURLToPath(new URL('./crash-signal.ts', import.meta.url))

test.each([
  ['a thrown error', "setTimeout(() => { throw new Error('the loom broke') })"],
  ['a rejection', "void Promise.reject(new Error('the loom broke'))"],
])('%s that nobody catches ends the wait, not the process', (_, breaking) => {
  const script = `
    const { crashSignal } = await import(${JSON.stringify(crash)})
    const { crashed } = crashSignal()
    ${breaking}
    await crashed.catch(error => console.log('told: ' + error.message))
    console.log('stopped in order')`
  const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  expect(stdout).toBe('told: the loom broke\nstopped in order\n')
  expect(status).toBe(0)
})
