import { beforeAll, describe, expect, test } from 'vitest'

test('passes', () => expect(1).toBe(1))
test('fails', () => expect(1).toBe(2))
test('lacks something', context => context.skip('no loom here'))
test('lacks the same', context => context.skip('no loom here'))
describe('with a hook that fails', () => {
  beforeAll(() => {
    throw new Error('the hook failed')
  })
  test('never runs', () => undefined)
})
test('leaves an error behind', async () => {
  setTimeout(() => {
    throw new Error('late')
  })
  await new Promise(resolve => setTimeout(resolve, 20))
})
